"""A picture beside a text -> Media: its size, from its header, and its digest; or what is wrong.

Pictures are sniffed, capped and read through once here, so that no later stage meets a bomb, half
a file or a file that is not what its name says.
"""

from __future__ import annotations

import hashlib
import struct
import warnings
from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from coldpress.model import Media
from coldpress.problems import BuildError, Place, Problem, error
from coldpress.reading import read_bytes

MOST_BYTES = 25_000_000
MOST_PIXELS = 50_000_000
SMALLER = "make it smaller: 2400 pixels wide is plenty"
FORMATS = {
    ".png": ("PNG",),
    ".jpg": ("JPEG", "MPO"),
    ".jpeg": ("JPEG", "MPO"),
    ".webp": ("WEBP",),
    ".avif": ("AVIF",),
    ".gif": ("GIF",),
}
"""MPO: the JPEG of phones that take two pictures at once."""
SIDEWAYS = (5, 6, 7, 8)
"""Orientations in which a camera's width is what people call its height."""


def read_picture(site: Path, path: str) -> Media:
    """Raises BuildError."""
    raw = read_bytes(site, path, MOST_BYTES, SMALLER)
    suffix = path[path.rindex(".") :].lower()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # strange notes of cameras: nobody will see them
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _measured(raw, path, FORMATS[suffix])
    except UnidentifiedImageError as unknown:
        raise BuildError([_broken(path, "this is not a picture")]) from unknown
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise BuildError([_too_large(path)]) from bomb
    except (OSError, ValueError, SyntaxError, EOFError) as broken:
        raise BuildError([_broken(path, "this picture is damaged or cut off")]) from broken


def _measured(raw: bytes, path: str, allowed: tuple[str, ...]) -> Media:
    with Image.open(BytesIO(raw)) as picture:
        if picture.format not in allowed:
            raise BuildError([_wrong_name(path, picture.format or "?")])
        if picture.width * picture.height > MOST_PIXELS:
            raise BuildError([_too_large(path)])
        turn, (width, height) = _turn(picture), picture.size
        media = Media(
            path,
            hashlib.sha256(raw).hexdigest(),
            *((height, width) if turn in SIDEWAYS else (width, height)),
            turn=turn,
            alpha=picture.has_transparency_data,
            moves=picture.format != "MPO" and getattr(picture, "is_animated", False),
        )
        _read_through(picture)
        return media


def _turn(picture: Image.Image) -> int:
    """1 when the camera wrote nothing that can be read. Only what stands before the picture in
    its file counts: looking behind it means decoding it."""
    if "exif" not in picture.info:
        return 1
    try:
        turn = picture.getexif().get(ExifTags.Base.Orientation)
    except (OSError, ValueError, SyntaxError, struct.error):
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _read_through(picture: Image.Image) -> None:
    """Notice a file that ends too soon, as cheaply as its format allows."""
    if picture.format == "PNG":
        picture.verify()  # checksums, no decoding
        return
    picture.draft("RGB", (64, 64))  # JPEG: decodes at an eighth of the size
    picture.load()


def _broken(path: str, message: str) -> Problem:
    return error("broken-picture", Place(path), message, "export it again, or copy it again")


def _too_large(path: str) -> Problem:
    message = f"this picture has more than {MOST_PIXELS // 1_000_000} million pixels"
    return error("too-large", Place(path), message, SMALLER)


def _wrong_name(path: str, format: str) -> Problem:
    ending = next((suffix for suffix, names in FORMATS.items() if format in names), "")
    message = f"this is a {format} file, whatever its name says"
    hint = (
        f"name it {path.rpartition('/')[2].rpartition('.')[0]}{ending}"
        if ending
        else "save it as JPEG or PNG"
    )
    return error("wrong-ending", Place(path), message, hint)
