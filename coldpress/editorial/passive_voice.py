"""Prose -> whether many of its sentences leave out who does it."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose
from coldpress.editorial.shares import NAMED, share, too_many
from coldpress.problems import Problem, advice

MOST = 0.10
"""Share of the sentences."""


def passive_voice(prose: Prose) -> Iterator[Problem]:
    known = prose.language
    if known is None or known.passive is None:
        return
    forms = known.passive
    found = [(one, match) for one in prose.running if (match := forms.search(one.text))]
    passive = [one for one, _ in found]
    if too_many(passive, prose, MOST):
        first, match = found[0]
        named = ", ".join(f"line {one.place.line} ({match[0]!r})" for one, match in found[:NAMED])
        yield advice(
            "passive-voice",
            prose.place(first, match.start()),
            f"{share(passive, prose)} do not say who does it, {MOST:.0%} read well",
            f"name the doer first where you know it: {named}",
        )
