"""No page needs a script to be read, navigated or booked from; only search may have one."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error


def scripts(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    search = page is not None and page.source.layout == "search"
    if one.facts.scripts and not search:
        yield error(
            "script-on-page",
            place_of(site, one),
            f"the page has {one.facts.scripts} script(s)",
            "take them out of the template: everything here works without",
        )
