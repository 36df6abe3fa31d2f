"""Every picture on a finished page has alternative text, empty only where it decorates."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error


def images(site: Site, one: Made) -> Iterator[Problem]:
    for src in one.facts.images_without_alt:
        yield error(
            "missing-alt",
            place_of(site, one),
            f"the picture {src!r} has no alternative text",
            "say what it shows: ![A room with a wooden bench](room.jpg)",
        )
