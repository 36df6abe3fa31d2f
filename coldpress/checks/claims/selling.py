"""Blocks of spots -> an illness, a benefit and an offer in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.phrases import compiled
from coldpress.checks.claims.signs import BOOKING
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import patterns, table
from coldpress.problems import Problem, error

ILLNESS = "{disease}"


class Selling(Struct, frozen=True):
    """selling.yaml of a language."""

    offer: re.Pattern[str]
    not_an_offer: re.Pattern[str]
    benefit: re.Pattern[str]
    illness: re.Pattern[str]
    instead: str


@cache
def selling(lang: str) -> Selling:
    rows = {**patterns(lang, "selling"), "illness": compiled(ILLNESS, lang)}
    return Selling(**{**rows, "instead": table(lang, "selling")["instead"]})


def sold_on_illness(block: Sequence[Spot]) -> Iterator[Problem]:
    """`block`: the spots of one paragraph, list item or field."""
    if not any(spot.signs & BOOKING for spot in block):
        return
    text = " ".join(spot.text for spot in block)
    words = selling(block[0].lang)
    offer = words.offer.search(text)
    if not offer or words.not_an_offer.search(text):
        return
    illness = words.illness.search(text)
    if illness is None:
        return
    for spot in block:
        for benefit in words.benefit.finditer(spot.text):
            if not excused(spot.sentence, spot.text, *benefit.span(), spot.lang):
                yield _problem(spot, illness[0], benefit[0], offer[0])
                return


def _problem(spot: Spot, illness: str, benefit: str, offer: str) -> Problem:
    return error(
        "sold-on-illness",
        spot.sentence.place,
        f"an illness ({illness!r}), a benefit ({benefit!r}) and an offer ({offer!r}) stand"
        " together: readers take it as a promise to treat",
        f"{selling(spot.lang).instead}; why: implied claims count like outright ones (ftc2022)",
    )
