"""Site -> feed.xml (Atom) and feed.json (JSON Feed): what is new or changed, newest first; of all
articles, and of every folder.

https://www.rfc-editor.org/rfc/rfc4287 · https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from coldpress.feeding import Feed, hub_feed, whole_feed
from coldpress.model import Page, Recipe, Site


def feeds(site: Site) -> Iterator[Recipe]:
    yield from both(site, whole_feed(site))
    for page in site.pages:
        if page.source.is_hub and (feed := hub_feed(site, page)):
            yield from both(site, feed)


def both(site: Site, feed: Feed) -> Iterator[Recipe]:
    folder = feed.home.removeprefix("/")
    view = {"atom": atom(site, feed)}
    yield Recipe(output=f"{folder}feed.xml", template="feeds/atom.xml", view=view)
    yield Recipe(output=f"{folder}feed.json", content=json_feed(site, feed))


def atom(site: Site, feed: Feed) -> dict[str, Any]:
    base = site.config.base_url
    return {
        "lang": site.lang,
        "title": feed.title,
        "author": site.config.facts.name,
        "url": base + feed.home,
        "feed_url": f"{base}{feed.home}feed.xml",
        "alternates": [{"lang": lang, "url": base + url} for lang, url in feed.alternates],
        "updated": changed(feed.articles[0]) if feed.articles else rfc3339(date(1970, 1, 1)),
        "entries": [
            {
                "title": page.title,
                "url": base + page.route.url,
                "updated": changed(page),
                "summary": page.source.matter.description,
            }
            for page in feed.articles
        ],
    }


def json_feed(site: Site, feed: Feed) -> bytes:
    base = site.config.base_url
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base + feed.home,
        "feed_url": f"{base}{feed.home}feed.json",
        "language": site.lang,
        "authors": [{"name": site.config.facts.name, "url": f"{base}{site.prefix}/"}],
        "items": [
            {
                "id": base + page.route.url,
                "url": base + page.route.url,
                "title": page.title,
                "content_text": page.source.matter.description,
                "date_modified": changed(page),
            }
            for page in feed.articles
        ],
    }
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def changed(page: Page) -> str:
    updated = page.source.matter.updated
    return rfc3339(updated) if updated else ""


def rfc3339(on: date) -> str:
    return datetime.combine(on, time(), UTC).isoformat().replace("+00:00", "Z")
