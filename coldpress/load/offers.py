"""Offers, the sources they stand on and the known pages -> what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from coldpress.model import Source
from coldpress.offering import about_health
from coldpress.problems import Mend, Place, Problem, error, meant, nearest
from coldpress.schema import Offer


def offers_trouble(
    offers: Mapping[str, Offer],
    sources: Iterable[Source],
    ids: Collection[str],
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    """`ids`: of every content file, read or not: pages/index."""
    why = {source.id: reason for source in sources if (reason := about_health(source))}
    for key, offer in offers.items():
        if offer.ends < offer.starts:
            message = f"this offer ends ({offer.ends}) before it starts ({offer.starts})"
            hint = "look for swapped days or a wrong year"
            yield error("offer-ends-first", places[f"offers.{key}.ends"], message, hint)
        if offer.terms_page and offer.terms_page not in ids:
            yield unknown(offer.terms_page, ids, places[f"offers.{key}.terms"])
        for number, id in enumerate(offer.pages):
            # The page every offer stands on, unless told otherwise, is not written anywhere.
            place = places.get(f"offers.{key}.pages.{number}", places[f"offers.{key}"])
            if id not in ids:
                yield unknown(id, ids, place)
            elif id in why:
                message = f"the offer {key!r} would stand on {id!r}, which {why[id]}"
                hint = "take the page out of the list: an offer never stands beside a health worry"
                yield error("offer-on-health-page", place, message, hint)


def unknown(id: str, ids: Collection[str], place: Place) -> Problem:
    hint = nearest(id, ids) or "write folder/name, like pages/index"
    right = meant(id, ids)
    mend = Mend(place, id, right) if right else None
    return error("unknown-relation", place, f"there is no page {id!r}", hint, mend)
