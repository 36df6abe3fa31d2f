"""No page needs a script to be read, navigated or booked from; only search may have one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error
from coldpress.schema import PageMatter


def scripts(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    for output, one in made.items():
        page = site.by_output.get(output)
        matter = page.source.matter if page else None
        search = isinstance(matter, PageMatter) and matter.layout == "search"
        if one.facts.scripts and not search:
            yield error(
                "script-on-page",
                place_of(site, one),
                f"the page has {one.facts.scripts} script(s)",
                "take them out of the template: everything here works without",
            )
