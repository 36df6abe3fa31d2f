"""The mark (SVG) -> the pictures that phones, desktops and old browsers want instead.

favicon.ico             browsers and programs that ask for no other
apple-touch-icon.png    home screens that round the corners themselves: nothing to be seen through
icon-192, icon-512      named by site.webmanifest
icon-maskable           cut to any shape: all that matters stands within four fifths
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

import resvg_py
from PIL import Image

from coldpress.problems import BuildError, Place, error

ICO, TOUCH = "favicon.ico", "apple-touch-icon.png"
"""Asked for by these names, whatever a page says."""
SMALL = ((16, 16), (32, 32), (48, 48))
SAFE = 0.8


@lru_cache(maxsize=4)
def icons(name: str, svg: bytes) -> tuple[tuple[str, bytes], ...]:
    """Names and bytes. `name`: of the file, for a problem with it. Styles are edited in the preview
    and the mark is not, so the last ones stay."""
    return tuple(made_from(name, svg))


def made_from(name: str, svg: bytes) -> Iterator[tuple[str, bytes]]:
    try:
        largest = drawn(svg.decode(), 512)
    except ValueError as bad:
        message, hint = f"the icon cannot be drawn: {bad}", "export it as a plain SVG"
        raise BuildError([error("asset-type", Place(f"assets/{name}"), message, hint)]) from None
    yield ICO, ico(largest)
    yield TOUCH, png(filled(resized(largest, 180), 180))
    yield "icon-192.png", png(resized(largest, 192))
    yield "icon-512.png", png(largest)
    yield "icon-maskable.png", png(filled(resized(largest, round(512 * SAFE)), 512))


def drawn(svg: str, side: int) -> Image.Image:
    picture = resvg_py.svg_to_bytes(svg_string=svg, width=side, height=side, skip_system_fonts=True)
    return Image.open(BytesIO(picture)).convert("RGBA")


def resized(picture: Image.Image, side: int) -> Image.Image:
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def filled(picture: Image.Image, side: int) -> Image.Image:
    """In the middle of a square of its own colour: that at its upper edge, or white."""
    row = picture.crop((picture.width // 2, 1, picture.width // 2 + 1, 2))
    red, green, blue, seen = row.tobytes()
    ground = (red, green, blue, 255) if seen == 255 else (255, 255, 255, 255)
    square = Image.new("RGBA", (side, side), ground)
    left = (side - picture.width) // 2
    square.alpha_composite(picture, (left, left))
    return square


def png(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.quantize(256, Image.Quantize.FASTOCTREE).save(stream, "PNG", optimize=True)
    return stream.getvalue()


def ico(picture: Image.Image) -> bytes:
    stream = BytesIO()
    picture.save(stream, "ICO", sizes=SMALL)
    return stream.getvalue()
