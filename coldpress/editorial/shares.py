"""Sentences + Prose -> how large a share of the text they are, and whether that is too much."""

from __future__ import annotations

from coldpress.editorial.prose import Prose
from coldpress.sentences import Sentence

FEWEST_SUCH = 5
"""Long or passive sentences: fewer do not tire a reader, whatever share they are."""
NAMED = 3
"""Sentences a hint names."""


def too_many(some: list[Sentence], prose: Prose, most: float) -> bool:
    return len(some) >= FEWEST_SUCH and round(len(some) / len(prose.running), 2) > most


def share(some: list[Sentence], prose: Prose) -> str:
    """`17 of 54 sentences (31%)`"""
    return f"{len(some)} of {len(prose.running)} sentences ({len(some) / len(prose.running):.0%})"
