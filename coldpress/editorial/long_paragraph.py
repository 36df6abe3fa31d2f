"""Prose -> paragraphs that are walls of text."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose, count
from coldpress.problems import Problem, advice

MOST = 150
"""Words."""


def long_paragraph(prose: Prose) -> Iterator[Problem]:
    for block in prose.blocks:
        words = sum(count(one.text) for one in block)
        if block[0].kind == "paragraph" and words > MOST:
            middle = block[len(block) // 2].place.line
            yield advice(
                "long-paragraph",
                block[0].place,
                f"this paragraph has {words} words, {MOST} are enough",
                f"start a new one where a new thought starts, perhaps near line {middle}"
                if middle > block[0].place.line
                else "start a new one where a new thought starts",
            )
