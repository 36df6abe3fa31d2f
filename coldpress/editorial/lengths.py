"""Page -> Lengths: how much of its title and description a search result has room for.

Search results set a title in Arial of 20 px and cut it at about 600 px. The widths are those of
words/widths.yaml; a sign that is not there is taken to be as wide as a capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from coldpress.model import Page, Site

TYPE_SIZE, EM = 20, 2048
WIDEST_TITLE = 600
"""px."""
DESCRIPTION = range(121, 157)
"""Characters: Yoast's green range."""
UNKNOWN = 1366

WIDTHS = Path(__file__).with_name("words") / "widths.yaml"


@dataclass(frozen=True, slots=True)
class Lengths:
    title: str
    """As it stands in the search result: with the name of the site."""
    title_px: int
    title_verdict: Literal["fits", "name cut", "cut"]
    """`name cut`: all there is room for but the name of the site."""
    title_shown: str
    """What there is room for; all of it when it fits."""
    description: str
    description_chars: int
    description_verdict: Literal["short", "good", "long"]


def lengths(page: Page, site: Site) -> Lengths:
    title = site.strings["title_tag"].format(title=page.title, site=site.config.facts.name)
    description = page.source.matter.description
    size = len(description)
    shown = title if width(title) <= WIDEST_TITLE else cut(title)
    return Lengths(
        title=title,
        title_px=width(title),
        title_verdict="fits" if shown == title else "name cut" if page.title in shown else "cut",
        title_shown=shown,
        description=description,
        description_chars=size,
        description_verdict="short"
        if size < DESCRIPTION.start
        else "good"
        if size in DESCRIPTION
        else "long",
    )


def width(text: str) -> int:
    """px, rounded up."""
    table = widths()
    return -(-sum(table.get(sign, UNKNOWN) for sign in text) * TYPE_SIZE // EM)


def cut(title: str) -> str:
    """Whole words, as many as have room beside the dots."""
    words = title.split(" ")
    while len(words) > 1 and width(" ".join(words) + " …") > WIDEST_TITLE:
        words.pop()
    return " ".join(words)


@cache
def widths() -> Mapping[str, int]:
    table = yaml.safe_load(WIDTHS.read_text(encoding="utf-8"))
    return {sign: size for size, signs in table.items() for sign in signs}


def in_results(page: Page) -> bool:
    """Whether a search engine may show the page at all."""
    source = page.source
    return source.matter.robots == "index" and source.layout not in ("not-found", "search")
