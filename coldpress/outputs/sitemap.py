"""Site -> sitemap.xml: every page a search engine may show, with the day it last changed.

Search engines read 50,000 addresses from one file: a larger site gets several, and a list of them.
https://www.sitemaps.org/protocol.html#index
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Page, Recipe, Site

MOST = 50_000
"""Addresses in one file."""
OUTPUT = "sitemap.xml"


def sitemap(site: Site, most: int = MOST) -> Iterator[Recipe]:
    entries = [entry(site, page) for page in site.pages if listed(page)]
    if len(entries) <= most:
        yield addresses(OUTPUT, entries)
        return
    parts = [entries[start : start + most] for start in range(0, len(entries), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield addresses(name, part)
    urls = [f"{site.config.base_url}/{name}" for name in names]
    yield Recipe(
        output=OUTPUT, template="feeds/sitemap-index.xml", view={"sitemap": {"parts": urls}}
    )


def addresses(output: str, entries: list[dict[str, str]]) -> Recipe:
    view = {"sitemap": {"entries": entries}}
    return Recipe(output=output, template="feeds/sitemap.xml", view=view)


def listed(page: Page) -> bool:
    return page.source.matter.robots == "index" and page.route.output != "404.html"


def entry(site: Site, page: Page) -> dict[str, str]:
    updated = page.source.matter.updated
    return {
        "url": site.config.base_url + page.route.url,
        "lastmod": updated.isoformat() if updated else "",
    }
