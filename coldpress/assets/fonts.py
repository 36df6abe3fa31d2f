"""a font as its authors publish it -> the cut this site ships: few signs, few weights, same bytes
every time.

Uncut the two families weigh 166 kB; cut they fit in 30 kB, which is what the page budget allows.
The licence (OFL 1.1) permits cut copies; neither project reserves its name, and the style sheet
calls the families by names of its own all the same.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from coldpress.memory.soundfile import read_sound, write_sound

ASCII = "".join(map(chr, range(0x20, 0x7F)))
SPANISH = "ÁÉÍÓÚÜÑáéíóúüñ¿¡"
SIGNS = "\u00a0“”‘’–—…°−×·•®™½¼±"
NAMES = "ÄÅÇÖØäåçèöøßêëàôï"
"""The commonest letters of authors' names. Rarer ones come from the fallback face, which has the
same measures."""

FEATURES = ("kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum")

# fontTools tells at length what it leaves out: that is the point here.
logging.getLogger("fontTools").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Cut:
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


def cut_font(content: bytes, cut: Cut, cache: Path | None) -> bytes:
    """The cut as WOFF2. Takes seconds, so the result is kept in `cache` under a name made of
    everything it depends on."""
    if cache is None:
        return make_cut(content, cut)
    kept = cache / f"{digest(content, cut)}.cut"
    found = read_sound(kept)  # half a font must not reach a page
    if found is None:
        found = make_cut(content, cut)
        write_sound(kept, found)
    return found


def digest(content: bytes, cut: Cut) -> str:
    """Of the font, the cut, the tool and this file, where the rest of the recipe stands."""
    recipe = f"{sorted(cut.axes.items())} {cut.signs} {fontTools.version}".encode()
    return hashlib.sha256(content + recipe + Path(__file__).read_bytes()).hexdigest()


def make_cut(content: bytes, cut: Cut) -> bytes:
    font = limited(content, cut)
    options = subset.Options()
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=cut.signs)
    subsetter.subset(font)
    return saved(font, "woff2")


def limited(content: bytes, cut: Cut) -> TTFont:
    """Written and read again, because an instanced font in memory cannot be subset."""
    font = instantiateVariableFont(opened(content), dict(cut.axes))
    return opened(saved(font, None))


def opened(content: bytes) -> TTFont:
    # The time of making would make every build differ.
    return TTFont(BytesIO(content), recalcTimestamp=False)


def saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()
