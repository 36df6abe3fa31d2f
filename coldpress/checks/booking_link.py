"""Every page offers booking once in its text, or says in its front matter why not."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error

IN_THE_TEXT = frozenset({"hero", "card", "close"})


def booking_link(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    if page is None:
        return
    offered = bool(IN_THE_TEXT & set(one.facts.slots))
    reason = page.source.matter.no_booking
    if offered or reason or page.source.is_hub:
        return
    yield error(
        "no-booking-link",
        place_of(site, one, "title"),
        "the page has no booking link and no reason for having none",
        "let its template draw the booking card, or add no_booking: with the reason",
    )
