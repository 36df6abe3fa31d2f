"""Site + page -> the one offer that stands on it today, or None."""

from __future__ import annotations

from typing import Any

from coldpress.model import Page, Site
from coldpress.schema import Offer
from coldpress.views.cards import page_url
from coldpress.views.dates import day


def offer(site: Site, page: Page) -> dict[str, Any] | None:
    """An offer is said together with its terms or not at all: it waits for their page."""
    for one in site.offers.values():
        if page.id in one.pages and one.starts <= site.today <= one.ends:
            known = terms(site, one)
            if known:
                return {"text": one.text, "ends": day(site, one.ends), "terms": known}
    return None


def terms(site: Site, offer: Offer) -> dict[str, str] | None:
    """`url` is empty when the terms are a few words; None when their page is not live."""
    if not offer.terms_page:
        return {"label": offer.terms, "url": ""}
    page = site.by_id.get(offer.terms_page)
    return {"label": site.strings["offer_terms"], "url": page_url(site, page)} if page else None
