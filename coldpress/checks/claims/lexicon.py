"""effects.yaml of a language -> the words an effect is claimed with: verbs and their forms, what
they act on, names of cold and of other care, hedges, and what stands around a verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any, Literal

from msgspec import Struct

from coldpress.checks.claims.tables import filled, joined, table, vocabulary, whole_words

Strength = Literal["flat", "likely", "able", "hedged", "measured"]
NO_CLAIM = "nothing"
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?")
NAMED = ("targets", "vessels", "benefits", "cold", "care", "hedges", "likely", "turns", "pronoun",
         "vessels_first", "crowd", "suggested", "asked", "disagree", "other_care", "us", "relief",
         )  # fmt: skip
"""Entries that are whole words."""


class Said(Struct, frozen=True):
    """Where a form of a verb stands behind such words, the effect is claimed so surely."""

    after: re.Pattern[str]
    strength: Strength | None
    """None: it is not claimed."""


class Lexicon(Struct, frozen=True):
    forms: Mapping[str, tuple[str, str]]
    """A form of a verb -> the verb, and which form."""
    plain: frozenset[str]
    """Verbs that say what cold does to vessels and nerves: an effect, not a benefit."""
    alone: frozenset[str]
    """Verbs that claim an effect without naming its object: "Cold soothes." """
    needs: Mapping[str, re.Pattern[str]]
    not_of: Mapping[str, re.Pattern[str]]
    first_forms: frozenset[str]
    said: Mapping[str, tuple[Said, ...]]
    object_ends: re.Pattern[str]
    no_object: re.Pattern[str]
    timing: re.Pattern[str]
    reach: int
    """So many words before a verb say how surely it is meant."""
    objects: re.Pattern[str]
    """How a target or a vessel begins: behind a verb a text is cut, perhaps within a word."""
    falls: re.Pattern[str]
    """The other way round: "pain fades with cold", "relief from pain", "effective for migraine"."""
    falls_groups: tuple[str, ...]
    targets: re.Pattern[str]
    vessels: re.Pattern[str]
    vessels_first: re.Pattern[str]
    benefits: re.Pattern[str]
    cold: re.Pattern[str]
    care: re.Pattern[str]
    hedges: re.Pattern[str]
    likely: re.Pattern[str]
    turns: re.Pattern[str]
    pronoun: re.Pattern[str]
    crowd: re.Pattern[str]
    suggested: re.Pattern[str]
    asked: re.Pattern[str]
    disagree: re.Pattern[str]
    other_care: re.Pattern[str]
    us: re.Pattern[str]
    relief: re.Pattern[str]


@cache
def lexicon(lang: str) -> Lexicon:
    rows = table(lang, "effects")
    lists = {**vocabulary(lang), **_lists(rows)}
    falls, groups = _falls(filled(rows["falls"], lists))
    return Lexicon(
        forms=dict(_forms(rows)),
        plain=frozenset(rows["plain_verbs"]),
        alone=frozenset(rows["alone"]),
        needs=_compiled(rows["needs"], lists),
        not_of=_compiled(rows["not_of"], lists),
        first_forms=frozenset(rows["first_forms"]),
        said={form: tuple(_said(some, lists)) for form, some in rows["said"].items()},
        object_ends=re.compile(rf"[.;:!?]|(?:{filled(rows['object_ends'], lists)})\b"),
        no_object=re.compile(rf"(?:{filled(rows['no_object'], lists)})\b"),
        timing=re.compile(rf"\b(?:{filled(rows['timing'], lists)})"),
        reach=int(rows["reach"]),
        objects=re.compile(f"{lists['targets']}|{lists['vessels']}"),
        falls=falls,
        falls_groups=groups,
        **{name: whole_words(rows[name], lists) for name in NAMED},
    )


def _lists(rows: Mapping[str, Any]) -> dict[str, str]:
    return {name: joined(written) for name, written in rows.items() if isinstance(written, str)}


def _compiled(rows: Mapping[str, str], lists: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {verb: re.compile(filled(written, lists)) for verb, written in rows.items()}


def _said(rows: list[dict[str, str]], lists: Mapping[str, str]) -> Iterator[Said]:
    for row in rows:
        after = filled(row.get("after", ""), lists)
        strength: Any = None if row["as"] == NO_CLAIM else row["as"]
        yield Said(re.compile(rf"(?<!\w)(?:{after})" if after else ""), strength)


def _falls(written: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One pattern, in which each (?P<verb>...) gets a name of its own."""
    number = count()
    pattern = re.sub(r"\(\?P<verb>", lambda _: f"(?P<verb{next(number)}>", written)
    found = re.compile(rf"\b(?:{pattern})\b")
    return found, tuple(found.groupindex)


def _forms(rows: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the longest of the endings that fits; what is irregular stands beside it."""
    endings = sorted(rows["endings"], key=len, reverse=True)
    for verb in (*rows["verbs"], *rows["plain_verbs"]):
        ending = next(one for one in endings if verb.endswith(one))
        stem = verb.removesuffix(ending)
        made = {
            form: " ".join(stem + end for end in (ends.split() or [""]))
            for form, ends in rows["endings"][ending].items()
        }
        for form, words in {**made, **rows["irregular"].get(verb, {})}.items():
            for word in words.split():
                yield joined(word), (verb, form)
