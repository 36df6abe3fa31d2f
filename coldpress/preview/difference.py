"""The page a browser has, and the page as it is now -> what the browser should do about it.

Styles stand inside each page. When nothing else changed the browser puts the new ones in the place
of the old: scroll, open questions and half-filled forms stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

STYLE = re.compile(rb"(<style[^>]*>)(.*?)(</style>)", re.DOTALL)


class Restyled(NamedTuple):
    styles: tuple[str, ...]
    """The text of every <style>, in order."""


class Reloaded(NamedTuple):
    """Another page."""


Change = Restyled | Reloaded


def difference(had: bytes | None, now: bytes) -> Change:
    """`had`: None when nobody knows what the browser has."""
    if had is None or bones(had) != bones(now):
        return Reloaded()
    return Restyled(tuple(text.decode() for _, text, _ in STYLE.findall(now)))


def bones(page: bytes) -> bytes:
    """All but what stands in its style elements."""
    return STYLE.sub(rb"\1\3", page)
