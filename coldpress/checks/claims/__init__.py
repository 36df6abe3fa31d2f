"""Every sentence of the site -> claims it must not make, or not like this.

One rule (or one family) per file, the same for every language; the words of a language are data, a
folder of words/. `judged` is all of them for some spots, `claims` is the check.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from coldpress.checks.claims.allowances import granted_to, granted_to_site, settled
from coldpress.checks.claims.discipline import findings_methods, healthy, prevention, wrong_method
from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.numbers import numbers
from coldpress.checks.claims.selling import sold_on_illness
from coldpress.checks.claims.spots import Spot, page_spots, site_spots
from coldpress.checks.claims.strength import too_strong
from coldpress.checks.claims.tables import languages
from coldpress.checks.claims.uncited import uncited
from coldpress.checks.claims.words import RULES as WORD_RULES
from coldpress.checks.claims.words import wording
from coldpress.model import Page, Site
from coldpress.problems import Problem, advice, one_of
from coldpress.schema import Finding, Reference

RULES = (
    *WORD_RULES,
    "effect-without-citation",
    "stronger-than-grade",
    "sold-on-illness",
    "wrong-method",
    "prevention-as-relief",
    "healthy-not-patients",
    "bare-percentage",
    "relative-only",
    "unexplained-statistic",
    "one-temperature-unit",
)
"""What an allowance may name."""


def claims(site: Site) -> Iterator[Problem]:
    """What stands in no page: facts of the business, words of the interface, data files."""
    yield from unjudged(site)
    evidence = site.evidence
    found = judged(site_spots(site), evidence.references, evidence.findings)
    yield from settled(site, granted_to_site(site), found, RULES)
    yield from findings_methods(site)


def page_claims(site: Site, page: Page) -> Iterator[Problem]:
    evidence = site.evidence
    found = judged(tuple(page_spots(page)), evidence.references, evidence.findings)
    yield from settled(site, granted_to(page), found, RULES)


def unjudged(site: Site) -> Iterator[Problem]:
    """Silence about a language without words of its own would read as praise."""
    if site.lang not in languages():
        yield advice(
            "unjudged-language",
            site.config.place("languages"),
            f"no claim is looked for in {site.lang!r}: the rules on claims do not know its words",
            f"have a person read every sentence against the rules; known: {one_of(languages())}",
        )


def judged(
    spots: Iterable[Spot], records: Mapping[str, Reference], findings: Mapping[str, Finding]
) -> Iterator[tuple[Spot, Problem]]:
    """Every problem with the sentence it is about. None in a language without words."""
    known = (spot for spot in spots if spot.lang in languages())
    for _block, group in groupby(known, key=lambda spot: (spot.owner, spot.sentence.block)):
        block = tuple(group)
        for spot in block:
            for problem in _one(spot, records, findings):
                yield spot, problem
        for problem in (*sold_on_illness(block), *numbers(block)):
            yield _spot_of(block, problem), problem


def _one(
    spot: Spot, records: Mapping[str, Reference], findings: Mapping[str, Finding]
) -> Iterator[Problem]:
    said, claimed = tuple(wording(spot)), effects(spot)
    yield from said
    if not said:  # what may not be said at all needs no citation
        yield from uncited(spot, claimed)
    yield from too_strong(spot, claimed, findings)
    if spot.sentence.mentions:
        yield from wrong_method(spot, records)
        yield from prevention(spot, claimed, records)
        yield from healthy(spot, records)


def _spot_of(block: tuple[Spot, ...], problem: Problem) -> Spot:
    at = (problem.line, problem.column)
    return next(s for s in block if (s.sentence.place.line, s.sentence.place.column) == at)
