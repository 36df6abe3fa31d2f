"""The site -> what is to know of all its pages: booking, reviews, weight, what is planned."""

from __future__ import annotations

from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from coldpress.preview.editors import Editor
from coldpress.preview.generation import Generation
from coldpress.preview.overlay import moment
from coldpress.reviews import ORDER, WORDS, queue

HEAVIEST = 5
MOST = 12
"""Lines of one list."""
EVERYWHERE = frozenset({"header", "bar"})
"""Slots that stand on nearly every page; the others invite in the page itself."""


def whole(shown: Generation, editor: Editor) -> dict[str, Any]:
    return {
        "counts": counts(shown),
        "booking": booking(shown),
        "reviews": reviews(shown),
        "heaviest": heaviest(shown),
        "changes": changes(shown, editor),
    }


def counts(shown: Generation) -> dict[str, int]:
    outputs = [output for output, _page in pages(shown)]
    found = Counter(map(shown.standing, outputs))
    return {
        "pages": len(outputs),
        "draft": found["draft"],
        "scheduled": found["scheduled"],
        "expired": found["expired"],
    }


def booking(shown: Generation) -> dict[str, Any]:
    """Which pages invite to book in their text, which do not, and whether they say why."""
    rows = [(page, shown.made[output].facts.slots) for output, page in pages(shown)]
    silent = [page for page, slots in rows if EVERYWHERE.issuperset(slots)]
    return {
        "inviting": len(rows) - len(silent),
        "offering": sum(bool(slots) for _page, slots in rows),
        "pages": len(rows),
        "reasons": [
            {"label": page.title, "url": url(shown, page), "reason": page.source.matter.no_booking}
            for page in silent
            if page.source.matter.no_booking
        ],
        "silent": [
            {"label": page.title, "url": url(shown, page)}
            for page in silent
            if not page.source.matter.no_booking
        ],
    }


def reviews(shown: Generation) -> dict[str, Any]:
    entries = queue(shown.site)
    found = Counter(one.standing.state for one in entries)
    return {
        "pages": len(entries),
        "states": [
            {"state": state, "words": WORDS[state], "count": found[state]}
            for state in ORDER
            if found[state]
        ],
    }


def heaviest(shown: Generation) -> list[dict[str, Any]]:
    limit = shown.site.config.facts.budgets.page
    rows = [(shown.made[output].facts.compressed, page) for output, page in pages(shown)]
    rows.sort(key=lambda row: -row[0])
    return [
        {
            "label": page.title,
            "url": url(shown, page),
            "has": size,
            "most": limit,
            "percent": round(100 * size / limit),
        }
        for size, page in rows[:HEAVIEST]
    ]


def changes(shown: Generation, editor: Editor) -> list[dict[str, str]]:
    zone = ZoneInfo(shown.site.config.facts.timezone or "UTC")
    return [
        {
            "at": moment(change.at, zone),
            "what": change.what,
            "path": change.path,
            "open": editor.link(change.path),
        }
        for change in [one for one in shown.changes if one.at > shown.now][:MOST]
    ]


def pages(shown: Generation) -> list[tuple[str, Any]]:
    return [one for site in shown.site.editions for one in site.by_output.items()]


def url(shown: Generation, page: Any) -> str:
    address: str = shown.site.config.base_path + page.route.url
    return address
