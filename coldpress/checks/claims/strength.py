"""Spots + findings -> sentences that say more than their grade allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coldpress.checks.claims.effects import Effect, disputed
from coldpress.checks.claims.kinds import kinds_in, named
from coldpress.checks.claims.lexicon import Strength
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import table
from coldpress.problems import Problem, error
from coldpress.schema import Finding, Grade

ALLOWED: Mapping[Grade, frozenset[Strength]] = {
    "strong": frozenset({"flat", "likely", "able", "hedged", "measured"}),
    "moderate": frozenset({"likely", "able", "hedged", "measured"}),
    "limited": frozenset({"able", "hedged", "measured"}),
    "conflicting": frozenset({"able", "hedged", "measured"}),
    "insufficient": frozenset({"hedged", "measured"}),
}
SURE: Mapping[Grade, int] = {
    "strong": 4, "moderate": 3, "limited": 2, "conflicting": 1, "insufficient": 0,
}  # fmt: skip


def too_strong(
    spot: Spot, effects: Sequence[Effect], findings: Mapping[str, Finding]
) -> Iterator[Problem]:
    """One a sentence."""
    for effect in effects:
        grade = grade_of(spot, findings)
        if grade is None or not _exceeds(effect, grade, spot):
            continue
        words, said = table(spot.lang, "strength"), _words(spot, effect)
        yield error(
            "stronger-than-grade",
            spot.sentence.place,
            f"{said!r} is stronger than the evidence here, which is {grade}",
            f"{words['fits'][grade]}; {words['report']}",
        )
        return


def _exceeds(effect: Effect, grade: Grade, spot: Spot) -> bool:
    if not effect.benefit or effect.strength in ALLOWED[grade]:
        return False
    return not (grade == "conflicting" and disputed(spot))


def _words(spot: Spot, effect: Effect) -> str:
    text = spot.sentence.text
    start = effect.start
    if effect.strength in ("likely", "able"):
        start = max(text.rfind(" ", 0, start - 1) + 1, 0)
    return text[start : effect.end]


def grade_of(spot: Spot, findings: Mapping[str, Finding]) -> Grade | None:
    """The best grade among the findings it may rest on; None when that cannot be known."""
    if spot.finding is not None:
        return spot.finding.grade
    grades = [finding.grade for finding in findings_of(spot, findings).values()]
    return max(grades, key=SURE.__getitem__, default=None)


def findings_of(spot: Spot, findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """Those that rest on what the sentence cites and are about what its page is about. A title
    cites nothing: there, all findings about the page are meant."""
    cited = set(spot.sentence.cited or spot.sentence.near)
    if not cited and not (spot.about and not spot.citable):
        return {}
    kinds = kinds_in(spot.text, spot.lang)
    return {
        key: finding
        for key, finding in findings.items()
        if (not cited or cited & set(finding.references))
        and all(getattr(finding, side) in (name, None) for side, name in spot.about)
        and (cited or any(getattr(finding, side) == name for side, name in spot.about))
        and (not kinds or finding.method not in named() or finding.method in kinds)
    }
