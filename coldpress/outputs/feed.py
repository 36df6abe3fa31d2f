"""Site -> feed.xml (Atom): what is new or changed, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from coldpress.model import Page, Recipe, Site

ENTRIES = 20


def feed(site: Site) -> Iterator[Recipe]:
    articles = ((page.source.matter.updated, page) for page in site.pages if is_article(page))
    dated = [(updated, page) for updated, page in articles if updated is not None]
    newest = sorted(dated, key=lambda item: (item[0], item[1].id), reverse=True)[:ENTRIES]
    base = site.config.base_url
    atom = {
        "title": site.config.facts.name,
        "url": f"{base}/",
        "feed_url": f"{base}/feed.xml",
        "updated": rfc3339(newest[0][0] if newest else date(1970, 1, 1)),
        "entries": [
            {
                "title": page.title,
                "url": base + page.route.url,
                "updated": rfc3339(updated),
                "summary": page.source.matter.description,
            }
            for updated, page in newest
        ],
    }
    yield Recipe(output="feed.xml", template="feeds/atom.xml", view={"atom": atom})


def is_article(page: Page) -> bool:
    return page.source.kind.name != "page" and not page.source.is_hub


def rfc3339(on: date) -> str:
    return datetime.combine(on, time(), UTC).isoformat().replace("+00:00", "Z")
