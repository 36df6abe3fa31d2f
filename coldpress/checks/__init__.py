"""finished outputs -> problems. One rule (or one family) per file, listed here in order.

Checks read what a visitor will get, so templates, menus and feeds are checked as well as content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from coldpress.checks.addresses import addresses
from coldpress.checks.booking_link import booking_link
from coldpress.checks.budgets import budgets
from coldpress.checks.claims import claims
from coldpress.checks.doubles import doubles
from coldpress.checks.evidence_age import evidence_age
from coldpress.checks.headings import headings
from coldpress.checks.images import images
from coldpress.checks.links import links
from coldpress.checks.menus import menus
from coldpress.checks.missing_facts import missing_facts
from coldpress.checks.pictures import pictures
from coldpress.checks.reviews import reviews
from coldpress.checks.safety_first import safety_first
from coldpress.checks.scripts import scripts
from coldpress.checks.search_index import search_index
from coldpress.checks.third_parties import third_parties
from coldpress.checks.xml_files import xml_files
from coldpress.model import Made, Site
from coldpress.problems import Problem

Check = Callable[[Site, Mapping[str, Made]], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    links,
    addresses,
    menus,
    doubles,
    headings,
    images,
    pictures,
    booking_link,
    missing_facts,
    safety_first,
    evidence_age,
    reviews,
    third_parties,
    scripts,
    search_index,
    budgets,
    claims,
    xml_files,
)


def check_all(site: Site, made: Mapping[str, Made]) -> tuple[Problem, ...]:
    return tuple(sorted({problem for check in CHECKS for problem in check(site, made)}))
