"""Spots -> effect sentences that stand on nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coldpress.checks.claims.effects import Effect
from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.lexicon import lexicon
from coldpress.checks.claims.spots import Spot
from coldpress.problems import Problem, advice, error

ADD = "add the study behind it, like [@costello2015], or write what is not known"


def claimed(spot: Spot, effects: Sequence[Effect]) -> list[tuple[int, int]]:
    """Where an effect is claimed; on a button the bare word for relief is one."""
    found = [(effect.start, effect.end) for effect in effects]
    if spot.offer:
        found += [
            match.span()
            for match in lexicon(spot.lang).relief.finditer(spot.text)
            if not excused(spot.sentence, spot.text, *match.span(), spot.lang)
        ]
    return found


def uncited(spot: Spot, effects: Sequence[Effect]) -> Iterator[Problem]:
    """One a sentence. A line that cannot carry a citation is judged by its words instead."""
    if spot.sentence.near or not (spot.citable or spot.offer):
        return
    for start, end in claimed(spot, effects)[:1]:
        words = spot.sentence.text[start:end]
        message = f"this sentence claims an effect ({words!r}) and cites no study"
        if spot.offer:
            hint = "a button or slogan cannot carry a citation: invite, and promise nothing"
            yield error("effect-without-citation", spot.sentence.place, message, hint)
        elif spot.strict:
            yield error("effect-without-citation", spot.sentence.place, message, ADD)
        else:
            yield advice("effect-without-citation", spot.sentence.place, message, ADD)
