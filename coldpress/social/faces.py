"""Fonts of the site (WOFF2) -> files that resvg reads, and how wide their signs are."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from multiprocessing.util import Finalize
from pathlib import Path
from tempfile import NamedTemporaryFile

from fontTools.ttLib import TTFont
from msgspec import Struct

FAMILY, TYPOGRAPHIC_FAMILY = 1, 16
"""Name records."""
TRACKING = -0.012
"""Between the signs of a title, in ems: as on the page."""


class Face(Struct, frozen=True):
    file: str
    advances: Mapping[str, float]
    """Sign -> ems."""

    def width(self, text: str) -> float:
        """A little more than it is: the font brings some pairs closer together."""
        return sum(self.advances.get(sign, 1.0) + TRACKING for sign in text)

    def known(self, text: str) -> str:
        """Without signs the font does not have: of a letter with an accent the letter stays."""
        return " ".join("".join(map(self.sign, text.replace("\u00a0", " "))).split())

    def sign(self, sign: str) -> str:
        if sign in self.advances:
            return sign
        plain = unicodedata.normalize("NFKD", sign)
        return "".join(part for part in plain if part in self.advances)


@lru_cache(maxsize=2)
def faces(display: bytes, text: bytes, folder: Path | None = None) -> tuple[Face, Face]:
    """Once a process. The families get names of their own: those the template asks for. `folder`:
    where their files lie while they are needed; without one, where the system keeps such files."""
    return face(display, "display", folder), face(text, "text", folder)


def face(woff2: bytes, family: str, folder: Path | None = None) -> Face:
    # The time of making would make every file differ.
    font = TTFont(BytesIO(woff2), recalcTimestamp=False)
    names = font["name"]
    for record in list(names.names):
        if record.nameID == FAMILY:
            names.setName(family, FAMILY, record.platformID, record.platEncID, record.langID)
    names.names = [record for record in names.names if record.nameID != TYPOGRAPHIC_FAMILY]
    font.flavor = None
    em, widths = font["head"].unitsPerEm, font["hmtx"]
    advances = {chr(code): widths[name][0] / em for code, name in font.getBestCmap().items()}
    name = f"coldpress-{family}-"
    with NamedTemporaryFile(prefix=name, suffix=".ttf", dir=folder, delete=False) as file:
        font.save(file)
    # atexit would not be called in a worker process.
    Finalize(None, removed, (file.name,), exitpriority=0)
    return Face(file.name, advances)


def removed(file: str) -> None:
    with suppress(OSError):
        Path(file).unlink()
