"""What is wrong, where, and what to do -> text, JSON, GitHub annotations or SARIF.

A problem is a product: its message is read by someone who does not program. The grammar is
`path:line:column: level[rule]: what is wrong` and a hint that says what to do. Lower case, no full
stop, the author's own word quoted, what is allowed said, the nearest match offered.

Two levels only: an *error* stops the build (the output is untouched), *advice* never does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "advice"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a source file. `path` is relative to the site's folder, with forward slashes;
    `line` and `column` count from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to fix (error) or to consider (advice). `rule` names a page in docs/errors.md."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str
    level: Level


class BuildError(Exception):
    """A stage found errors: carries every problem it found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")


class OperationError(Exception):
    """The build could not be carried out (disk full, locked, not our folder): exit code 3.

    `message` says what happened, `hint` what to do about it.
    """

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


def error(rule: str, place: Place, message: str, hint: str) -> Problem:
    return Problem(place.path, place.line, place.column, rule, message, hint, "error")


def advice(rule: str, place: Place, message: str, hint: str) -> Problem:
    return Problem(place.path, place.line, place.column, rule, message, hint, "advice")


def errors_in(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.level == "error")


def nearest(word: str, known: Iterable[str]) -> str:
    """` did you mean 'x'?` when something close to `word` is known, else nothing."""
    close = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"did you mean {close[0]!r}?" if close else ""


def sentences(*parts: str) -> str:
    """Join the non-empty parts of a hint with a semicolon."""
    return "; ".join(part for part in parts if part)


def one_of(known: Iterable[str]) -> str:
    """`allowed: a, b, c`, in a stable order."""
    return "allowed: " + ", ".join(sorted(known))


def in_order(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from sorted(set(problems))
