"""A feed -> the links to its two forms, for the head of pages."""

from __future__ import annotations

from coldpress.feeding import hub_feed
from coldpress.model import Page, Site

FORMS = {"feed.xml": "application/atom+xml", "feed.json": "application/feed+json"}


def site_feeds(site: Site) -> list[dict[str, str]]:
    """Of the whole site. Reads none of its articles: this stands on every page."""
    return feed_links(site, site.config.facts.name, f"{site.prefix}/")


def feed_links(site: Site, title: str, home: str) -> list[dict[str, str]]:
    folder = f"{site.config.base_path}{home}"
    return [{"url": folder + name, "type": kind, "title": title} for name, kind in FORMS.items()]


def page_feeds(site: Site, page: Page) -> list[dict[str, str]]:
    """Of the folder a page introduces."""
    feed = hub_feed(site, page) if page.source.is_hub else None
    return feed_links(site, feed.title, feed.home) if feed else []
