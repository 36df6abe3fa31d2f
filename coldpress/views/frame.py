"""What every page has around its text: the site's facts, menus, crumbs, booking addresses."""

from __future__ import annotations

from typing import Any

from coldpress.booking import SLOTS, booking_url
from coldpress.model import Page, Site
from coldpress.views.buttons import button, names
from coldpress.views.cards import page_url
from coldpress.views.everywhere import Entry, everywhere


def canonical(site: Site, page: Page) -> str:
    return site.config.base_url + page.route.url


def current(entry: Entry, here: Page) -> str:
    """aria-current: "page" on the page itself, "true" on the folder it lies in."""
    if entry.page == here.id:
        return "page"
    return "true" if entry.folder and entry.folder == here.source.kind.folder else ""


def crumbs(site: Site, page: Page) -> list[dict[str, str]]:
    """Home, the folder's own page if it has one, this page."""
    trail = dict.fromkeys(("pages/index", f"{page.source.kind.folder}/index", page.id))
    pages = (site.by_id[id] for id in trail if id in site.by_id)
    return [{"label": crumb(site, p), "url": page_url(site, p)} for p in pages]


def crumb(site: Site, page: Page) -> str:
    """A home page's title is a headline: in a trail it is "Home" unless it has a label."""
    is_home = page.id == "pages/index" and page.source.matter.label is None
    return site.strings["home"] if is_home else page.label


def booking(site: Site, page: Page) -> dict[str, str]:
    words = button(site, page)
    campaign, content = names(site, page)
    url = site.config.facts.booking.url
    urls = {str(slot): booking_url(url, campaign, content + words.mark, slot) for slot in SLOTS}
    return {"label": words.label, **urls}


def languages(site: Site, page: Page) -> list[dict[str, str]]:
    """The other languages of the site, each in itself: where this page stands in it, or that it
    does not. A lost visitor is led home: the page for them answers 404 in every language."""
    is_lost = page.source.layout == "not-found"
    urls = site.alternates.get("pages/index" if is_lost else page.id, {})
    return [
        {
            "lang": lang,
            "name": other.name if lang in urls else other.only[site.lang],
            "url": f"{site.config.base_path}{urls[lang]}" if lang in urls else "",
        }
        for lang, other in site.languages.items()
        if lang != site.lang
    ]


def site_view(site: Site, page: Page) -> dict[str, Any]:
    same = everywhere(site)
    menu = [
        {"label": entry.label, "url": entry.url, "current": current(entry, page)}
        for entry in same.menu
    ]
    return {**same.site, "nav": menu, "languages": languages(site, page)}
