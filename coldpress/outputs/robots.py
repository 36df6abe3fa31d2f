"""Site -> robots.txt: everything may be read, and here is the list."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site


def robots(site: Site) -> Iterator[Recipe]:
    if not site.is_first:
        return
    view = {"robots": {"sitemap_url": f"{site.config.base_url}/sitemap.xml"}}
    yield Recipe(output="robots.txt", template="feeds/robots.txt", view=view)
