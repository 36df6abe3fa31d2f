"""words/*.yaml -> Phrases: the wording each rule is about, its reason, source and honest rewrite.

A row has `cue` words (one of them must stand in a sentence before its pattern is tried: most
sentences are done after that), `match`, and perhaps `with` and `unless`: what else must, or must
not, stand in the sentence. {name} stands for a list of words/_vocabulary.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

from coldpress.checks.claims.signs import KNOWN
from coldpress.checks.claims.tables import read

FOLDER = Path(__file__).with_name("words")
SHORT = 3
"""A cue of so few letters is a whole word; a longer one is how a word begins."""


@dataclass(frozen=True, eq=False)
class Phrase:
    """Its patterns are compiled when they are tried for the first time."""

    rule: str
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
        return compiled(self.row["match"])

    @cached_property
    def needs(self) -> re.Pattern[str] | None:
        return compiled(self.row["with"]) if "with" in self.row else None

    @cached_property
    def unless(self) -> re.Pattern[str] | None:
        return compiled(self.row["unless"]) if "unless" in self.row else None

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
def index(rules: tuple[str, ...]) -> Index:
    """The first letters of each cue -> the phrases to try."""
    rows: dict[str, dict[int, Phrase]] = defaultdict(dict)
    for rule in rules:
        for number, phrase in enumerate(_phrases(rule), 100 * rules.index(rule)):
            for cue in phrase.cues:
                rows[cue[: SHORT + 1]][number] = phrase
    return {start: tuple(found.values()) for start, found in rows.items()}


def candidates(words: Iterable[str], rules: tuple[str, ...]) -> Iterable[Phrase]:
    """Phrases with a cue among the words, each once."""
    return dict.fromkeys(chain.from_iterable(map(cues(rules).__getitem__, words)))


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
def cues(rules: tuple[str, ...]) -> Cues:
    return Cues(index(rules))


def _cued(phrase: Phrase, word: str) -> bool:
    return any(word == cue if len(cue) <= SHORT else word.startswith(cue) for cue in phrase.cues)


@cache
def vocabulary() -> Mapping[str, str]:
    lists = read(FOLDER / "_vocabulary.yaml")
    return {name: " ".join(words.split()) for name, words in lists.items()}


def compiled(pattern: str) -> re.Pattern[str]:
    """Whole words only. Line breaks of the vocabulary are no spaces."""
    for name, words in vocabulary().items():
        pattern = pattern.replace(f"{{{name}}}", words.replace("| ", "|"))
    pattern = pattern.replace(r"(?:\w+ )", r"(?:[\w'-]+ )")
    return re.compile(rf"(?<![\w-])(?:{pattern.strip()})(?![\w])")


def _phrases(rule: str) -> Iterator[Phrase]:
    table = read(FOLDER / f"{rule}.yaml")
    for row in table["rows"]:
        yield Phrase(
            rule=rule,
            cues=tuple(row["cue"]),
            row=row,
            says=table["says"],
            why=table["why"],
            source=row.get("source", table["source"]),
            instead=row.get("instead", table["instead"]),
            quotes_count=table.get("quotes_count") == "true",
            about_cold=table.get("about_cold") == "true",
        )
