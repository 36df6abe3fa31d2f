"""Bytes of a content file + schema -> typed front matter, the text under it, and their places.

Lines count from the top of the file, as an editor shows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from coldpress.problems import BuildError, Mend, Place, Problem, error, sentences
from coldpress.reading import decode
from coldpress.schema import Model
from coldpress.yamllines import FIELD, ITEM
from coldpress.yamltext import read

M = TypeVar("M", bound=Model)

FENCE = "---"
ALMOST = re.compile(r"^(?:\s+---|[-–—_*=]{2,6}|[–—])\s*$")
"""A fence as word processors leave it: —, --, ----, or one with spaces before it."""
AT_HAND = 64
"""Front matters kept as they were read: who edits a text saves the same one again and again."""
HEADING = re.compile(r"^#{2,6} ")
"""One # starts a comment in YAML as well; two or more after an empty line are a heading."""


read_once = lru_cache(maxsize=AT_HAND)(read)


class Halves(Struct, frozen=True):
    """A content file, taken apart. `line` and `body_line`: on which they start, from 1."""

    written: str
    """What stands between the fences."""
    line: int
    body: str
    body_line: int


class Parts(Struct, Generic[M], frozen=True):
    """The same, its front matter read."""

    matter: M
    places: Mapping[str, Place]
    body: str
    body_line: int


def split(raw: bytes, path: str, model: type[M]) -> Parts[M]:
    """Raises BuildError with every problem of the front matter."""
    halves = halved(raw, path)
    value, places = matter_of(halves, path, model)
    return Parts(value, places, halves.body, halves.body_line)


def matter_of(halves: Halves, path: str, model: type[M]) -> tuple[M, Mapping[str, Place]]:
    """The fields, and where each stands."""
    try:
        return read_once(halves.written, path, model, halves.line)
    except BuildError as bad:
        raise BuildError(map(_or_text, bad.problems)) from bad


def _or_text(problem: Problem) -> Problem:
    """Between the fences a line that is no field may be the first one of the text."""
    if problem.rule != "not-a-field":
        return problem
    text = "if this is the page's text, the closing --- is missing above it"
    return replace(problem, hint=sentences(problem.hint, text))


def halved(raw: bytes, path: str) -> Halves:
    """Raises BuildError where a fence is missing."""
    lines = decode(raw, path).split("\n")
    opening = _opening(lines, path)
    closing = _closing(lines, opening, path)
    return Halves(
        written="\n".join(lines[opening + 1 : closing]),
        line=opening + 2,
        body="\n".join(lines[closing + 1 :]),
        body_line=closing + 2,
    )


def _opening(lines: Sequence[str], path: str) -> int:
    """Index of the line `---` the file starts with."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == FENCE:
        return first
    place = Place(path, first + 1)
    mend = None
    if ALMOST.match(lines[first]):
        raise BuildError([_not_a_fence(place, lines[first])])
    if FENCE not in (line.rstrip() for line in lines):
        message = "this file has no front matter"
        hint = "start it with a line ---, then 'title:' and 'description:', then a line ---"
    elif FIELD.match(lines[first]):
        message = "the line --- above the front matter is missing"
        hint = "add a line with only --- above this one"
        mend = Mend(place, lines[first], f"{FENCE}\n{lines[first]}")
    else:
        message = "there is text before the front matter"
        hint = "move it below the second ---: the file must start with a line ---"
    raise BuildError([error("missing-front-matter", place, message, hint, mend)])


def _closing(lines: Sequence[str], opening: int, path: str) -> int:
    """Index of the line `---` after the fields."""
    for number in range(opening + 1, len(lines)):
        line = lines[number]
        if line.rstrip() == FENCE:
            return number
        if ALMOST.match(line):
            raise BuildError([_not_a_fence(Place(path, number + 1), line)])
        if _is_text(lines, number):
            break
    else:
        number = opening
    place = Place(path, number + 1)
    message = "the front matter is not closed" + (" above this text" if number > opening else "")
    hint = "add a line with only --- after the last field"
    later = FENCE in (line.rstrip() for line in lines[number:])
    whole = lines[number]
    mend = Mend(place, whole, f"{FENCE}\n{whole}") if number > opening and not later else None
    raise BuildError([error("unclosed-front-matter", place, message, hint, mend)])


def _is_text(lines: Sequence[str], number: int) -> bool:
    """Whether the page's text starts here: after an empty line, and it cannot be a field."""
    line = lines[number]
    if lines[number - 1].strip() or not line.strip() or line[0] in " \t]}":
        return False
    if HEADING.match(line):
        return True
    return not (FIELD.match(line) or ITEM.match(line) or line[0] in "#\"'")


def _not_a_fence(place: Place, line: str) -> Problem:
    return error(
        "unclosed-front-matter" if place.line > 1 else "missing-front-matter",
        place,
        f"this line is {line.strip()!r}, not ---",
        "write three hyphens at the start of the line; some editors turn them into a dash",
        Mend(place, line, FENCE),
    )
