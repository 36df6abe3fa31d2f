"""Site + page -> the one offer that stands on it today, or None."""

from __future__ import annotations

from typing import Any

from coldpress.booking import booking_url, content_name
from coldpress.dates import day
from coldpress.model import Page, Site
from coldpress.offering import chosen, letter
from coldpress.schema import Offer
from coldpress.views.buttons import may_sell, names
from coldpress.views.cards import page_url
from coldpress.views.everywhere import everywhere


def offer(site: Site, page: Page) -> dict[str, Any] | None:
    """An offer is said together with its last day and its terms or not at all: it waits for their
    page. Whatever its list of pages says, none stands on a page about health."""
    listed = [(key, one) for key, one in site.offers.items() if page.id in one.pages]
    if not listed or not may_sell(site, page):
        return None
    for key, one in listed:
        if one.starts <= site.today <= one.ends and (known := terms(site, one)):
            return {**said(site, page, key, one), "ends": day(site, one.ends), "terms": known}
    return None


def terms(site: Site, offer: Offer) -> dict[str, str] | None:
    """`url` is empty when the terms are a few words; None when their page is not live."""
    if not offer.terms_page:
        return {"label": offer.terms, "url": ""}
    page = site.by_id.get(offer.terms_page)
    return {"label": site.strings["offer_terms"], "url": page_url(site, page)} if page else None


def said(site: Site, page: Page, key: str, offer: Offer) -> dict[str, str]:
    """The page's wording. `label` and `url` are empty when the offer has no link of its own."""
    number = chosen(page.id, key, len(offer.wordings))
    wording = offer.wordings[number]
    if not wording.label:
        return {"text": wording.text, "label": "", "url": ""}
    campaign, content = names(site, page)
    mark = f"-{letter(number)}" if offer.variants else ""
    name = content_name(key.lower(), everywhere(site).private, key)
    url = booking_url(site.config.facts.booking.url, campaign, f"{content}-{name}{mark}", "offer")
    return {"text": wording.text, "label": wording.label, "url": url}
