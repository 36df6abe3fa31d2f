"""words/*.yaml -> Phrases: the wording each rule is about, its reason, source and honest rewrite.

A row has `cue` words (one of them must stand in a sentence before its pattern is tried: most
sentences are done after that), `match`, and perhaps `with` and `unless`: what else must, or must
not, stand in the sentence. {name} stands for a list of words/_vocabulary.yaml.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("words")
SHORT = 3
"""A cue of so few letters is a whole word; a longer one is how a word begins."""
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


@dataclass(frozen=True, slots=True)
class Phrase:
    rule: str
    cues: tuple[str, ...]
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    says: str
    why: str
    source: str
    instead: str
    quotes_count: bool
    about_cold: bool
    """Only of cold: what is said of exercise or medicine is another matter."""

    def find(self, text: str) -> Iterator[re.Match[str]]:
        if self.needs and not self.needs.search(text):
            return
        if self.unless and self.unless.search(text):
            return
        yield from self.pattern.finditer(text)


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


def candidates(text: str, table: Index) -> Iterator[Phrase]:
    """Phrases with a cue in the text, each once."""
    tried: set[int] = set()
    for word in dict.fromkeys(WORD.findall(text)):
        starts = (word, word[: SHORT + 1]) if len(word) > SHORT else (word,)
        for start in starts:
            for phrase in table.get(start, ()):
                if id(phrase) not in tried and _cued(phrase, word):
                    tried.add(id(phrase))
                    yield phrase


def _cued(phrase: Phrase, word: str) -> bool:
    return any(word == cue if len(cue) <= SHORT else word.startswith(cue) for cue in phrase.cues)


@cache
def vocabulary() -> Mapping[str, str]:
    return {name: " ".join(words.split()) for name, words in _read("_vocabulary").items()}


def compiled(pattern: str) -> re.Pattern[str]:
    """Whole words only. Line breaks of the vocabulary are no spaces."""
    for name, words in vocabulary().items():
        pattern = pattern.replace(f"{{{name}}}", words.replace("| ", "|"))
    pattern = pattern.replace(r"(?:\w+ )", r"(?:[\w'-]+ )")
    return re.compile(rf"(?<![\w-])(?:{pattern.strip()})(?![\w])")


def _phrases(rule: str) -> Iterator[Phrase]:
    table = _read(rule)
    for row in table["rows"]:
        yield Phrase(
            rule=rule,
            cues=tuple(row["cue"]),
            pattern=compiled(row["match"]),
            needs=compiled(row["with"]) if "with" in row else None,
            unless=compiled(row["unless"]) if "unless" in row else None,
            says=table["says"],
            why=table["why"],
            source=row.get("source", table["source"]),
            instead=row.get("instead", table["instead"]),
            quotes_count=table.get("quotes_count") == "true",
            about_cold=table.get("about_cold") == "true",
        )


def _read(name: str) -> dict[str, Any]:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, yaml.BaseLoader)
    if not isinstance(found, dict):
        raise TypeError(f"{name}.yaml is not a table")
    return found
