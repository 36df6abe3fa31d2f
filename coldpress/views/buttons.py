"""Site + page -> what its booking links are called, for the reader and for the booking company."""

from __future__ import annotations

from msgspec import Struct

from coldpress.booking import content_name
from coldpress.model import Page, Site
from coldpress.offering import about_health, chosen, letter
from coldpress.views.everywhere import everywhere


class Button(Struct, frozen=True):
    label: str
    mark: str
    """Goes behind the page's name in utm_content: "-b"; nothing while no other words are tried."""


def button(site: Site, page: Page) -> Button:
    """Nothing is tried out on a page about health, nor in a language the words are not in."""
    facts = site.config.facts.booking
    if not facts.variants or not may_sell(site, page):
        return Button(facts.label, "")
    words = (facts.label, *facts.variants)
    number = chosen(page.id, "booking", len(words))
    return Button(words[number], f"-{letter(number)}")


def names(site: Site, page: Page) -> tuple[str, str]:
    """utm_campaign and utm_content of a page, without its slot. Neither names a condition."""
    slug = page.route.url.rstrip("/").rpartition("/")[2]
    content = content_name(slug, everywhere(site).private, page.id)
    return page.source.kind.name if slug else "home", content


def may_sell(site: Site, page: Page) -> bool:
    """Data that is in the site's first language only, on pages that are not about health."""
    return page.source.lang == site.config.facts.languages[0] and not about_health(page.source)
