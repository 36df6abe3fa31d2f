"""words/<language>/<rule>.yaml -> Phrases: the wording a rule is about, its reason, its source and
an honest rewrite.

A row has `cue` words (one of them must stand in a sentence before its pattern is tried: most
sentences are done after that), `match`, and perhaps `with` and `unless`: what else must, or must
not, stand in the sentence. {name} stands for a list of vocabulary.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import chain

from msgspec import Struct

from coldpress.checks.claims.signs import KNOWN
from coldpress.checks.claims.tables import filled, joined, shared, table, vocabulary

SHORT = 3
"""A cue of so few letters is a whole word; a longer one is how a word begins."""


class Phrase(Struct, frozen=True, eq=False, dict=True):
    """Its patterns are compiled when they are tried for the first time."""

    rule: str
    lang: str
    cues: tuple[str, ...]
    row: Mapping[str, str]
    """What it is written as: `match`, and perhaps `with` and `unless`."""
    says: str
    why: str
    source: str
    instead: str
    quotes_count: bool
    about_cold: bool
    """Only of cold: what is said of exercise or medicine is another matter."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compiled(self.row["match"], self.lang)

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        return compiled(self.row["with"], self.lang) if "with" in self.row else None

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        return compiled(self.row["unless"], self.lang) if "unless" in self.row else None

    def find(self, text: str) -> list[re.Match[str]]:
        """Its pattern first: it is what most texts lack."""
        found = list(self.pattern.finditer(text))
        if found and self.needs and not self.needs.search(text):
            return []
        if found and self.unless and self.unless.search(text):
            return []
        return found


Index = Mapping[str, tuple[Phrase, ...]]


@cache
def index(lang: str, rules: tuple[str, ...]) -> Index:
    """The first letters of each cue -> the phrases to try."""
    rows: dict[str, dict[int, Phrase]] = defaultdict(dict)
    for rule in rules:
        for number, phrase in enumerate(_phrases(lang, rule), 100 * rules.index(rule)):
            for cue in phrase.cues:
                rows[cue[: SHORT + 1]][number] = phrase
    return {start: tuple(found.values()) for start, found in rows.items()}


def candidates(words: Iterable[str], lang: str, rules: tuple[str, ...]) -> Iterable[Phrase]:
    """Phrases with a cue among the words, each once."""
    return dict.fromkeys(chain.from_iterable(map(cues(lang, rules).__getitem__, words)))


class Cues(dict[str, tuple[Phrase, ...]]):
    """A word -> the phrases it is a cue of, found out when it is first met: none for most words."""

    def __init__(self, table: Index) -> None:
        self.table = table

    def __missing__(self, word: str) -> tuple[Phrase, ...]:
        starts = (word, word[: SHORT + 1]) if len(word) > SHORT else (word,)
        tried = (phrase for start in starts for phrase in self.table.get(start, ()))
        found = tuple(phrase for phrase in tried if _cued(phrase, word))
        if len(self) < KNOWN:
            self[word] = found
        return found


@cache
def cues(lang: str, rules: tuple[str, ...]) -> Cues:
    return Cues(index(lang, rules))


def _cued(phrase: Phrase, word: str) -> bool:
    return any(word == cue if len(cue) <= SHORT else word.startswith(cue) for cue in phrase.cues)


def compiled(written: str, lang: str) -> re.Pattern[str]:
    """Whole words only; where any word may stand, so may one with a hyphen or apostrophe."""
    pattern = filled(written, vocabulary(lang)).replace(r"(?:\w+ )", r"(?:[\w'-]+ )")
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w])")


def _phrases(lang: str, rule: str) -> Iterator[Phrase]:
    said, rows = shared("rules")[rule], table(lang, rule)
    for row in rows["rows"]:
        yield Phrase(
            rule=rule,
            lang=lang,
            cues=tuple(map(joined, row["cue"])),
            row=row,
            says=said["says"],
            why=said["why"],
            source=row.get("source", said["source"]),
            instead=row.get("instead", rows["instead"]),
            quotes_count=said.get("quotes_count") == "true",
            about_cold=said.get("about_cold") == "true",
        )
