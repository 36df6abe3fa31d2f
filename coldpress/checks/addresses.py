"""Booking parameters (utm_...) belong on links that leave, never on links inside the site."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import link_place
from coldpress.model import Made, Site
from coldpress.problems import Problem, error


def addresses(site: Site, one: Made) -> Iterator[Problem]:
    for link in one.facts.links:
        inside = "://" not in link.url or link.url.startswith(site.config.base_url)
        if inside and "utm_" in link.url:
            yield error(
                "tracked-internal-link",
                link_place(site, one, link.url),
                f"the link {link.url!r} stays on this site and carries utm_ parameters",
                "remove everything from the question mark on: it would spoil visit statistics",
            )
