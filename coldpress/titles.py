"""A title -> what stands in a page's <title>: with the name of the site while there is room for it.

Search results set a title in Arial of 20 px and cut it at about 600 px. A name that would be cut
says nothing, and half a title says less than a whole one: then the short name stands there, or
none. The widths are those of widths.yaml; a sign that is not there counts as wide as a capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coldpress import shipped
from coldpress.model import Site

TYPE_SIZE, EM = 20, 2048
WIDEST_TITLE = 600
"""px."""
UNKNOWN = 1366

WIDTHS = Path(__file__).with_name("widths.yaml")


def title_tag(site: Site, title: str) -> str:
    facts = site.config.facts
    pattern = site.strings["title_tag"]
    for name in dict.fromkeys((facts.name, facts.short_name or facts.name)):
        whole = pattern.format(title=title, site=name)
        if width(whole) <= WIDEST_TITLE:
            return whole
    return title


def width(text: str) -> int:
    """px, rounded up."""
    table = widths()
    return -(-sum(table.get(sign, UNKNOWN) for sign in text) * TYPE_SIZE // EM)


@cache
def widths() -> Mapping[str, int]:
    table = shipped.values(WIDTHS)
    return {sign: size for size, signs in table.items() for sign in signs}
