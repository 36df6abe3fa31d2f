"""Blocks of spots -> an illness, a benefit and an offer in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.phrases import compiled
from coldpress.checks.claims.signs import BOOKING
from coldpress.checks.claims.spots import Spot
from coldpress.problems import Problem, error

OFFER = re.compile(
    r"\b(?:book(?! is)|reserve|schedule|sign up|call (?:now|us|today)|make an appointment"
    r"|get started|buy|claim your"
    r"|join us|visit us|come (?:in|see us)|your (?:first )?(?:session|appointment))\b"
)
NOT_AN_OFFER = re.compile(
    r"\b(?:before|if|until|when|who|should not|do not|don't|not|never|whether|without"
    r"|can) (?:\w+ ){0,2}?(?:book|schedule"
    r"|make|reserve|buy)\b|\bbooking (?:page|button|site|link)\b|\b(?:doctor|clinician|physician"
    r"|nurse)\b"
)
BENEFIT = re.compile(
    r"\b(?:eas(?:e|es|ing)|reliev\w+|relief|sooth\w+|calm\w*|reduc\w+|alleviat\w+|help(?:s|ing)?"
    r"|treat\w*|heal\w*"
    r"|cur(?:e|es|ing)|end|stop|tame|feel better|beat|fight)\b"
)
ILLNESS = "{disease}"


def sold_on_illness(block: Sequence[Spot]) -> Iterator[Problem]:
    """`block`: the spots of one paragraph, list item or field."""
    if not any(spot.signs & BOOKING for spot in block):
        return
    text = " ".join(spot.text for spot in block)
    offer = OFFER.search(text)
    if not offer or NOT_AN_OFFER.search(text):
        return
    illness = compiled(ILLNESS).search(text)
    if illness is None:
        return
    for spot in block:
        for benefit in BENEFIT.finditer(spot.text):
            if not excused(spot.sentence, spot.text, *benefit.span()):
                yield _problem(spot, illness[0], benefit[0], offer[0])
                return


def _problem(spot: Spot, illness: str, benefit: str, offer: str) -> Problem:
    return error(
        "sold-on-illness",
        spot.sentence.place,
        f"an illness ({illness!r}), a benefit ({benefit!r}) and an offer ({offer!r}) stand"
        " together: readers take it as a promise to treat",
        'keep the offer apart and promise nothing: "Book a visit to ask questions and see whether a'
        ' session is suitable for you"; why: implied claims count like outright ones (ftc2022)',
    )
