"""Site -> fingerprinted fonts, icons and their licences."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site


def assets(site: Site) -> Iterator[Recipe]:
    if not site.is_first:
        return
    for asset in site.assets.files.values():
        yield Recipe(output=asset.output, content=asset.content)
