"""What of a font this site ships: few signs, few weights; and where the cuts lie that come with
Coldpress.

Uncut the two families weigh 166 kB; cut they fit in 30 kB, which is what the page budget allows.
The licence (OFL 1.1) permits cut copies; neither project reserves its name, and the style sheet
calls the families by names of its own all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

SHIPPED = Path(__file__).resolve().parent.parent.parent / "assets" / "fonts"
ASCII = "".join(map(chr, range(0x20, 0x7F)))
SPANISH = "ÁÉÍÓÚÜÑáéíóúüñ¿¡"
SIGNS = "\u00a0“”‘’–—…°−×·•®™½¼±"
NAMES = "ÄÅÇÖØäåçèöøßêëàôï"
"""The commonest letters of authors' names. Rarer ones come from the fallback face, which has the
same measures."""

FEATURES = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum")


class Cut(Struct, frozen=True):
    """`axes`: a number pins an axis, a pair limits it."""

    name: str
    source: str
    signs: str
    axes: Mapping[str, float | tuple[float, float]]


CUTS = (
    Cut(
        "display",
        "newsreader-latin-opsz-normal.woff2",
        ASCII + SPANISH + SIGNS,
        {"opsz": 60, "wght": 380},
    ),
    Cut(
        "text",
        "atkinson-hyperlegible-next-latin-wght-normal.woff2",
        ASCII + SPANISH + SIGNS + NAMES,
        {"wght": (400, 700)},
    ),
)


def shipped(content: bytes, cut: Cut) -> Path:
    """Where a cut lies that needs no making."""
    return SHIPPED / "cut" / f"{cut.name}.{recipe(content, cut)[:16]}.woff2"


def recipe(content: bytes, cut: Cut) -> str:
    """Digest of the font and of all that is asked for."""
    asked = f"{sorted(cut.axes.items())} {cut.signs} {FEATURES}".encode()
    return hashlib.sha256(content + asked).hexdigest()
