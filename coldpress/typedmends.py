"""A field that does not fit the schema -> how to mend it, where only one thing can be meant."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from msgspec import inspect as types

from coldpress.problems import Mend, meant
from coldpress.schema import DOI, PATH, PMID, SLUG, Loc, Misfit, fitted
from coldpress.yamltree import Tree, Value

NAMES = re.compile(r"[\w./-]+(?:\s*,\s*[\w./-]+)*")
"""`arthritis, muscle-pain`: what stands where a list of names is wanted."""
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
FRONTS: Mapping[str, re.Pattern[str]] = {
    DOI: re.compile(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi: *", re.IGNORECASE),
    PMID: re.compile(r"^(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/|^pmid: *|/$", re.IGNORECASE),
}
"""What people copy along with a number."""
IN_WORDS = ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %d %Y")
"""Only forms in which day and month cannot be mistaken for each other."""


def renamed(tree: Tree, loc: Loc, known: Collection[str], siblings: Value) -> Mend | None:
    """A field whose name has a slip in it."""
    name = str(loc[-1])
    right = meant(name, known)
    place = tree.keys.get(loc)
    taken = isinstance(siblings, dict) and right in siblings
    return Mend(place, name, right) if right and place and not taken else None


def mended(tree: Tree, loc: Loc, found: Misfit) -> Mend | None:
    """A value of the right type that is not allowed."""
    match found:
        case Misfit(why="choice", wanted=types.LiteralType(values=words)):
            return chosen(tree, loc, str(found.given), [str(word) for word in words])
        case Misfit(why="pattern", wanted=types.StrType(pattern=str() as pattern)):
            return shaped(tree, loc, str(found.given), pattern)
    return None


def retyped(tree: Tree, loc: Loc, found: Misfit, annotation: Any) -> Mend | None:
    """A text where something else is wanted."""
    match found.wanted, found.given:
        case (types.VarTupleType(), str() as given):
            return listed(tree, loc, given, annotation)
        case (types.DateType(), str() as given):
            return dated(tree, loc, given)
    return None


def chosen(tree: Tree, loc: Loc, value: str, allowed: Collection[str]) -> Mend | None:
    """One of a few words, with a slip in it."""
    return _value(tree, loc, value, meant(value, allowed))


def shaped(tree: Tree, loc: Loc, value: str, pattern: str) -> Mend | None:
    """A name with capital letters or spaces in it; an address without its first slash; a number
    with the address before it under which it is found."""
    if pattern == SLUG:
        wanted = re.sub(r"[\s_]+", "-", value.strip()).lower()
    elif pattern == PATH and re.match(r"[a-z0-9]", value):
        wanted = f"/{value}"
    elif pattern in FRONTS:
        wanted = FRONTS[pattern].sub("", value)
    else:
        return None
    return _value(tree, loc, value, wanted) if re.fullmatch(pattern, wanted) else None


def dated(tree: Tree, loc: Loc, value: str) -> Mend | None:
    """`2026/3/1` and `March 1, 2026` are days; `3/4/2026` is two."""
    day = _year_first(value) or next(
        filter(None, (_in_words(value, form) for form in IN_WORDS)), None
    )
    return _value(tree, loc, value, day.isoformat()) if day else None


def _year_first(value: str) -> date | None:
    found = YEAR_FIRST.fullmatch(value.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _in_words(value: str, form: str) -> date | None:
    try:
        return datetime.strptime(value.strip(), form).date()  # noqa: DTZ007  (a day has no zone)
    except ValueError:
        return None


def listed(tree: Tree, loc: Loc, value: str, items: Any) -> Mend | None:
    """Names where a list of names is wanted."""
    if not NAMES.fullmatch(value):
        return None
    names = [name.strip() for name in value.split(",")]
    if fitted(names, items)[1]:
        return None
    return _value(tree, loc, value, f"[{', '.join(names)}]", bare=True)


def spaced(tree: Tree, loc: Loc, value: str) -> Mend | None:
    """`-/old/` alone: the space after its dash is missing."""
    if "\n" in value or " -" in value or value.startswith("--"):
        return None
    return _value(tree, loc, value, f"- {value[1:]}", bare=True)


def together(tree: Tree, loc: Loc, given: Mapping[str, Any]) -> Mend | None:
    """`- Take care: no cold` is one text."""
    (name, value), *more = given.items()
    whole = f"{name}: {value}"
    if more or not isinstance(value, str):
        return None
    return _value(tree, loc, whole, json.dumps(whole, ensure_ascii=False), bare=True)


def _value(tree: Tree, loc: Loc, was: str, becomes: str, *, bare: bool = False) -> Mend | None:
    """`bare`: only when it stands without quotes, alone on the rest of its line."""
    place = tree.values.get(loc)
    if place is None or not becomes:
        return None
    line = tree.lines[place.line - tree.first_line]
    rest = line[place.column - 1 :]
    if bare and rest.rstrip() != was:
        return None
    return Mend(place, was, becomes) if was in (rest[: len(was)], rest[1 : len(was) + 1]) else None
