"""Spots -> problems of wording: claims that no source allows, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.claims.effects import about_other_care
from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.phrases import Phrase, candidates
from coldpress.checks.claims.spots import Spot
from coldpress.problems import Problem, error

RULES = (
    "cure-claim",
    "absolute-claim",
    "status-claim",
    "detox-claim",
    "body-claim",
    "pain-free-promise",
    "safety-promise",
    "empty-praise",
    "attack-on-care",
    "outcome-testimonial",
    "shaky-mechanism",
)


def wording(spot: Spot) -> Iterator[Problem]:
    """One problem a rule and sentence: the first words it is about."""
    told: set[str] = set()
    for phrase in candidates(spot.words, spot.lang, RULES):
        found = said(spot, phrase)
        if found is not None and phrase.rule not in told:
            told.add(phrase.rule)
            yield _problem(spot, phrase, *found)


def said(spot: Spot, phrase: Phrase) -> tuple[int, int] | None:
    """Where the sentence really says it."""
    found = phrase.find(spot.text)
    if found and phrase.about_cold and about_other_care(spot):
        return None
    for match in found:
        start, end = match.span()
        if not excused(
            spot.sentence, spot.text, start, end, spot.lang, quotes_count=phrase.quotes_count
        ):
            return start, end
    return None


def _problem(spot: Spot, phrase: Phrase, start: int, end: int) -> Problem:
    words = spot.sentence.text[start:end].strip(' "“”.,')
    return error(
        phrase.rule,
        spot.sentence.place,
        phrase.says.replace("{words!r}", repr(words)),
        f"{phrase.instead}; why: {phrase.why} ({phrase.source})",
    )
