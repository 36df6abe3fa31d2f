"""Source -> all its sentences, those of its front matter first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from coldpress.model import Source
from coldpress.same import Same
from coldpress.sentences import Sentence, body_sentences, sentences_in


def matter_texts(source: Source) -> Iterator[tuple[str, str, str]]:
    """(field, kind, words) of everything in the front matter that a reader sees."""
    matter = source.matter
    yield "title", "title", matter.title
    yield "label", "label", matter.label or ""
    yield "description", "description", matter.description
    yield "summary", "summary", matter.summary or ""
    for number, point in enumerate(matter.key_points):
        yield f"key_points.{number}", "key-point", point
    for number, rating in enumerate(matter.ratings):
        yield f"ratings.{number}.label", "label", rating.label
    if matter.urgent:
        yield "urgent.title", "urgent", matter.urgent.title
        for number, item in enumerate(matter.urgent.items):
            yield f"urgent.items.{number}", "urgent", item
    if matter.image:
        yield "image.alt", "alt", matter.image.alt
    for name in ("temperature", "reaches"):
        yield name, "fact", getattr(matter, name, None) or ""


def source_sentences(source: Source) -> tuple[Sentence, ...]:
    """All of a page, front matter first. Sentences of one field have the field's place. The checks
    of a page ask one after the other: they share them."""
    return _sentences_of(Same(source))


@lru_cache(maxsize=1)
def _sentences_of(one: Same[Source]) -> tuple[Sentence, ...]:
    source = one.thing
    found: list[Sentence] = []
    block = 0
    for name, kind, words in matter_texts(source):
        block += 1
        like = Sentence("", source.place(name), kind, block)
        found += sentences_in(words, like)
    found += body_sentences(source.body, source.path, source.body_line, block)
    return tuple(found)
