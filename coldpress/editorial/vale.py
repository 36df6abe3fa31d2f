"""A rule in Vale's format -> StyleRule: its patterns compiled, its scope in our kinds of text.

Of Vale's kinds of rules five are read: existence, substitution, occurrence, consistency and
conditional. Their keys mean here what they mean there. `level` changes nothing: all is advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from coldpress.problems import BuildError, Place, Problem, advice, nearest, one_of
from coldpress.schema import Line, Model

SCOPES: Mapping[str, frozenset[str]] = {
    "text": frozenset(),
    "raw": frozenset(),
    "summary": frozenset({"paragraph", "item", "summary", "key-point"}),
    "sentence": frozenset({"paragraph", "item", "summary", "key-point"}),
    "paragraph": frozenset({"paragraph", "summary"}),
    "heading": frozenset({"heading", "title"}),
    "list": frozenset({"item", "key-point"}),
    "table": frozenset({"cell"}),
    "alt": frozenset({"alt"}),
}
"""Vale's scope -> our kinds of text; empty: all."""
PAGE_WIDE = frozenset({"raw", "summary"})
WHOLE_WORDS, ANYWHERE = r"\b(?:{})\b", "(?:{})"


class Common(Model):
    """Keys of every kind of rule. The last four are Vale's alone."""

    message: Line
    level: Literal["suggestion", "warning", "error"] = "warning"
    scope: Line | tuple[Line, ...] = ("text",)
    link: Line | None = None
    ignorecase: bool = False
    limit: Annotated[int, Meta(ge=0)] = 0
    name: Line | None = None
    description: Line | None = None
    vocab: bool = True
    action: dict[str, Any] | None = None


class Existence(Common):
    extends: Literal["existence"]
    tokens: tuple[Line, ...] = ()
    raw: tuple[str, ...] = ()
    nonword: bool = False
    exceptions: tuple[Line, ...] = ()


class Substitution(Common):
    extends: Literal["substitution"]
    swap: dict[str, str]
    nonword: bool = False
    exceptions: tuple[Line, ...] = ()


class Occurrence(Common):
    extends: Literal["occurrence"]
    token: Line
    max: Annotated[int, Meta(ge=0)] = 0
    min: Annotated[int, Meta(ge=0)] = 0


class Consistency(Common):
    extends: Literal["consistency"]
    either: dict[str, str]
    nonword: bool = False


class Conditional(Common):
    extends: Literal["conditional"]
    first: Line
    second: Line
    exceptions: tuple[Line, ...] = ()


Given = Existence | Substitution | Occurrence | Consistency | Conditional
MODELS: Mapping[str, Any] = {
    "existence": Existence,
    "substitution": Substitution,
    "occurrence": Occurrence,
    "consistency": Consistency,
    "conditional": Conditional,
}
EXTENDS = tuple(MODELS)


class StyleRule(Struct, frozen=True):
    path: str
    extends: str
    message: str
    link: str
    kinds: frozenset[str]
    """Kinds of text it is for; empty: all."""
    unit: Literal["sentence", "block", "page"]
    """What an occurrence rule counts in."""
    patterns: tuple[re.Pattern[str], ...]
    """existence, occurrence: one. substitution: one for each of `instead`. consistency: two and
    two. conditional: first and second."""
    instead: tuple[str, ...] = ()
    exceptions: tuple[re.Pattern[str], ...] = ()
    most: int = 0
    least: int = 0
    limit: int = 0
    """Findings on a page; 0: all."""

    def excepted(self, words: str) -> bool:
        return any(pattern.fullmatch(words) for pattern in self.exceptions)


class Patterns(Struct):
    """Compiles what is written at a field, and remembers what cannot be."""

    path: str
    places: Mapping[str, Place]
    flags: int
    problems: list[Problem]

    def compiled(self, written: str, field: str, frame: str = ANYWHERE) -> re.Pattern[str]:
        try:
            return re.compile(frame.format(written) if written else "(?!)", self.flags)
        except re.error as bad:
            place = self.places.get(field, Place(self.path))
            message = f"{written!r} is no pattern: {bad.msg}"
            hint = "put a \\ before a sign that is meant as itself: \\( \\. \\?"
            self.problems.append(advice("style-rule", place, message, hint))
            return re.compile("(?!)")

    def mind_groups(self, written: str, field: str) -> None:
        """Vale counts the groups of a swap to find its replacement, and refuses any but (?:"""
        if written.count("(") not in (written.count("(?:"), written.count("\\(")):
            place = self.places.get(field, Place(self.path))
            message = f"{written!r} has a bracket that Vale does not take here"
            self.problems.append(advice("style-rule", place, message, "write (?: instead of ("))


def rule_of(given: Given, path: str, places: Mapping[str, Place]) -> StyleRule:
    """Raises BuildError with everything that is wrong with it."""
    flags = re.MULTILINE | (re.IGNORECASE if given.ignorecase else 0)
    patterns = Patterns(path, places, flags, [])
    scopes = (given.scope,) if isinstance(given.scope, str) else given.scope
    kinds, problems = _kinds(scopes, path, places)
    rule = StyleRule(
        path=path,
        extends=given.extends,
        message=given.message.rstrip("."),
        link=given.link or "",
        kinds=kinds,
        unit=_unit(scopes),
        limit=given.limit,
        patterns=tuple(_patterns(given, patterns)),
        instead=tuple(given.swap.values()) if isinstance(given, Substitution) else (),
        exceptions=tuple(
            patterns.compiled(written, f"exceptions.{number}")
            for number, written in enumerate(getattr(given, "exceptions", ()))
        ),
        most=given.max if isinstance(given, Occurrence) else 0,
        least=given.min if isinstance(given, Occurrence) else 0,
    )
    if idle := _idle(given):
        hint = "add what it is to look for"
        problems.append(advice("style-rule", Place(path), f"the rule has no {idle}", hint))
    if found := [*problems, *patterns.problems]:
        raise BuildError(found)
    return rule


def _idle(given: Given) -> str:
    """The key without which the rule would never say anything."""
    match given:
        case Existence() if not (given.tokens or given.raw):
            return "tokens"
        case Occurrence() if not (given.max or given.min):
            return "max and no min"
        case _:
            return ""


def _patterns(given: Given, patterns: Patterns) -> Iterator[re.Pattern[str]]:
    frame = ANYWHERE if getattr(given, "nonword", False) else WHOLE_WORDS
    match given:
        case Existence():
            yield from _existence(given, patterns, frame)
        case Substitution():
            for written in given.swap:
                patterns.mind_groups(written, f"swap.{written}")
                yield patterns.compiled(written, f"swap.{written}", frame)
        case Occurrence():
            yield patterns.compiled(given.token, "token")
        case Consistency():
            for one, other in given.either.items():
                yield patterns.compiled(one, f"either.{one}", frame)
                yield patterns.compiled(other, f"either.{one}", frame)
        case Conditional():
            yield patterns.compiled(given.first, "first")
            yield patterns.compiled(given.second, "second")


def _existence(given: Existence, patterns: Patterns, frame: str) -> Iterator[re.Pattern[str]]:
    """Each token is tried alone first, so that a bad one is named at its own line."""
    for number, token in enumerate(given.tokens):
        patterns.compiled(token, f"tokens.{number}")
    if patterns.problems:
        return
    if given.tokens:
        yield patterns.compiled("|".join(given.tokens), "tokens", frame)
    if given.raw:
        yield patterns.compiled("".join(given.raw), "raw")


def _unit(scopes: Iterable[str]) -> Literal["sentence", "block", "page"]:
    heads = {scope.partition(".")[0] for scope in scopes}
    if heads & PAGE_WIDE:
        return "page"
    return "sentence" if "sentence" in heads else "block"


def _kinds(
    scopes: tuple[str, ...], path: str, places: Mapping[str, Place]
) -> tuple[frozenset[str], list[Problem]]:
    """`heading.h2` is read as heading."""
    found: set[str] = set()
    everything = False
    problems: list[Problem] = []
    for scope in scopes:
        head = scope.partition(".")[0]
        if head not in SCOPES:
            hint = nearest(head, SCOPES) or one_of(SCOPES)
            message = f"the scope {scope!r} is not read here"
            place = places.get("scope", Place(path))
            problems.append(advice("style-rule", place, message, hint))
            continue
        everything = everything or not SCOPES[head]
        found |= SCOPES[head]
    return frozenset() if everything else frozenset(found), problems
