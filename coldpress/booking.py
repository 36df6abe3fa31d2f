"""site.yaml's booking + a page -> the address of its "Book a session" links.

One object for the whole site: nobody types the address or its campaign words by hand. Where a link
stands is a *slot*. The page's slug goes along as content, unless it would tell the booking company
what hurts: then an opaque number does (visitor.md, section 6).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, get_args
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

Slot = Literal["header", "hero", "card", "rail", "bar", "close", "offer"]
SLOTS: tuple[Slot, ...] = get_args(Slot)


def booking_url(url: str, campaign: str, content: str, slot: Slot) -> str:
    """Existing parameters are kept, ours come after them and before any `#`: some booking pages
    route on the fragment."""
    parts = urlsplit(url)
    ours = urlencode(
        {
            "utm_source": "website",
            "utm_medium": "cta",
            "utm_campaign": campaign,
            "utm_content": f"{content}-{slot}",
        }
    )
    query = f"{parts.query}&{ours}" if parts.query else ours
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def slot_of(url: str) -> str:
    """Where a booking link stands on its page; nothing for any other address."""
    if "?" not in url:
        return ""
    return parse_qs(urlsplit(url).query).get("utm_content", [""])[0].rpartition("-")[2]


def content_name(slug: str, private_words: Iterable[str], page_id: str) -> str:
    """The slug, or `page-1234` when the slug holds a word that names a condition."""
    if not set(slug.split("-")) & set(private_words):
        return slug or "home"
    number = int.from_bytes(hashlib.sha256(page_id.encode()).digest()[:4], "big") % 9000 + 1000
    return f"page-{number}"


def private_words(condition_slugs: Iterable[str]) -> frozenset[str]:
    """Words that would tell a third party about someone's health."""
    words = {word for slug in condition_slugs for word in slug.split("-") if len(word) > 3}
    return frozenset(words | {"pain", "chronic"})
