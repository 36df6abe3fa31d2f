"""YAML text + schema -> a typed value and the place of every field, or every problem of the text.

What does the reading is imported when there is something to read: a build after which no fields
are others has no use for it, and it takes as long as such a build's own work.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, overload

from coldpress.problems import BuildError, Place, Problem, error
from coldpress.schema import Model

FRONT_MATTER_BYTES = 256 * 1024
DATA_BYTES = 2 * 1024 * 1024

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
    from coldpress.typed import typed
    from coldpress.yamlrepairs import tree_of

    size = len(text.encode())
    if size > max_bytes:
        message = f"this is {size // 1024} kB of fields, {max_bytes // 1024} kB at most"
        raise BuildError([error("too-large", Place(path, first_line), message, "split the file")])
    tree, problems = tree_of(text, path, first_line, max_bytes)
    value, more = typed(tree, model)
    if problems or more:
        raise BuildError([*problems, *_elsewhere(more, problems)])
    return value, {".".join(map(str, loc)): place for loc, place in tree.values.items() if loc}


def _elsewhere(more: list[Problem], problems: list[Problem]) -> list[Problem]:
    """What the schema says of a line that could not be read is the same mistake seen again."""
    unread = {problem.line for problem in problems}
    return [one for one in more if one.line not in unread or one.rule == "missing-field"]
