"""A page -> how it stands: booking, weight, review, what is planned."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from coldpress.checks.budgets import TABLE_LAYOUTS
from coldpress.model import Page
from coldpress.preview.generation import Generation
from coldpress.preview.overlay import moment
from coldpress.reviews import WORDS, entry, is_clinical
from coldpress.schedule import of_pages


def standing(shown: Generation, page: Page, output: str) -> dict[str, Any]:
    facts = shown.made[output].facts
    allowed = shown.site.config.facts.budgets
    table = page.source.layout in TABLE_LAYOUTS
    most = allowed.nodes_table if table else allowed.nodes
    return {
        "standing": shown.standing(output),
        "booking": {"slots": facts.slots, "reason": page.source.matter.no_booking or ""},
        "weights": [
            weight("Page with its styles, compressed", facts.compressed, allowed.page, "bytes"),
            weight("Elements", facts.nodes, most, ""),
        ],
        "review": review(shown, page),
        "planned": planned(shown, page),
    }


def weight(label: str, has: int, most: int, unit: str) -> dict[str, Any]:
    return {
        "label": label,
        "has": has,
        "most": most,
        "unit": unit,
        "percent": round(100 * has / most) if most else 0,
    }


def review(shown: Generation, page: Page) -> dict[str, Any] | None:
    """None for a page without health claims."""
    if not is_clinical(page):
        return None
    found = entry(shown.site, page)
    signed = found.review
    return {
        "state": found.standing.state,
        "words": WORDS[found.standing.state],
        "edited": found.standing.edited,
        "by": f"{signed.by}, {signed.credential}" if signed else "",
        "on": signed.on.isoformat() if signed else "",
        "next": signed.next.isoformat() if signed else "",
        "id": page.id,
    }


def planned(shown: Generation, page: Page) -> list[dict[str, str]]:
    zone = ZoneInfo(shown.site.config.facts.timezone or "UTC")
    coming = (change for change in of_pages([page.source]) if change.at > shown.now)
    return [{"what": change.what, "at": moment(change.at, zone)} for change in sorted(coming)]
