"""Site -> site.webmanifest: name, colour and pictures for phones that keep the site at hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from coldpress.model import Recipe, Site
from coldpress.theme import theme

ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("icon-maskable.png", 512, "maskable"),
)
"""File, side, purpose."""


def manifest(site: Site) -> Iterator[Recipe]:
    """One for all languages."""
    if site.is_first:
        written = json.dumps(said(site), ensure_ascii=False, indent=1)
        yield Recipe(output="site.webmanifest", content=written.encode())


def said(site: Site) -> dict[str, Any]:
    facts, base = site.config.facts, site.config.base_path
    colour = theme(site)["light"]
    return {
        "name": facts.name,
        "short_name": facts.short_name or facts.name,
        "lang": site.lang,
        "id": f"{base}/",
        "start_url": f"{base}/",
        "scope": f"{base}/",
        "display": "minimal-ui",
        **({"theme_color": colour, "background_color": colour} if colour else {}),
        "icons": [icon(site, *one) for one in ICONS],
    }


def icon(site: Site, name: str, side: int, purpose: str) -> dict[str, str]:
    output = site.assets.files[f"img/{name}"].output
    return {
        "src": f"{site.config.base_path}/{output}",
        "type": "image/png",
        "sizes": f"{side}x{side}",
        "purpose": purpose,
    }
