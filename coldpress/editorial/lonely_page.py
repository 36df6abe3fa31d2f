"""Site -> pages that no text, menu or relation leads to."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Page, Site
from coldpress.problems import Problem, advice

REACHED = frozenset({"home", "not-found", "search"})
"""Layouts that need no link in a text: the frame of every page leads to them, or nothing should."""


def lonely_page(site: Site) -> Iterator[Problem]:
    """Pages that no text, menu or relation leads to. Hubs list the pages of their folder."""
    led_to = set(_led_to(site))
    for page in site.pages:
        hubbed = page.source.kind.name != "page"
        if hubbed or page.source.layout in REACHED or page.source.matter.robots == "noindex":
            continue
        if page.id not in led_to:
            yield advice(
                "lonely-page",
                page.source.place("title"),
                "no page links to this one",
                f"link to it where it helps: [{page.label}](../{page.id}.md)",
            )


def _led_to(site: Site) -> Iterator[str]:
    by_url = {site.config.base_path + page.route.url: page.id for page in site.pages}
    for page in site.pages:
        yield from page.source.matter.related
        yield from (
            by_url[address]
            for address in _addresses(page)
            if by_url.get(address, page.id) != page.id
        )
    facts = site.config.facts
    menus = (facts.navigation, *facts.footer.values())
    yield from (link.to.removesuffix(".md") for menu in menus for link in menu)


def _addresses(page: Page) -> Iterator[str]:
    return (link.url.partition("#")[0] for link in page.converted.links)
