"""Site -> what is the same on every page: worked out once, and noted as read by each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from coldpress.booking import private_words
from coldpress.memory.watch import Name, noted, unwatched, watched, way_to
from coldpress.model import Site
from coldpress.same import Same
from coldpress.schema import Link, Organisation
from coldpress.sharing import SharedGroup, SharedList
from coldpress.theme import theme
from coldpress.views.cards import page_url
from coldpress.views.feeds import site_feeds

HOME = "pages/index"
LATER = "css/later.css"
RATE_PAGE = "pages/how-we-rate-evidence"


class Entry(Struct, frozen=True):
    """Of a menu. `page` is its page's id, `folder` the one that page introduces."""

    label: str
    url: str
    page: str = ""
    folder: str = ""


class Everywhere(Struct, frozen=True):
    site: dict[str, Any]
    """The view's `site` but for the menu, in which the page marks itself."""
    menu: tuple[Entry, ...]
    css: SharedList
    later: str
    """Address of the styles that no first view needs."""
    fonts: list[str]
    icon: str
    t: SharedGroup
    rate_url: str
    private: frozenset[str]
    """Words that would tell a third party about somebody's health."""


def everywhere(site: Site) -> Everywhere:
    found, names = _worked_out(Same(unwatched(site)), way_to(site))
    noted(site, names)
    return found


@lru_cache(maxsize=8)
def _worked_out(one: Same[Site], way: Name) -> tuple[Everywhere, set[Name]]:
    names: set[Name] = set()
    site = watched(one.thing, names, way)
    found = Everywhere(
        site=site_part(site),
        menu=tuple(entries(site, site.config.facts.navigation)),
        css=SharedList({"css": Markup(s.css), "needs": list(s.needs)} for s in site.assets.sheets),
        later=asset_url(site, LATER),
        fonts=fonts(site),
        icon=asset_url(site, "img/favicon.svg"),
        t=SharedGroup(site.strings),
        rate_url=rate_url(site),
        private=private_words(id.partition("/")[2] for id in site.folders.get("conditions", ())),
    )
    return found, names


def site_part(site: Site) -> dict[str, Any]:
    facts = site.config.facts
    base = site.config.base_path
    return {
        "name": facts.name,
        "short_name": facts.short_name or facts.name,
        "tagline": facts.tagline or "",
        "home": page_url(site, site.by_id[HOME]) if HOME in site.by_id else f"{base}/",
        "lang": site.lang,
        "footer": footer(site),
        **contact(facts.organisation),
        "disclaimer": facts.disclaimer or "",
        "missing": missing(site),
        "preview": site.preview,
        "safety_url": layout_url(site, "checklist"),
        "glossary_url": layout_url(site, "glossary"),
        "search_url": layout_url(site, "search"),
        "contact_url": layout_url(site, "contact"),
        "matrix_url": layout_url(site, "matrix"),
        "feeds": site_feeds(site),
        "logo": asset_url(site, "img/logo.svg"),
        "theme": theme(site),
        "touch_icon": asset_url(site, "img/apple-touch-icon.png"),
        "manifest_url": f"{base}/site.webmanifest",
    }


def entries(site: Site, links: Iterable[Link]) -> Iterator[Entry]:
    """Without those of which the page is not (yet) on the site: a check reports wrong ones."""
    for link in links:
        if "://" in link.to or link.to.startswith(("mailto:", "tel:")):
            yield Entry(link.label, link.to)
        elif (page := site.by_id.get(link.to.removesuffix(".md"))) is not None:
            folder = page.source.kind.folder if page.source.is_hub else ""
            yield Entry(link.label, page_url(site, page), page.id, folder)


def footer(site: Site) -> list[dict[str, Any]]:
    return [
        {
            "heading": heading,
            "links": [
                {"label": entry.label, "url": entry.url, "current": ""}
                for entry in entries(site, links)
            ],
        }
        for heading, links in site.config.facts.footer.items()
    ]


def layout_url(site: Site, layout: str) -> str:
    page = site.with_layout(layout)
    return page_url(site, page) if page else ""


def rate_url(site: Site) -> str:
    return page_url(site, site.by_id[RATE_PAGE]) if RATE_PAGE in site.by_id else ""


def fonts(site: Site) -> list[str]:
    files = site.assets.files.values()
    return [f"{site.config.base_path}/{f.output}" for f in files if f.name.endswith(".woff2")]


def asset_url(site: Site, name: str) -> str:
    asset = site.assets.files.get(name)
    return f"{site.config.base_path}/{asset.output}" if asset else ""


def contact(facts: Organisation) -> dict[str, Any]:
    phone, email, address = facts.phone, facts.email, facts.address
    digits = "".join(c for c in phone.value if c.isdigit() or c == "+") if phone else ""
    return {
        "locality": facts.locality or "",
        "phone": {"text": phone.value, "url": f"tel:{digits}"} if phone else "",
        "email": {"text": email.value, "url": f"mailto:{email.value}"} if email else "",
        "address": [address.street, f"{address.city}, {address.region} {address.postal_code}"]
        if address
        else [],
        "hours": list(facts.hours),
    }


def missing(site: Site) -> list[str]:
    """Names of facts the owner has not given."""
    facts = site.config.facts.organisation
    given = {
        "missing_address": facts.address,
        "missing_phone": facts.phone,
        "missing_email": facts.email,
        "missing_hours": facts.hours,
    }
    return [site.strings[name] for name, value in given.items() if not value]
