"""What is wrong, where, and what to do -> text, JSON, GitHub annotations or SARIF.

A problem is a product: its message is read by someone who does not program. The grammar is
`path:line:column: level[rule]: what is wrong` and a hint that says what to do. Lower case, no full
stop, the author's own word quoted, what is allowed said, the nearest match offered.

Two levels only: an *error* stops the build (the output is untouched), *advice* never does.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath as FileName
from typing import Literal, Self

from msgspec import Struct
from msgspec.structs import astuple

Level = Literal["error", "advice"]

MOVED = (
    "if you moved its file, put it back and use 'python3 build.py rename'; "
    "if you deleted it, take this out or choose another page"
)
"""What to do about a page that is named rightly and is not there."""
SIGNS = re.compile(r"[^\s\\\"']{1,24}")
"""What is written in a field as it is in its text, whatever quotes stand around it."""


class ButTheLast(Struct, frozen=True, eq=False):
    """Told apart, and put in order, by all fields but the last."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and astuple(self)[:-1] == astuple(other)[:-1]

    def __hash__(self) -> int:
        return hash(astuple(self)[:-1])

    def __lt__(self, other: Self) -> bool:
        return astuple(self)[:-1] < astuple(other)[:-1]


class Place(ButTheLast, frozen=True):
    """A spot in a source file. `path` is relative to the site's folder, with forward slashes;
    `line` and `column` count from 1. `written`: of a text in a field, how it stands in the file
    (quotes, folded lines and all), so that a spot within it can be found."""

    path: str
    line: int = 1
    column: int = 1
    written: str = ""

    def within(self, text: str, offset: int) -> Place:
        """Where the sign at `offset` of the field's text stands in the file; the field itself when
        that cannot be told."""
        sign = SIGNS.match(text, offset)
        if sign is None or not self.written:
            return self
        at = -1
        for _ in range(text.count(sign[0], 0, offset) + 1):
            at = self.written.find(sign[0], at + 1)
        if at < 0:
            return self
        line = self.written.count("\n", 0, at)
        column = at - self.written.rfind("\n", 0, at) if line else self.column + at
        return Place(self.path, self.line + line, column)


class Mend(Struct, frozen=True, order=True):
    """How a mistake is put right where there is no doubt what was meant: `was`, which begins at
    `place` (or after a quote there) and ends on its line, becomes `becomes`. A `\\n` in it is the
    file's own line end."""

    place: Place
    was: str
    becomes: str


class Problem(ButTheLast, frozen=True):
    """One thing to fix (error) or to consider (advice). `rule` names a page in docs/errors.md.
    `mend` is there only where mending is safe; it does not tell two problems apart."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str
    level: Level
    mend: Mend | None = None


class BuildError(Exception):
    """A stage found errors: carries every problem it found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")

    def __reduce__(self) -> tuple[type[BuildError], tuple[tuple[Problem, ...]]]:
        """Worker processes send it whole."""
        return type(self), (self.problems,)


class OperationError(Exception):
    """The build could not be carried out (disk full, locked, not our folder): exit code 3.

    `message` says what happened, `hint` what to do about it.
    """

    code = 3

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


class UsageError(OperationError):
    """What was asked for on the command line does not exist, or makes no sense: exit code 2."""

    code = 2


def error(rule: str, place: Place, message: str, hint: str, mend: Mend | None = None) -> Problem:
    return Problem(place.path, place.line, place.column, rule, message, hint, "error", mend)


def advice(rule: str, place: Place, message: str, hint: str, mend: Mend | None = None) -> Problem:
    return Problem(place.path, place.line, place.column, rule, message, hint, "advice", mend)


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.level == "error")


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean 'x'?` when something close to `word` is known, else nothing. Of a path its bare
    name counts, or every page of a folder would be close to every other."""
    by_name: dict[str, list[str]] = {}
    for one in sorted(known):
        for name in _bare_names(one):
            by_name.setdefault(name, []).append(one)
    close = difflib.get_close_matches(_bare_names(word)[0], by_name, n=1, cutoff=0.6)
    if not close:
        return ""
    whole = difflib.get_close_matches(word, by_name[close[0]], n=1, cutoff=0)
    return f"did you mean {whole[0]!r}?"


def _bare_names(path: str) -> tuple[str, ...]:
    """That of an index is first of all that of its folder: its own says nothing."""
    file = FileName(path)
    inner = file.stem == "index" and file.parent.name
    return (file.parent.stem, file.stem) if inner else (file.stem,)


def changed(line: Place, was: str, becomes: str) -> Mend | None:
    """The smallest mend that makes one line of another. `line`: where `was` begins."""
    if not was or was == becomes:
        return None
    most = min(len(was), len(becomes))
    head = next((n for n in range(most) if was[n] != becomes[n]), most)
    tail = next((n for n in range(most - head) if was[-1 - n] != becomes[-1 - n]), most - head)
    if head + tail == len(was):  # something is only added: take a neighbour along
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    start, end = head, max(tail, 0)
    place = Place(line.path, line.line, line.column + start)
    return Mend(place, was[start : len(was) - end], becomes[start : len(becomes) - end])


def meant(word: str, known: Collection[str]) -> str:
    """The one known name that `word` can only be a slip of, or nothing. Digits are never taken for
    a slip: another year is another study."""
    alike = {_letters(name): name for name in sorted(known)}
    if len(alike) < len(known):
        return ""
    key = _letters(word)
    if key in alike:
        return alike[key]
    near = [name for letters, name in alike.items() if _is_slip(key, letters)]
    return near[0] if len(near) == 1 and _digits(near[0]) == _digits(word) else ""


def _is_slip(one: str, other: str) -> bool:
    """At most two slips, in words long enough to bear them: `time` is not `niue`."""
    pairs = list(zip(re.split("[/-]", one), re.split("[/-]", other), strict=False))
    if one.count("/") + one.count("-") != other.count("/") + other.count("-"):
        pairs = [(one, other)]
    slips = [_slips(a, b, _room(a)) for a, b in pairs]
    return sum(slips) <= 2 and all(n <= _room(a) for n, (a, _) in zip(slips, pairs, strict=True))


def _room(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def _letters(word: str) -> str:
    """What two spellings of one name share."""
    return re.sub(r"[\s_]", "-", word.strip()).casefold()


def _digits(word: str) -> str:
    return "".join(sign for sign in word if sign.isdigit())


def _slips(one: str, other: str, most: int) -> int:
    """Letters missed, added, mistaken or swapped with the next: Damerau and Levenshtein's
    distance, or `most` + 1 when it is larger."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(other) + 1))
    for n, a in enumerate(one, 1):
        before, above, row = above, row, [n]
        for m, b in enumerate(other, 1):
            cost = min(above[m] + 1, row[m - 1] + 1, above[m - 1] + (a != b))
            if n > 1 and m > 1 and a == other[m - 2] and b == one[n - 2]:
                cost = min(cost, before[m - 2] + 1)
            row.append(cost)
    return min(row[-1], most + 1)


def sentences(*parts: str) -> str:
    """Join the non-empty parts of a hint with a semicolon."""
    return "; ".join(part for part in parts if part)


def one_of(known: Iterable[str]) -> str:
    """`allowed: a, b, c`, in a stable order."""
    return "allowed: " + ", ".join(sorted(known))


def in_order(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from sorted(set(problems))
