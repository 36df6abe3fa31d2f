"""Site -> a small page at every old address that the host cannot redirect by itself.

Works on any host, without configuration. Aliases of pages and `redirects:` of site.yaml alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site
from coldpress.redirecting import needs_stub, stub_output


def redirects(site: Site) -> Iterator[Recipe]:
    if not site.is_first:  # old addresses in all languages are one list
        return
    for move in needs_stub(site):
        yield stub(site, move.source, move.to)


def stub(site: Site, old: str, to: str) -> Recipe:
    """In the language of the page it leads to."""
    inside = to.startswith("/")
    others = (one for one in site.editions if one.prefix and to.startswith(f"{one.prefix}/"))
    edition = next(others, site)
    view = {
        "redirect": {
            "to": site.config.base_path + to if inside else to,
            "canonical": site.config.base_url + to if inside else to,
            "title": site.config.facts.name,
            "lang": edition.lang,
        },
        "t": dict(edition.strings),
    }
    return Recipe(output=stub_output(old), template="redirect.html", view=view)
