"""Every old address leads somewhere, once, and hides no page: on every host alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.model import Made, Site
from coldpress.problems import Problem
from coldpress.redirecting import redirect_problems


def redirects(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    yield from redirect_problems(site, {output: one.facts for output, one in made.items()})
