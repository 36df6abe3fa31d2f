"""Card view + fonts -> PNG of at most 60 kB."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import resvg_py
from PIL import Image

from coldpress.social import TEMPLATE
from coldpress.social.faces import Face, faces
from coldpress.social.fitting import fitted

COLOURS = (256, 64, 16)
"""Of a palette, fewer when the picture is still too heavy: what is drawn in flat bands loses
nothing that can be seen, and weighs half."""
MOST_BYTES = 60_000
View = dict[str, Any]


def drawn(
    draw: Callable[[str, View], str],
    view: Mapping[str, Any],
    fonts: Mapping[str, bytes],
    folder: Path | None = None,
) -> bytes:
    """`draw` makes a template's text; `fonts`: the WOFF2 files of "display" and "text"; `folder`:
    for files that are needed meanwhile."""
    display, text = faces(fonts["display"], fonts["text"], folder)
    if not all(Path(face.file).is_file() for face in (display, text)):
        faces.cache_clear()  # somebody has emptied the folder: without its fonts a card is mute
        display, text = faces(fonts["display"], fonts["text"], folder)
    card = laid_out(view["card"], display, text)
    picture = resvg_py.svg_to_bytes(
        svg_string=draw(TEMPLATE, {"card": card}),
        skip_system_fonts=True,
        font_files=[display.file, text.file],
    )
    return small(picture)


def laid_out(card: View, display: Face, text: Face) -> View:
    """With the place of every line, and only signs that the fonts have."""
    title = display.known(card["title"]) or display.known(card["brand"])
    size, lines = fitted(title, display.width)
    words = {name: text.known(card[name]) for name in ("kicker", "tagline")}
    rating = card["rating"]
    if rating:
        rating = {**rating, "words": text.known(rating["words"])}
    return {**words, "brand": display.known(card["brand"]), "rating": rating, **placed(size, lines)}


TOP, BOTTOM = 64, 500
"""Between them stand title, what is above it and what is below."""
ABOVE, BELOW, LEADING = 74, 78, 1.1


def placed(size: int, lines: tuple[str, ...]) -> View:
    """Baselines. The whole is a little above the middle, as one would hang a picture."""
    height = ABOVE + size * LEADING * len(lines) + BELOW
    top = TOP + max(0, BOTTOM - TOP - height) * 0.36
    first = top + ABOVE + size * 0.78
    last = first + (len(lines) - 1) * size * LEADING
    rows = [
        {"text": line, "y": round(first + number * size * LEADING)}
        for number, line in enumerate(lines)
    ]
    return {"size": size, "lines": rows, "top": round(top + 28), "below": round(last) + BELOW}


def small(picture: bytes) -> bytes:
    """The same picture with a palette."""
    whole = Image.open(BytesIO(picture)).convert("RGB")
    content = b""
    for colours in COLOURS:
        stream = BytesIO()
        # The octree takes a sixth of the time of the others; the slowest compression takes seven
        # times as long for an eighth of the bytes.
        few = whole.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(stream, "PNG")
        content = stream.getvalue()
        if len(content) <= MOST_BYTES:
            break
    return content
