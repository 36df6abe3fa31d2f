"""Prose -> whether it asks for too many years of school."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose, shown
from coldpress.editorial.readability import reading_of
from coldpress.problems import Problem, advice

FEWEST = 8
"""Sentences. The grade of fewer says nothing."""


def hard_text(prose: Prose) -> Iterator[Problem]:
    known = prose.language
    if known is None:
        return
    found, highest = reading_of(prose.running, known), known.highest_grade
    if found.sentences < FEWEST or found.grade <= highest:
        return
    named = "; ".join(f"line {one.place.line}: {shown(one.text)!r}" for one in found.hardest[:2])
    yield advice(
        "hard-text",
        found.hardest[0].place if found.hardest else prose.opening,
        f"this page reads at grade {found.grade:g}, {highest:g} or lower suits most readers",
        f"use shorter words and sentences, first here: {named}",
    )
