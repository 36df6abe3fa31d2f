"""Headings form an outline: one h1, and no level skipped on the way down."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error


def headings(site: Site, one: Made) -> Iterator[Problem]:
    if one.output not in site.by_output:
        return
    levels = [level for level, _ in one.facts.headings]
    if levels.count(1) != 1:
        yield error(
            "one-title",
            place_of(site, one),
            f"the page has {levels.count(1)} headings of the first level",
            "the title in the front matter is the only one: start sections with ##",
        )
    for (upper, _), (lower, text) in pairwise(one.facts.headings):
        if lower > upper + 1:
            yield error(
                "skipped-heading",
                place_of(site, one),
                f"the heading {text!r} is of level {lower} and follows one of level {upper}",
                f"use {'#' * (upper + 1)} for it",
            )
