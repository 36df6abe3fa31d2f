"""Page -> Lengths: how much of its title and description a search result has room for."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from coldpress.model import Page, Site
from coldpress.titles import WIDEST_TITLE, title_tag, width

DESCRIPTION = range(121, 157)
"""Characters: Yoast's green range."""


class Lengths(Struct, frozen=True):
    title: str
    """As it stands in the search result: with the name of the site where there is room for it."""
    title_px: int
    title_verdict: Literal["fits", "cut"]
    title_shown: str
    """What there is room for; all of it when it fits."""
    description: str
    description_chars: int
    description_verdict: Literal["short", "good", "long"]


def lengths(page: Page, site: Site) -> Lengths:
    title = title_tag(site, page.title)
    description = page.source.matter.description
    size = len(description)
    shown = title if width(title) <= WIDEST_TITLE else cut(title)
    return Lengths(
        title=title,
        title_px=width(title),
        title_verdict="fits" if shown == title else "cut",
        title_shown=shown,
        description=description,
        description_chars=size,
        description_verdict="short"
        if size < DESCRIPTION.start
        else "good"
        if size in DESCRIPTION
        else "long",
    )


def cut(title: str) -> str:
    """Whole words, as many as have room beside the dots."""
    words = title.split(" ")
    while len(words) > 1 and width(" ".join(words) + " …") > WIDEST_TITLE:
        words.pop()
    return " ".join(words)


def in_results(page: Page) -> bool:
    """Whether a search engine may show the page at all."""
    source = page.source
    return source.matter.robots == "index" and source.layout not in ("not-found", "search")
