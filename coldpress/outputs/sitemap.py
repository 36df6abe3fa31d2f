"""Site -> sitemap.xml: every page a search engine may show, with the day it last changed."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Page, Recipe, Site


def sitemap(site: Site) -> Iterator[Recipe]:
    entries = [entry(site, page) for page in site.pages if listed(page)]
    yield Recipe(
        output="sitemap.xml", template="feeds/sitemap.xml", view={"sitemap": {"entries": entries}}
    )


def listed(page: Page) -> bool:
    return page.source.matter.robots == "index" and page.route.output != "404.html"


def entry(site: Site, page: Page) -> dict[str, str]:
    updated = page.source.matter.updated
    return {
        "url": site.config.base_url + page.route.url,
        "lastmod": updated.isoformat() if updated else "",
    }
