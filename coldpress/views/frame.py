"""What every page has around its text: the site's facts, menus, crumbs, booking addresses."""

from __future__ import annotations

import re
from typing import Any

from coldpress.booking import SLOTS, booking_url
from coldpress.model import Page, Site
from coldpress.schema import Link, Organisation
from coldpress.views.buttons import button, names
from coldpress.views.cards import page_url

RATE_PAGE = "pages/how-we-rate-evidence"
DEEP = re.compile(r"--deep:\s*light-dark\(([^,()]+),([^,()]+)\)")


def canonical(site: Site, page: Page) -> str:
    return site.config.base_url + page.route.url


def rate_url(site: Site) -> str:
    return page_url(site, site.by_id[RATE_PAGE]) if RATE_PAGE in site.by_id else ""


def layout_url(site: Site, layout: str) -> str:
    page = site.with_layout(layout)
    return page_url(site, page) if page else ""


def linked(site: Site, link: Link, here: Page | None = None) -> dict[str, Any] | None:
    """A menu entry; None when its page is not (yet) on the site: a check reports a wrong one."""
    if "://" in link.to or link.to.startswith(("mailto:", "tel:")):
        return {"label": link.label, "url": link.to, "current": ""}
    page = site.by_id.get(link.to.removesuffix(".md"))
    if page is None:
        return None
    return {"label": link.label, "url": page_url(site, page), "current": current(page, here)}


def current(page: Page, here: Page | None) -> str:
    """aria-current: "page" on the page itself, "true" on the folder it lies in."""
    if here is None:
        return ""
    if page.id == here.id:
        return "page"
    inside = page.source.is_hub and here.source.kind.folder == page.source.kind.folder
    return "true" if inside else ""


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


def site_view(site: Site, page: Page) -> dict[str, Any]:
    facts = site.config.facts
    base = site.config.base_path
    menu = (linked(site, link, page) for link in facts.navigation)
    return {
        "name": facts.name,
        "short_name": facts.short_name or facts.name,
        "tagline": facts.tagline or "",
        "home": f"{base}/",
        "lang": facts.languages[0],
        "nav": [entry for entry in menu if entry],
        "footer": [
            {
                "heading": heading,
                "links": [entry for entry in (linked(site, link) for link in links) if entry],
            }
            for heading, links in facts.footer.items()
        ],
        **contact(facts.organisation),
        "disclaimer": facts.disclaimer or "",
        "missing": missing(site),
        "preview": site.preview,
        "safety_url": layout_url(site, "checklist"),
        "glossary_url": layout_url(site, "glossary"),
        "search_url": layout_url(site, "search"),
        "contact_url": layout_url(site, "contact"),
        "matrix_url": layout_url(site, "matrix"),
        "feed_url": f"{base}/feed.xml",
        "logo": picture(site, "img/logo.svg"),
        "theme": theme(site),
    }


def icon(site: Site) -> str:
    return picture(site, "img/favicon.svg")


def theme(site: Site) -> dict[str, str]:
    """The colour of the header in both schemes, for the browser's own frame: the last --deep of
    the style sheets."""
    found = [one for sheet in site.assets.sheets for one in DEEP.findall(sheet.css)]
    light, dark = found[-1] if found else ("", "")
    return {"light": light.strip(), "dark": dark.strip()}


def picture(site: Site, name: str) -> str:
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
