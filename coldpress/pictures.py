"""Pictures -> the files made from each (planned), and one of those files (made).

AVIF and WebP for browsers that can, JPEG (or PNG, for what can be seen through) for all others, at
the widths a page can use. Nothing of the original's metadata is in them: no place, no camera, no
name. Equal input gives equal bytes.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from math import log2
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageCms, features

from coldpress.model import Content, Media, Variant
from coldpress.problems import BuildError, Place, error
from coldpress.reading import read_bytes

MOST_BYTES = 25_000_000
WIDTHS = (480, 800, 1200, 1600)
"""Phone, phone with fine pixels or the text column, and up: the column is 736 pixels wide."""
FALLBACK = 800
TALLEST = 6_000
"""WebP ends at 16,383 pixels; nobody scrolls past this much picture."""
AIM = 40_000
"""Bytes. Quality falls step by step until a file is no larger, or is at its last step."""
STEPS: dict[str, tuple[dict[str, Any], ...]] = {
    # Speed 6 takes a tenth of the time of 4 for a few percent more bytes. More threads, more bytes
    # of difference from machine to machine.
    "AVIF": tuple({"quality": q, "speed": 6, "max_threads": 1} for q in (60, 50, 42, 34, 27)),
    "WEBP": tuple({"quality": q, "method": 4} for q in (78, 68, 56, 44, 32)),
    "JPEG": tuple(
        {"quality": q, "optimize": True, "progressive": True} for q in (80, 70, 60, 50, 40)
    ),
    "PNG": tuple({"optimize": True, "colours": colours} for colours in (0, 256, 96, 32)),
}
SUFFIXES = {"AVIF": "avif", "WEBP": "webp", "JPEG": "jpg", "PNG": "png"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation -> what makes the picture upright."""
SIDEWAYS = (5, 6, 7, 8)


# ------------------------------------------------------------------------------- planned


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
    """This module and the encoders: other ones may make other bytes, and then under another name,
    for browsers keep a file of one name for a year."""
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    names = ("pil", "avif", "webp", "jpg", "zlib", "littlecms2")
    return " ".join([code, *(f"{name}={features.version(name)}" for name in names)])


# ---------------------------------------------------------------------------------- made


def made_from(site: Path, path: str, variant: Variant) -> bytes:
    """The bytes of one file. Raises BuildError: a picture can be damaged behind its header."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what there is to say was said when it was read
            with Image.open(BytesIO(read_bytes(site, path, MOST_BYTES))) as opened:
                return encoded(_sized(opened, variant), variant.format)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as broken:
        message, hint = "this picture is damaged or cut off", "export it again, or copy it again"
        raise BuildError([error("broken-picture", Place(path), message, hint)]) from broken


def _sized(opened: Image.Image, variant: Variant) -> Image.Image:
    """Upright, in the size wanted, in the colours of the web, and without a word about itself."""
    size = (variant.width, variant.height)
    lying = size[::-1] if variant.turn in SIDEWAYS else size
    opened.draft(None, (2 * lying[0], 2 * lying[1]))  # JPEG: decodes no more than is needed
    profile = opened.info.get("icc_profile", b"")
    picture = _plain(opened)
    if variant.turn in TURNS:
        picture = picture.transpose(TURNS[variant.turn])
    picture = picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    picture = _in_srgb(picture, profile)
    picture.info = {}
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Eight bits a colour: RGB, RGBA, L or CMYK."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):
        # 16 bits of grey; convert alone would cut at 255 and leave a white sheet.
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Phones write wider colours than the web's; without their profile they would look pale."""
    target = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        colours = picture.convert("RGB") if target == "RGBA" else picture
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            done = ImageCms.profileToProfile(colours, source, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            done = None  # a profile for other colours than these, or none at all
        if done is not None:
            if target == "RGBA":
                done.putalpha(picture.getchannel("A"))
            return done
    return picture.convert(target)


@cache
def _srgb() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


def encoded(picture: Image.Image, format: str) -> bytes:
    """At the best quality that keeps the aim; at the lowest when none does."""
    step, last = 0, len(STEPS[format]) - 1
    while True:
        content = _saved(picture, format, dict(STEPS[format][step]))
        if len(content) <= AIM or step == last:
            return content
        # Far above the aim, the steps between are not worth a try.
        step = min(last, step + max(1, int(log2(len(content) / AIM))))


def _saved(picture: Image.Image, format: str, options: dict[str, Any]) -> bytes:
    colours = options.pop("colours", 0)
    if colours:
        picture = picture.quantize(colours, Image.Quantize.FASTOCTREE)
    stream = BytesIO()
    picture.save(stream, format, **options)
    return stream.getvalue()
