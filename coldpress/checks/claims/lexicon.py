"""effects.yaml of a language -> the words an effect is claimed with: verbs and their forms, what
they act on, names of cold and of other care, hedges, and what stands around a verb."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from itertools import count
from typing import Any, Literal

from msgspec import Struct

from coldpress.checks.claims.tables import filled, joined, table, vocabulary, whole_words

Strength = Literal["flat", "likely", "able", "hedged", "measured"]
NO_CLAIM = "nothing"
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?")


class Said(Struct, frozen=True):
    """Where a form of a verb stands behind such words, the effect is claimed so surely."""

    after: re.Pattern[str]
    strength: Strength | None
    """None: it is not claimed."""


class Entry:
    """An entry of effects.yaml, compiled when it is asked for the first time: most pages ask for
    few of them. {} in `shape` stands for what is written; None: the entry is whole words."""

    def __init__(self, shape: str | None = None) -> None:
        self.shape = shape

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    def __get__(self, words: Lexicon, _owner: type) -> re.Pattern[str]:
        written = words.rows[self.name]
        if self.shape is None:
            found = whole_words(written, words.lists)
        else:
            found = re.compile(self.shape.replace("{}", filled(written, words.lists)))
        words.__dict__[self.name] = found
        return found


class Lexicon:
    def __init__(self, lang: str) -> None:
        self.rows = table(lang, "effects")
        self.lists = {**vocabulary(lang), **_lists(self.rows)}
        self.forms = dict(_forms(self.rows))
        """A form of a verb -> the verb, and which form."""
        self.plain = frozenset(self.rows["plain_verbs"])
        """Verbs that say what cold does to vessels and nerves: an effect, not a benefit."""
        self.alone = frozenset(self.rows["alone"])
        """Verbs that claim an effect without naming its object: "Cold soothes." """
        self.first_forms = frozenset(self.rows["first_forms"])
        self.reach = int(self.rows["reach"])
        """So many words before a verb say how surely it is meant."""
        self.needs, self.not_of = self._each("needs"), self._each("not_of")
        """Of a verb: the pattern of what must stand behind it, and of what must not."""
        self.said = cache(self._said)
        """Of a form of a verb."""

    targets = Entry()
    vessels = Entry()
    vessels_first = Entry()
    benefits = Entry()
    cold = Entry()
    care = Entry()
    hedges = Entry()
    likely = Entry()
    turns = Entry()
    pronoun = Entry()
    crowd = Entry()
    suggested = Entry()
    asked = Entry()
    disagree = Entry()
    other_care = Entry()
    us = Entry()
    relief = Entry()
    object_ends = Entry(r"[.;:!?]|(?:{})\b")
    no_object = Entry(r"(?:{})\b")
    timing = Entry(r"\b(?:{})")

    @cached_property
    def objects(self) -> re.Pattern[str]:
        """How a target or a vessel begins: behind a verb a text is cut, perhaps within a word."""
        return re.compile(f"{self.lists['targets']}|{self.lists['vessels']}")

    @cached_property
    def falls(self) -> re.Pattern[str]:
        """The other way round: "pain fades with cold", "relief from pain", "effective for
        migraine". Each (?P<verb>...) gets a name of its own."""
        number = count()
        written = filled(self.rows["falls"], self.lists)
        named = re.sub(r"\(\?P<verb>", lambda _: f"(?P<verb{next(number)}>", written)
        return re.compile(rf"\b(?:{named})\b")

    def _said(self, form: str) -> tuple[Said, ...]:
        return tuple(map(self._one, self.rows["said"][form]))

    def _one(self, row: Mapping[str, str]) -> Said:
        after = filled(row.get("after", ""), self.lists)
        strength: Any = None if row["as"] == NO_CLAIM else row["as"]
        return Said(re.compile(rf"(?<!\w)(?:{after})" if after else ""), strength)

    def _each(self, name: str) -> Callable[[str], re.Pattern[str] | None]:
        rows = self.rows[name]

        def pattern(verb: str) -> re.Pattern[str] | None:
            return re.compile(filled(rows[verb], self.lists)) if verb in rows else None

        return cache(pattern)


@cache
def lexicon(lang: str) -> Lexicon:
    return Lexicon(lang)


def _lists(rows: Mapping[str, Any]) -> dict[str, str]:
    return {name: joined(written) for name, written in rows.items() if isinstance(written, str)}


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
