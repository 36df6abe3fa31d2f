"""A fact shown as missing (an amber pill) may stand in a preview, never on the built site."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error


def missing_facts(site: Site, one: Made) -> Iterator[Problem]:
    if site.preview:
        return
    for fact in one.facts.missing:
        yield error(
            "missing-fact",
            place_of(site, one),
            f"the page shows {fact!r} as a missing fact",
            "add it to site.yaml, or take it out of the page until it is known",
        )
