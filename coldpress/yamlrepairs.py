"""YAML text -> its tree, and a problem for every line that cannot be read: the line is mended in
memory and read on, so that one run tells all."""

from __future__ import annotations

import yaml

from coldpress.problems import BuildError, Place, Problem, error
from coldpress.yamlmends import mend_of
from coldpress.yamltree import Tree, grow
from coldpress.yamltrouble import diagnose, missing_space, not_a_field
from coldpress.yamlvalue import Trouble

MOST_REPAIRS = 20
"""A file with more unreadable lines than this is not YAML at all."""


def tree_of(text: str, path: str, first_line: int, max_bytes: int) -> tuple[Tree, list[Problem]]:
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
