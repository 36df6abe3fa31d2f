"""Where a problem of a finished output is to be mended: in the content file it shows, else in the
template that drew it (only the file is known then)."""

from __future__ import annotations

from coldpress.model import Made, Site
from coldpress.problems import Place


def place_of(site: Site, made: Made, field: str = "") -> Place:
    page = site.by_output.get(made.output)
    if page is not None:
        return page.source.place(field)
    return Place(made.source or "site.yaml")


def link_place(site: Site, made: Made, url: str) -> Place:
    """The line on which the author wrote a link, when an author wrote it."""
    page = site.by_output.get(made.output)
    for link in page.converted.links if page else ():
        if link.url == url:
            return link.place
    return place_of(site, made)
