"""Site -> the pictures that pages use, in every size and format a browser may ask for."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site


def media(site: Site) -> Iterator[Recipe]:
    used = {path for paths in site.pictured.values() for path in paths}
    for path in sorted(used):
        for variant in site.media[path].variants:
            yield Recipe(output=variant.output, copy_of=path, variant=variant)
