"""a font -> its cut, made with fontTools: takes seconds, and half of that only to import it.

    python -m coldpress.assets.cutting

cuts the fonts that come with Coldpress anew, into assets/fonts/cut/.
"""

from __future__ import annotations

import hashlib
import logging
from io import BytesIO
from pathlib import Path

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from coldpress.assets.cuts import CUTS, FEATURES, SHIPPED, Cut, recipe, shipped
from coldpress.memory.soundfile import read_sound, write_sound

# fontTools tells at length what it leaves out: that is the point here.
logging.getLogger("fontTools").setLevel(logging.ERROR)


def kept_cut(content: bytes, cut: Cut, cache: Path | None) -> bytes:
    """Kept under a name made of everything it depends on: the tool and this file as well."""
    if cache is None:
        return make_cut(content, cut)
    made_by = f"{recipe(content, cut)} {fontTools.version}".encode() + Path(__file__).read_bytes()
    kept = cache / f"{hashlib.sha256(made_by).hexdigest()}.cut"
    found = read_sound(kept)  # half a font must not reach a page
    if found is None:
        found = make_cut(content, cut)
        write_sound(kept, found)
    return found


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


def main() -> None:
    for old in (SHIPPED / "cut").glob("*.woff2"):
        old.unlink()
    for cut in CUTS:
        content = (SHIPPED / cut.source).read_bytes()
        made = shipped(content, cut)
        made.parent.mkdir(exist_ok=True)
        made.write_bytes(make_cut(content, cut))


if __name__ == "__main__":
    main()
