"""Site -> the pictures that pages use, under names made of their content."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site


def media(site: Site) -> Iterator[Recipe]:
    used = {path for page in site.pages for path in page.converted.media}
    for path in sorted(used):
        yield Recipe(output=site.media[path].output, copy_of=path)
