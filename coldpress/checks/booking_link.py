"""Every page offers booking once in its text, or says in its front matter why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error

IN_THE_TEXT = frozenset({"hero", "card", "close"})


def booking_link(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    for output, page in site.by_output.items():
        one = made[output]
        offered = bool(IN_THE_TEXT & set(one.facts.slots))
        reason = page.source.matter.no_booking
        if offered or reason or page.source.is_hub:
            continue
        yield error(
            "no-booking-link",
            place_of(site, one, "title"),
            "the page has no booking link and no reason for having none",
            "let its template draw the booking card, or add no_booking: with the reason",
        )
