"""Pictures made for tests: files as cameras, phones and drawing programs write them."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

LEFT, RIGHT = (200, 40, 30), (30, 60, 200)


def scene(width: int = 1000, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red left, blue right, and a bright bar on top: one sees how it lies."""
    picture = Image.new("RGB", (width, height), LEFT)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((width // 2, 0, width, height), fill=RIGHT)
    draw.rectangle((0, 0, width, height // 5), fill=(250, 250, 240))
    return picture.convert(mode)


def noisy(width: int = 1600, height: int = 1067) -> Image.Image:
    """As heavy as gravel."""
    random.seed(7)
    grain = Image.frombytes("L", (width, height), random.randbytes(width * height))
    return Image.blend(scene(width, height), grain.convert("RGB"), 0.35).filter(
        ImageFilter.GaussianBlur(0.6)
    )


def saved(picture: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    stream = BytesIO()
    picture.save(stream, format, **options)
    return stream.getvalue()


def from_a_phone(turn: int = 1, picture: Image.Image | None = None) -> bytes:
    """With the place, the camera, the owner's name and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "PhoneMaker"
    exif[0x013B] = "Owner Name"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (37.0, 46.0, 30.0)
    place[3], place[4] = "W", (122.0, 25.0, 10.0)
    return saved(picture or scene(), exif=exif, comment=b"SecretComment", quality=90)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture
