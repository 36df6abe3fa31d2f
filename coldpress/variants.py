"""A variant of a picture -> its bytes: nothing of the original's metadata is in them, no place, no
camera, no name. Equal input gives equal bytes.
"""

from __future__ import annotations

import warnings
from functools import cache
from io import BytesIO
from math import log2
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms

from coldpress.model import Variant
from coldpress.problems import BuildError, Place, error
from coldpress.reading import read_bytes

MOST_BYTES = 25_000_000
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


def made(site: Path, path: str, variant: Variant) -> bytes:
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
