"""Prose -> whether many of its sentences are long."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose, count
from coldpress.editorial.shares import NAMED, share, too_many
from coldpress.problems import Problem, advice

LONG, MOST = 20, 0.25
"""Words, and the share of the sentences that may have more."""


def long_sentences(prose: Prose) -> Iterator[Problem]:
    long = [one for one in prose.running if count(one.text) > LONG]
    if prose.language and too_many(long, prose, MOST):
        long.sort(key=lambda one: (-count(one.text), one.place))
        named = ", ".join(
            f"line {one.place.line} ({count(one.text)} words)" for one in long[:NAMED]
        )
        yield advice(
            "long-sentences",
            long[0].place,
            f"{share(long, prose)} have more than {LONG} words, {MOST:.0%} read well",
            f"make two of the longest: {named}",
        )
