"""A picture -> its view: the files a browser may choose from, and which part stays in sight."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from coldpress.model import Media, Page, Site

STEP = 25
"""A point that stays in sight is rounded to a grid of 5 by 5: a class each way, since the content
security policy blocks styles of a single picture."""


def picture_view(site: Site, media: Media, focal: str) -> dict[str, Any]:
    base = site.config.base_path
    *modern, common = media.variants
    return {
        "src": f"{base}/{common.output}",
        "width": media.width,
        "height": media.height,
        "sources": [
            {
                "type": f"image/{format.lower()}",
                "srcset": ", ".join(f"{base}/{one.output} {one.width}w" for one in variants),
            }
            for format, variants in groupby(modern, lambda one: one.format)
        ],
        "crop": crop(focal),
    }


def crop(focal: str) -> str:
    """'50% 20%' -> the classes that keep this point in sight; nothing is cut without one."""
    if not focal:
        return ""
    across, down = (round(min(int(part.rstrip("%")), 100) / STEP) for part in focal.split())
    return f"crop fx{across} fy{down}"


def page_picture(site: Site, page: Page) -> dict[str, Any] | None:
    """The picture of the front matter."""
    image = page.source.matter.image
    if image is None:
        return None
    return {**picture_view(site, site.media[page.image], image.focal), "alt": image.alt}
