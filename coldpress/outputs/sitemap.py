"""Site -> its sitemaps: every page a search engine may show, with the day it last changed, the same
page in other languages, and its pictures.

A site in one language has sitemap.xml; in several, one file for each and sitemap.xml as their list.
Search engines read 50,000 addresses from one file: more of them are several files.
https://www.sitemaps.org/protocol.html#index
https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coldpress.model import Page, Recipe, Site

MOST = 50_000
"""Addresses in one file."""
OUTPUT = "sitemap.xml"


def sitemap(site: Site, most: int = MOST) -> Iterator[Recipe]:
    entries = [entry(site, page) for page in listed(site)]
    names = files(site, len(entries), most)
    for number, name in enumerate(names):
        part = entries[number * most : (number + 1) * most]
        yield drawn(name, "feeds/sitemap.xml", {"entries": part})
    if site.is_first and names != [OUTPUT]:
        urls = [
            f"{site.config.base_url}/{name}"
            for edition in site.editions
            for name in files(edition, sum(1 for _ in listed(edition)), most)
        ]
        yield drawn(OUTPUT, "feeds/sitemap-index.xml", {"parts": urls})


def drawn(output: str, template: str, sitemap: dict[str, Any]) -> Recipe:
    return Recipe(output=output, template=template, view={"sitemap": sitemap})


def files(site: Site, pages: int, most: int) -> list[str]:
    """Names of an edition's sitemaps."""
    stem = "sitemap" if len(site.config.facts.languages) == 1 else f"sitemap-{site.lang}"
    if pages <= most:
        return [f"{stem}.xml"]
    return [f"{stem}-{number}.xml" for number in range(1, -(-pages // most) + 1)]


def listed(site: Site) -> Iterator[Page]:
    return filter(may_be_found, site.pages)


def may_be_found(page: Page) -> bool:
    return page.source.matter.robots == "index" and page.source.layout != "not-found"


def entry(site: Site, page: Page) -> dict[str, Any]:
    base, updated = site.config.base_url, page.source.matter.updated
    others = site.alternates.get(page.id, {})
    return {
        "url": base + page.route.url,
        "lastmod": updated.isoformat() if updated else "",
        "alternates": [{"lang": lang, "url": base + url} for lang, url in others.items()],
        "images": [f"{base}/{output}" for output in pictures(site, page)],
    }


def pictures(site: Site, page: Page) -> Iterator[str]:
    """Of every picture the file that all browsers know: its last variant."""
    for path in site.pictured.get(page.id, ()):
        if variants := site.media[path].variants:
            yield variants[-1].output
