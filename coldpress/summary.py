"""what a command did -> Report: the figures for its closing lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coldpress.model import Published, Report, Source
from coldpress.pipeline import Built

OFFERS = "content/data/offers.yaml"


def report_of(built: Built, published: Published | None, seconds: float) -> Report:
    pages = ((at, one.path) for one in built.site.scheduled for at in instants(built, one))
    offers = ((at, OFFERS) for at in offer_instants(built))
    changes = sorted({*pages, *offers})
    return Report(
        problems=built.advice,
        outputs=len(built.made),
        pages=len(built.site.pages),
        words=sum(len(page.converted.text.split()) for page in built.site.pages),
        size=sum(one.facts.size for one in built.made.values()),
        seconds=seconds,
        published=published,
        next_change=changes[0][0] if changes else None,
        scheduled=tuple(changes),
    )


def instants(built: Built, source: Source) -> list[datetime]:
    return [at for at in (source.publish_at, source.expires_at) if at and at > built.site.now]


def offer_instants(built: Built) -> Iterator[datetime]:
    """An offer comes and goes at midnight where the business is."""
    zone = ZoneInfo(built.site.config.facts.timezone or "UTC")
    for offer in built.site.offers.values():
        for on in (offer.starts, offer.ends + timedelta(days=1)):
            at = datetime.combine(on, time(), zone).astimezone(UTC)
            if at > built.site.now:
                yield at
