"""a content file -> why no offer may stand on it; a page and some wordings -> the one it gets."""

from __future__ import annotations

import hashlib
from string import ascii_lowercase

from coldpress.model import Source


def about_health(source: Source) -> str:
    """Why nothing is sold beside a text, as the end of a sentence; nothing when an offer may stand
    there. The one place that decides: what is drawn and what is checked ask here."""
    if source.kind.name == "condition":
        return "is about a condition"
    if source.layout == "checklist":
        return "is about safety"
    if source.matter.sensitive:
        return "is marked as sensitive"
    if source.matter.urgent:
        return "has a red card"
    return ""


def chosen(page_id: str, name: str, wordings: int) -> int:
    """Which of some wordings a page gets, from 0. It hangs on the page and the offer alone: no
    script, no cookie, and the same at every build. Highest draw wins (rendezvous hashing), so that
    a new wording takes pages from the others and moves none between them."""
    return max(range(wordings), key=lambda number: draw(page_id, name, number))


def draw(page_id: str, name: str, number: int) -> bytes:
    return hashlib.sha256(f"{name}\0{number}\0{page_id}".encode()).digest()


def letter(number: int) -> str:
    """a, b ... z: the mark of a wording in utm_content."""
    return ascii_lowercase[number % len(ascii_lowercase)]
