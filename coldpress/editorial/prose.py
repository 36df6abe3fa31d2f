"""Page -> Prose: its sentences, blocks and sections, and the place of every word in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import groupby

from msgspec import Struct

from coldpress.editorial.house import House
from coldpress.editorial.language import WORD, Language, language
from coldpress.editorial.masking import masked
from coldpress.model import Page, Site
from coldpress.problems import Place
from coldpress.sentences import Sentence, body_sentences, plain_of, sentences_in
from coldpress.source_sentences import matter_texts

RUNNING = frozenset({"paragraph", "item", "summary", "key-point"})
"""Kinds of text that are read as sentences, one after another."""
SLACK = 400
"""Characters of markup that a sentence may have before a word in it."""


class Prose(Struct, frozen=True, dict=True):
    """A page as an editor reads it. Made once for a page and read by every rule."""

    page: Page
    site: Site
    house: House
    body: str
    """Without code, addresses and comments; every offset as in the file."""
    sentences: tuple[Sentence, ...]
    """All of them, front matter first."""

    @cached_property
    def language(self) -> Language | None:
        return language(self.page.source.lang)

    @cached_property
    def running(self) -> tuple[Sentence, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.kind in RUNNING)

    @cached_property
    def blocks(self) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences of a paragraph, an item, a field together."""
        return tuple(
            tuple(group) for _, group in groupby(self.sentences, key=lambda one: one.block)
        )

    @cached_property
    def words(self) -> int:
        """In the body, tables and titles included."""
        matter = sum(1 for _ in self._matter())
        return sum(count(sentence.text) for sentence in self.sentences[matter:])

    @cached_property
    def opening(self) -> Place:
        """Where the text begins."""
        source = self.page.source
        return Place(source.path, source.body_line)

    @property
    def is_article(self) -> bool:
        """A page on a question: not the home page, a hub, the contact page and their like."""
        source = self.page.source
        return source.kind.name != "page" and not source.is_hub

    def _matter(self) -> Iterator[Sentence]:
        return matter_sentences(self.page)

    def place(self, sentence: Sentence, offset: int) -> Place:
        """Where a character of a sentence stands in the file; of a field, where its value does."""
        start = self._offset(sentence.place)
        if start < 0:
            return sentence.place
        plain = plain_of(self.body[start : start + offset + SLACK])
        if plain.text[:offset] != sentence.text[:offset]:
            return sentence.place
        at = start + plain.origin(offset)
        line = bisect_right(self._starts, at) - 1
        source = self.page.source
        return Place(source.path, source.body_line + line, at - self._starts[line] + 1)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(found.end() for found in re.finditer("\n", self.body)))

    def _offset(self, place: Place) -> int:
        """Of a place in the body; -1 for one above it."""
        line = place.line - self.page.source.body_line
        if line < 0 or place.path != self.page.source.path:
            return -1
        return self._starts[line] + place.column - 1


def prose_of(page: Page, site: Site, house: House) -> Prose:
    source = page.source
    matter = tuple(matter_sentences(page))
    body = masked(source.body)
    block = matter[-1].block if matter else 0
    found = body_sentences(body, source.path, source.body_line, block)
    return Prose(page, site, house, body, (*matter, *found))


def matter_sentences(page: Page) -> Iterator[Sentence]:
    for block, (field, kind, words) in enumerate(matter_texts(page.source), 1):
        yield from sentences_in(words, Sentence("", page.source.place(field), kind, block))


def count(text: str) -> int:
    """Words and numbers."""
    return len(WORD.findall(text))


def shown(words: str, longest: int = 60) -> str:
    """The beginning of a sentence, as a message quotes it."""
    clean = " ".join(re.sub("·+", "…", words).split())
    if len(clean) <= longest:
        return clean
    return clean[:longest].rpartition(" ")[0] + " …"
