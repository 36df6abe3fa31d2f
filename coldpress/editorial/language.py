"""words/<language>.yaml -> Language: what the rules have to know of a language.

A language without a file gets only the rules that need no words. To add one, write its file: no
rule names an English word, and a rule whose fields are left out is silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from coldpress import shipped

FOLDER = Path(__file__).with_name("words")
WORD = re.compile(r"[^\W_]+(?:['’.,\-‑–][^\W_]+)*")
"""A word or a number, with what holds its parts together: don't, follow-up, 1,117, 0.5."""


class Formula(Struct, frozen=True):
    """base + sentence x (words a sentence) + syllable x (syllables a word) + density x (sentences
    a word): none uses them all."""

    base: float
    syllable: float
    sentence: float = 0.0
    density: float = 0.0

    def of(self, words: int, sentences: int, syllables: int) -> float:
        long = self.sentence * words / sentences + self.density * sentences / words
        return self.base + long + self.syllable * syllables / words


class Language(Struct, frozen=True):
    grade: Formula
    """School years: Flesch-Kincaid for English, Crawford for Spanish."""
    highest_grade: float
    """What suits most readers of a text on health, by this formula."""
    ease: Formula
    """0 to 100, more is easier: Flesch for English, Szigriszt-Pazos for Spanish."""
    vowels: re.Pattern[str]
    silent: re.Pattern[str]
    """Each match is one vowel group that is not spoken as a syllable."""
    split: re.Pattern[str]
    """Each match is one vowel group that is spoken as two."""
    counted: Mapping[str, int]
    """Words the patterns count wrong -> their syllables."""
    passive: re.Pattern[str] | None
    starts: frozenset[str]
    """First words so common that the second one is looked at too."""
    jargon: Mapping[str, str]
    """Word of a profession -> what to say instead."""
    everyday: frozenset[str]
    """Words a glossary may explain and everybody knows all the same."""
    explained: tuple[str, ...]
    """Patterns, {word} filled by a word: ways in which a text says what it means. None: no word is
    asked for."""
    spelling: bool
    """Whether its dictionary knows the forms of a word, so that a word it lacks is a mistake."""
    newer: frozenset[str]
    """Words that everybody writes and the dictionary is too old for."""
    apart: Mapping[str, str]
    """Often written as one word, and two."""
    prefixes: tuple[str, ...]
    repeats: frozenset[str]
    """Words that may stand twice: had had."""

    @property
    def clinical(self) -> frozenset[str]:
        """Every single word of the jargon: spelled right, though hard."""
        return frozenset(part for words in self.jargon for part in words.split())

    def syllables(self, word: str) -> int:
        plain = word.lower().replace("’", "'").removesuffix("'s")
        if plain in self.counted:
            return self.counted[plain]
        count = len(self.vowels.findall(plain)) - len(self.silent.findall(plain))
        return max(count + len(self.split.findall(plain)), 1)


@cache
def language(name: str) -> Language | None:
    """None when there is no file for it. A file of ours that is wrong is a bug and raises."""
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        return None
    table: dict[str, Any] = shipped.values(path)
    return Language(
        grade=Formula(**table["grade"]),
        highest_grade=table["highest_grade"],
        ease=Formula(**table["ease"]),
        vowels=re.compile(table["vowels"]),
        silent=_any(table.get("silent", ())),
        split=_any(table.get("split", ())),
        counted=table.get("counted", {}),
        passive=_passive(table["passive"]) if "passive" in table else None,
        starts=frozenset(table["starts"].split()),
        jargon=table.get("jargon", {}),
        everyday=frozenset(table.get("everyday", ())),
        explained=tuple(table.get("explained", ())),
        spelling=table.get("spelling", False),
        newer=frozenset(table.get("newer", "").split()),
        apart=table.get("apart", {}),
        prefixes=tuple(table.get("prefixes", "").split()),
        repeats=frozenset(table["repeats"].split()),
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or "(?!)")


def _passive(table: Mapping[str, str]) -> re.Pattern[str]:
    """A form of "be", perhaps an adverb or two, and a participle that is no mere adjective."""
    be, between, regular, irregular, adjectives = (
        "|".join(table[name].split())
        for name in ("be", "between", "regular", "irregular", "adjectives")
    )
    return re.compile(
        rf"\b(?:{be})\b(?:\s+(?:{between}))*\s+(?!(?:{adjectives})\b)(?:{regular}|{irregular})\b",
        re.IGNORECASE,
    )
