"""Pictures -> the files that would be made from each. variants.py makes them: here none is opened.

AVIF and WebP for browsers that can, JPEG (or PNG, for what can be seen through) for all others, at
the widths a page can use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from coldpress.model import Content, Media, Variant

WIDTHS = (480, 800, 1200, 1600)
"""Phone, phone with fine pixels or the text column, and up: the column is 736 pixels wide."""
FALLBACK = 800
TALLEST = 6_000
"""WebP ends at 16,383 pixels; nobody scrolls past this much picture."""
SUFFIXES = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
MAKERS = ("pictures.py", "variants.py")
"""Beside this file."""


def with_variants(content: Content) -> Content:
    """Every picture with the files that would be made from it. Opens none."""
    media = {
        path: replace(one, variants=tuple(_variants(one))) for path, one in content.media.items()
    }
    return replace(content, media=media)


def _variants(media: Media) -> Iterator[Variant]:
    widths = widths_of(media.width, media.height)
    common = next((width for width in widths if width >= FALLBACK), widths[-1])
    for format, sizes in (
        ("AVIF", widths),
        ("WEBP", widths),
        ("PNG" if media.alpha else "JPEG", (common,)),
    ):
        for width in sizes:
            yield _variant(media, format, width)


def widths_of(width: int, height: int) -> tuple[int, ...]:
    """In order. Never wider than the picture; one just below its own width would be a waste."""
    most = max(1, min(width, WIDTHS[-1], TALLEST * width // height))
    return (*(one for one in WIDTHS if one <= most * 0.85), most)


def _variant(media: Media, format: str, width: int) -> Variant:
    height = max(1, round(media.height * width / media.width))
    fingerprint = hashlib.sha256(f"{media.digest} {media.turn} {maker()}".encode()).hexdigest()
    stem = media.path.rpartition("/")[2].rpartition(".")[0]
    output = f"media/{stem}.{fingerprint[:8]}-{width}.{SUFFIXES[format]}"
    return Variant(output, format, width, height, media.turn, fingerprint)


@cache
def maker() -> str:
    """Our code and the encoders: other ones may make other bytes, and then under another name,
    for browsers keep a file of one name for a year."""
    from PIL import features

    code = b"".join(Path(__file__).with_name(name).read_bytes() for name in MAKERS)
    names = ("pil", "avif", "webp", "jpg", "zlib", "littlecms2")
    versions = " ".join(f"{name}={features.version(name)}" for name in names)
    return f"{hashlib.sha256(code).hexdigest()} {versions}"
