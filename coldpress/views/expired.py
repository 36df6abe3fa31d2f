"""Site -> the note that stands where a page was whose time is over, unless another page answers.

It is a page like others to look at, and on no list: not in menus, hubs, feeds, the sitemap, search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from coldpress.dates import day
from coldpress.later import later
from coldpress.model import Converted, Page, Recipe, Site, Written
from coldpress.model.expired import Expired
from coldpress.schedule import zone_of
from coldpress.titles import title_tag
from coldpress.views.cards import card, page_url
from coldpress.views.frame import crumb

UNWRITTEN = later(Written("", {}))
NOTHING = Converted((), (), (), (), (), (), (), (), "")
HOME = "pages/index"
ONWARD = 4
"""Links at most: a way out, not a menu."""


def notices(site: Site, view: Callable[[Site, Page], dict[str, Any]]) -> Iterator[Recipe]:
    """`view` gives the view of a page: header, footer and styles are those of every page."""
    for gone in site.expired:
        if not gone.to:
            yield Recipe(
                output=gone.route.output,
                template="expired.html",
                view=notice(site, gone, view(site, emptied(gone))),
                source=gone.source.path,
            )


def emptied(gone: Expired) -> Page:
    """The page without its text and its claims, for whatever asks for a page."""
    was = gone.source.matter
    matter = type(was)(title=was.title, label=was.label, description=was.description)
    return Page(replace(gone.source, matter=matter, written=UNWRITTEN), gone.route, NOTHING)


def notice(site: Site, gone: Expired, view: dict[str, Any]) -> dict[str, Any]:
    words, title = site.strings, gone.source.matter.title
    last = last_day(site, gone)
    page = {
        "kind": "page",
        "layout": "expired",
        "title": words["expired_title"],
        "title_tag": title_tag(site, words["expired_title_tag"].format(title=title)),
        "description": words["expired_text"].format(title=title, date=last),
        "noindex": True,
        "translation": {"pending": False, "original": {}},
        "crumbs": crumbs(site, gone),
        "expired": {"title": title, "on": last},
        "next": [
            {**card(site, page, number), "label": crumb(site, page)}
            for number, page in enumerate(onward(site, gone), start=1)
        ],
        "offer": None,
        "book": False,
        "qr": None,
        "graph": None,
        "card": None,
        "alternates": [],
        "og_type": "website",
    }
    return {**view, "page": {**view["page"], **page}}


def crumbs(site: Site, gone: Expired) -> list[dict[str, str]]:
    trail = [{"label": crumb(site, p), "url": page_url(site, p)} for p in above(site, gone)]
    matter = gone.source.matter
    here = {"label": matter.label or matter.title, "url": site.config.base_path + gone.route.url}
    return [*trail, here]


def last_day(site: Site, gone: Expired) -> str:
    """In words. What ends at midnight was there until the day before."""
    at = gone.source.expires_at
    if at is None:
        raise AssertionError(gone.source.path)
    return day(site, (at - timedelta(microseconds=1)).astimezone(zone_of(site.config)).date())


def above(site: Site, gone: Expired) -> list[Page]:
    """Home, and the page that introduces the folder: those of them that are live."""
    ids = dict.fromkeys((HOME, f"{gone.source.kind.folder}/index"))
    return [site.by_id[id] for id in ids if id in site.by_id]


def onward(site: Site, gone: Expired) -> list[Page]:
    """What the author named to read next, then the folder's page, then home."""
    named = [site.by_id[id] for id in gone.source.matter.related if id in site.by_id]
    return list({page.id: page for page in (*named, *reversed(above(site, gone)))}.values())[
        :ONWARD
    ]
