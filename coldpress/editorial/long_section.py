"""Prose -> headings with too much under them."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose, count
from coldpress.problems import Problem, advice
from coldpress.sentences import Sentence

MOST = 300
"""Words."""


def long_section(prose: Prose) -> Iterator[Problem]:
    """Text between two headings, of whatever level; before the first one too."""
    for heading, words in sections(prose):
        if words > MOST:
            name = f"the section {heading.text!r}" if heading else "the text before any heading"
            yield advice(
                "long-section",
                heading.place if heading else prose.opening,
                f"{name} has {words} words, {MOST} are enough under one heading",
                "set a heading in it that says what comes: ### How long it lasts",
            )


def sections(prose: Prose) -> Iterator[tuple[Sentence | None, int]]:
    heading: Sentence | None = None
    words = 0
    for sentence in prose.sentences:
        if sentence.kind == "heading":
            yield heading, words
            heading, words = sentence, 0
        elif sentence.kind in ("paragraph", "item"):
            words += count(sentence.text)
    yield heading, words
