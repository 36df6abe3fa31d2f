"""what a command did -> Report: the figures for its closing lines; and the table of `check`."""

from __future__ import annotations

from coldpress.model import Page, Published, Report
from coldpress.pipeline import Built


def report_of(built: Built, published: Published | None, seconds: float) -> Report:
    changes = tuple(change for change in built.changes if change.at > built.site.now)
    return Report(
        problems=built.advice,
        outputs=len(built.made),
        pages=sum(len(site.ids) for site in built.site.editions),
        words=built.words,
        size=sum(row.size for row in built.rows.values()),
        seconds=seconds,
        published=published,
        next_change=changes[0].at if changes else None,
        scheduled=changes,
    )


def booking_table(built: Built) -> str:
    """Where booking is offered on every page, or why not: one line a page, for `check`."""
    rows = {
        page.source.path: booking_row(built, output, page)
        for site in built.site.editions
        for output, page in site.by_output.items()
    }
    width = max(map(len, rows), default=0)
    return "\n".join(["booking links:", *(f"  {p:<{width}}  {row}" for p, row in rows.items())])


def booking_row(built: Built, output: str, page: Page) -> str:
    slots = ", ".join(built.made[output].facts.slots)
    reason = page.source.matter.no_booking
    return f"{slots} (no card: {reason})" if reason else slots
