"""The page a browser has, and the page as it is now -> what the browser should do about it.

Styles stand inside each page. When nothing else changed the browser puts the new ones in the place
of the old: scroll, open questions and half-filled forms stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markupsafe import Markup

from coldpress.model import Assets
from coldpress.render import worn_by

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
    return restyled(now)


def restyled(page: bytes) -> Restyled:
    return Restyled(tuple(text.decode() for _, text, _ in STYLE.findall(page)))


def early(had: bytes, sheets: Assets) -> Restyled | None:
    """What the page will wear once it is built with other styles; None when that cannot be told.
    Building every page of a large site takes seconds, and only their styles will differ."""
    head, start, rest = had.partition(b"<body")
    inside = [text for _, text, _ in STYLE.findall(start + rest)]
    if len(STYLE.findall(head)) != 1:
        return None
    body = (start + rest.partition(b"</body>")[0]).decode()
    worn = worn_by([{"css": Markup(s.css), "needs": s.needs} for s in sheets.sheets], body)
    return Restyled((str(worn), *(text.decode() for text in inside)))


def bones(page: bytes) -> bytes:
    """All but what stands in its style elements."""
    return STYLE.sub(rb"\1\3", page)
