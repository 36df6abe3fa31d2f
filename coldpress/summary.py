"""what a command did -> Report: the figures for its closing lines; and the table of `check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coldpress.model import Page, Published, Report, Source
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


def booking_table(built: Built) -> str:
    """Where booking is offered on every page, or why not: one line a page, for `check`."""
    pages = built.site.by_output
    rows = {page.source.path: booking_row(built, output, page) for output, page in pages.items()}
    width = max(map(len, rows), default=0)
    return "\n".join(["booking links:", *(f"  {p:<{width}}  {row}" for p, row in rows.items())])


def booking_row(built: Built, output: str, page: Page) -> str:
    slots = ", ".join(built.made[output].facts.slots)
    reason = page.source.matter.no_booking
    return f"{slots} (no card: {reason})" if reason else slots
