"""offers.yaml -> offers that would not be seen, or whose words will be untrue one day; a page ->
offers that stand where none may, or that no day takes away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from coldpress.checks.offer_words import by_hand, stale
from coldpress.model import Made, Page, Site, Source
from coldpress.offering import about_health, chosen, letter
from coldpress.problems import Place, Problem, advice, error
from coldpress.schedule import OFFERS, end_of, start_of, zone_of
from coldpress.schema import Offer

SLOT = "offer"


def offers(site: Site) -> Iterator[Problem]:
    if not site.offers:
        return
    coming = {key: offer for key, offer in site.offers.items() if offer.ends >= site.today}
    for key, offer in site.offers.items():
        for field, text in offer.words():
            yield from stale(place(site, key, field), field, text)
    for key, offer in coming.items():
        yield from waiting(site, key, offer)
        yield from unused(site, key, offer)
    for (key, offer), (other, second) in combinations(coming.items(), 2):
        yield from behind(site, other, second, key, offer)


def place(site: Site, key: str, field: str) -> Place:
    """The field, else its offer (a default stands nowhere), else the file."""
    whole = site.places.get(f"offers.{key}", Place(OFFERS))
    return site.places.get(f"offers.{key}.{field}", whole)


def page_offers(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    if page is None:
        return
    why = about_health(page.source)
    if why and SLOT in one.facts.slots:
        # No data can put one there; a template of the site's own could.
        yield error(
            "offer-on-health-page",
            Place(page.source.path),
            f"an offer stands on this page, which {why}",
            "take it out of the template: an offer never stands beside a health worry",
        )


def offers_by_hand(site: Site, page: Page) -> Iterator[Problem]:
    if page.id not in {offer.terms_page for offer in site.offers.values()}:
        yield from by_hand(page, about_health(page.source))


# --------------------------------------------------------------------------- would not be seen


def waiting(site: Site, key: str, offer: Offer) -> Iterator[Problem]:
    """It is shown while its terms are live and never without them."""
    if not offer.terms_page:
        return
    why = absence(site, offer)
    if why:
        yield advice(
            "offer-waits",
            place(site, key, "terms"),
            f"the offer {key!r} is not shown while {offer.terms_page!r}, its terms, {why}",
            "make that page live for all days of the offer, or write the terms here in a few words",
        )


def absence(site: Site, offer: Offer) -> str:
    source = known(site, offer.terms_page)
    if source is None or (source.matter.draft and not site.preview):
        return "is a draft"
    zone = zone_of(site.config)
    starts, ends = start_of(offer.starts, zone), end_of(offer.ends, zone)
    if before(starts, source.publish_at):
        return "is not live yet"
    return "has expired" if before(source.expires_at, ends) else ""


def before(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and other is not None and one < other


def known(site: Site, id: str) -> Source | None:
    """A page that is live, was, or will be."""
    page = site.by_id.get(id)
    if page is not None:
        return page.source
    return next((source for source in site.scheduled if source.id == id), None)


def behind(site: Site, key: str, offer: Offer, first: str, other: Offer) -> Iterator[Problem]:
    starts, ends = max(offer.starts, other.starts), min(offer.ends, other.ends)
    shared = [id for id in offer.pages if id in other.pages]
    if shared and starts <= ends:
        yield advice(
            "offer-behind-another",
            place(site, key, "pages"),
            f"{key!r} is not shown on {', '.join(shared)} from {starts} to {ends}: {first!r} is",
            "a page shows one offer, the first in the file: change days or pages, or the order",
        )


def unused(site: Site, key: str, offer: Offer) -> Iterator[Problem]:
    """Few pages, several wordings: chance may give one of them no page."""
    count = len(offer.wordings)
    used = {chosen(id, key, count) for id in offer.pages}
    for number in sorted(set(range(count)) - used):
        what = f"wording {letter(number)!r}" if number else "its own wording"
        field = f"variants.{number - 1}" if number else "text"
        yield advice(
            "unused-wording",
            place(site, key, field),
            f"of the {len(offer.pages)} pages of {key!r} none gets {what}",
            "add pages, or take a wording out: every page has one, given by its name",
        )
