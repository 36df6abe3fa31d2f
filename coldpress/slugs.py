"""Any text -> the slug closest to it, or nothing when no letter of it can be written as one."""

from __future__ import annotations

import re
import unicodedata

MOST = 80
RESERVED = re.compile(r"^(con|prn|aux|nul|com[0-9]|lpt[0-9])$", re.IGNORECASE)
"""Names Windows keeps for devices: a folder cannot be called so.
https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""


WHOLE = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o"}
    | {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
)
"""Letters that Unicode takes for whole ones: they have no plain letter with a mark to take off."""


def slug_from(text: str) -> str:
    """`Crème & cold: 5 facts` -> `creme-cold-5-facts`. Applying it twice changes nothing."""
    plain = (
        unicodedata.normalize("NFKD", text.translate(WHOLE))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]", "", plain)).strip("-")
    return slug if len(slug) <= MOST else slug[: MOST + 1].rpartition("-")[0] or slug[:MOST]


def same_name(text: str) -> str:
    """Equal for names that some file systems cannot tell apart: case and Unicode form."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def id_of(path: str) -> str:
    """content/conditions/arthritis.es.md -> conditions/arthritis"""
    folder, _, name = path.removeprefix("content/").rpartition("/")
    return f"{folder}/{name.partition('.')[0]}"
