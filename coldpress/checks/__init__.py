"""finished outputs -> problems. One rule (or one family) per file, listed here in order.

Checks read what a visitor will get, so templates, menus and feeds are checked as well as content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from coldpress.checks.addresses import addresses
from coldpress.checks.booking_link import booking_link
from coldpress.checks.budgets import budgets, page_budgets
from coldpress.checks.buttons import buttons
from coldpress.checks.claims import claims, page_claims
from coldpress.checks.days import days, page_days
from coldpress.checks.doubles import doubled_anchors, doubles
from coldpress.checks.evidence_age import evidence_age, page_evidence
from coldpress.checks.graph import graph
from coldpress.checks.headings import headings
from coldpress.checks.images import images
from coldpress.checks.links import Ids, Target, broken, leads_nowhere, targets
from coldpress.checks.menus import menus
from coldpress.checks.missing_facts import missing_facts
from coldpress.checks.offers import offers, offers_by_hand, page_offers
from coldpress.checks.pictures import pictures
from coldpress.checks.redirects import redirects
from coldpress.checks.reviews import reviews
from coldpress.checks.safety_first import safety_first
from coldpress.checks.scripts import scripts
from coldpress.checks.search_index import search_index
from coldpress.checks.third_parties import third_parties
from coldpress.checks.translations import translations
from coldpress.checks.xml_files import xml_files
from coldpress.model import Made, Page, Site
from coldpress.problems import Problem

__all__ = [
    "OUTPUTS_CHECKS",
    "OUTPUT_CHECKS",
    "SITE_CHECKS",
    "TEXT_CHECKS",
    "Ids",
    "OutputsCheck",
    "SiteCheck",
    "Target",
    "broken",
    "check_output",
    "check_text",
    "leads_nowhere",
    "targets",
]

TextCheck = Callable[[Site, Page], Iterator[Problem]]
"""Looks at what a page's source says, whatever is made of it: again when that has changed."""
OutputCheck = Callable[[Site, Made], Iterator[Problem]]
"""Looks at one output, where it was made: in a worker process."""
SiteCheck = Callable[[Site], Iterator[Problem]]
"""Looks at what only the whole site can show."""
OutputsCheck = Callable[[Site, Mapping[str, Made]], Iterator[Problem]]
"""Looks at all outputs side by side: again whenever one of them has changed."""

TEXT_CHECKS: tuple[TextCheck, ...] = (
    page_claims,
    offers_by_hand,
)
OUTPUT_CHECKS: tuple[OutputCheck, ...] = (
    addresses,
    doubled_anchors,
    headings,
    images,
    booking_link,
    missing_facts,
    page_offers,
    safety_first,
    page_evidence,
    page_days,
    reviews,
    third_parties,
    scripts,
    graph,
    page_budgets,
    xml_files,
)
SITE_CHECKS: tuple[SiteCheck, ...] = (
    menus,
    doubles,
    buttons,
    offers,
    evidence_age,
    days,
    search_index,
    budgets,
    claims,
    translations,
)
OUTPUTS_CHECKS: tuple[OutputsCheck, ...] = (
    pictures,
    redirects,
)


def check_text(site: Site, output: str) -> tuple[Problem, ...]:
    """Of the page that an output is; nothing for another."""
    page = site.by_output.get(output)
    if page is None:
        return ()
    return tuple(sorted({problem for check in TEXT_CHECKS for problem in check(site, page)}))


def check_output(site: Site, one: Made) -> tuple[Problem, ...]:
    return tuple(sorted({problem for check in OUTPUT_CHECKS for problem in check(site, one)}))
