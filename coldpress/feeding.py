"""Site -> what its feeds are: one of all articles, and one for the articles of every folder that
has a page of its own. The outputs write them, pages name them in their head."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nlargest

from msgspec import Struct

from coldpress.model import Page, Site

ENTRIES = 20


class Feed(Struct, frozen=True):
    title: str
    home: str
    """Address of the page it belongs to, without the base path: / or /guides/"""
    alternates: tuple[tuple[str, str], ...]
    """(language, address) of that page in other languages."""
    articles: tuple[Page, ...]
    """Those that say when they last changed, newest first."""


def whole_feed(site: Site) -> Feed:
    articles = newest(filter(is_article, site.pages))
    home = f"{site.prefix}/"
    return Feed(site.config.facts.name, home, others(site, "pages/index"), articles)


def hub_feed(site: Site, hub: Page) -> Feed | None:
    """None where no page of the folder says when it changed."""
    folder = hub.source.kind.folder
    articles = newest(page for page in site.of_kind(folder) if page.source.lang == site.lang)
    if not articles or not is_folder(hub):
        return None
    title = site.strings["feed_title"].format(site=site.config.facts.name, title=hub.label)
    return Feed(title, hub.route.url, others(site, hub.id), articles)


def is_folder(page: Page) -> bool:
    """Introduces articles: the home page, the index of content/pages/, does not."""
    return page.source.is_hub and page.source.kind.name != "page"


def is_article(page: Page) -> bool:
    return page.source.kind.name != "page" and not page.source.is_hub


def newest(articles: Iterable[Page]) -> tuple[Page, ...]:
    dated = ((page.source.matter.updated, page) for page in articles)
    known = ((updated, page) for updated, page in dated if updated is not None)
    first = nlargest(ENTRIES, known, key=lambda item: (item[0], item[1].id))
    return tuple(page for _, page in first)


def others(site: Site, id: str) -> tuple[tuple[str, str], ...]:
    found = site.alternates.get(id, {})
    return tuple((lang, url) for lang, url in found.items() if lang != site.lang)
