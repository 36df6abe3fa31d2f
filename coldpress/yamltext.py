"""YAML text + schema -> a typed value and the place of every field, or every problem of the text.

A line that cannot be read is reported, mended in memory and read on, so that one run tells all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

import yaml

from coldpress.problems import BuildError, Place, Problem, error
from coldpress.schema import Model
from coldpress.typed import typed
from coldpress.yamlmends import mend_of
from coldpress.yamltree import Tree, grow
from coldpress.yamltrouble import Trouble, diagnose, missing_space, not_a_field

FRONT_MATTER_BYTES = 256 * 1024
DATA_BYTES = 2 * 1024 * 1024
MOST_REPAIRS = 20
"""A file with more unreadable lines than this is not YAML at all."""

T = TypeVar("T")
M = TypeVar("M", bound=Model)


@overload
def read(
    text: str, path: str, model: type[M], first_line: int = 1, max_bytes: int = FRONT_MATTER_BYTES
) -> tuple[M, Mapping[str, Place]]: ...


@overload
def read(
    text: str,
    path: str,
    model: type[dict[str, T]],
    first_line: int = 1,
    max_bytes: int = FRONT_MATTER_BYTES,
) -> tuple[dict[str, T], Mapping[str, Place]]: ...


def read(
    text: str, path: str, model: Any, first_line: int = 1, max_bytes: int = FRONT_MATTER_BYTES
) -> tuple[Any, Mapping[str, Place]]:
    """`model` is a Model, or a mapping of them: dict[Key, Finding]. Places are named
    "title", "aliases.0", "reviewed.by". Raises BuildError with every problem of the text."""
    size = len(text.encode())
    if size > max_bytes:
        message = f"this is {size // 1024} kB of fields, {max_bytes // 1024} kB at most"
        raise BuildError([error("too-large", Place(path, first_line), message, "split the file")])
    tree, problems = _tree(text, path, first_line, max_bytes)
    value, more = typed(tree, model)
    if problems or more:
        raise BuildError([*problems, *_elsewhere(more, problems)])
    return value, {".".join(map(str, loc)): place for loc, place in tree.values.items() if loc}


def _elsewhere(more: list[Problem], problems: list[Problem]) -> list[Problem]:
    """What the schema says of a line that could not be read is the same mistake seen again."""
    unread = {problem.line for problem in problems}
    return [one for one in more if one.line not in unread or one.rule == "missing-field"]


def _tree(text: str, path: str, first_line: int, max_bytes: int) -> tuple[Tree, list[Problem]]:
    """The tree of the text, unreadable lines mended, and the problems met on the way."""
    lines = text.split("\n")
    problems: list[Problem] = []
    while True:
        try:
            tree = grow("\n".join(lines), path, first_line, max_bytes)
            trouble = _not_fields(tree, lines)
        except yaml.YAMLError as failure:
            trouble = diagnose(lines, failure)
        if trouble is None:
            return _without_root_none(tree), [*problems, *tree.problems]
        problems.append(_at(trouble, path, first_line, lines))
        if not _mend(lines, trouble) or len(problems) > MOST_REPAIRS:
            raise BuildError(problems)


def _not_fields(tree: Tree, lines: list[str]) -> Trouble | None:
    """A text where fields should be: `title:Cold` alone is one word to YAML."""
    if not isinstance(tree.data, str):
        return None
    number = tree.spot(()).line - tree.first_line
    return missing_space(lines, number) or not_a_field(lines, number)


def _without_root_none(tree: Tree) -> Tree:
    """An empty text has no fields; the schema says which ones are missing."""
    if tree.data is None:
        tree.data = {}
    return tree


def _at(trouble: Trouble, path: str, first_line: int, lines: list[str]) -> Problem:
    place = Place(path, first_line + trouble.line, trouble.column + 1)
    mend = mend_of(path, first_line, lines, trouble)
    return error(trouble.rule, place, trouble.message, trouble.hint, mend)


def _mend(lines: list[str], trouble: Trouble) -> bool:
    """Put the line as it was meant in its place; whether that changed anything."""
    if not trouble.repaired or trouble.repaired == lines[trouble.line]:
        return False
    lines[trouble.line] = trouble.repaired
    return True
