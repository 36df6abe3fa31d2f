"""File names -> media types. One list for every server we write a configuration for."""

from __future__ import annotations

from collections.abc import Mapping

from coldpress.prefetching import OUTPUT

TYPES: Mapping[str, str] = {
    "html": "text/html",
    "htm": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "json": "application/json",
    "map": "application/json",
    "xml": "application/xml",
    "txt": "text/plain",
    "md": "text/markdown",
    "csv": "text/csv",
    "ics": "text/calendar",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "wasm": "application/wasm",
    "pdf": "application/pdf",
}

TEXTUAL = frozenset(
    {
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/markdown",
        "text/plain",
    }
)
"""Sent with their character set."""

UNKNOWN = "application/octet-stream"
"""Of a file whose name says nothing: to be kept, not shown."""
FEED = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
SPECULATION = "application/speculationrules+json; charset=utf-8"
"""Browsers take these rules as this type only."""
BY_NAME: Mapping[str, str] = {"feed.xml": FEED, "feed.json": JSON_FEED, OUTPUT: SPECULATION}
"""Files whose whole name says more than its ending."""
MANIFEST = "application/manifest+json; charset=utf-8"


def type_of(output: str) -> str:
    """Content-Type of an output, character set included."""
    name = output.rpartition("/")[2]
    if name in BY_NAME:
        return BY_NAME[name]
    plain = TYPES.get(output.rpartition(".")[2].lower(), UNKNOWN)
    return f"{plain}; charset=utf-8" if plain in TEXTUAL else plain
