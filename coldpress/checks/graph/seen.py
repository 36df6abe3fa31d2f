"""A page -> what a reader can see on it: words, addresses, days, sizes of pictures."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urljoin

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from coldpress.checks.links import origin
from coldpress.dates import day
from coldpress.model import Made, Site

UNREAD = "script, style, template, button.cite, [role=note]"
"""No text of the page: the numbers of citations and the notes they open would cut sentences."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WRITTEN_FOR_MACHINES = frozenset({"position", "query-input"})
SIZES = frozenset({"width", "height"})


class Seen(Struct, frozen=True):
    site: Site
    words: str
    """Without any white space: where lines break is no matter."""
    urls: frozenset[str]
    sizes: frozenset[str]
    lang: str

    def shows(self, name: str, value: str | float) -> bool:
        """Whether the value of a property can be read off the page."""
        written = str(value)
        if name in SIZES:
            return written in self.sizes
        if name == "inLanguage":
            return written == self.lang
        if written.startswith(("https:", "http:")):
            sign = {"@id": " ", "urlTemplate": "?"}.get(name, "#")
            return written.partition(sign)[0] in self.urls
        if DAY.fullmatch(written):
            written = day(self.site, date.fromisoformat(written))
        return name in WRITTEN_FOR_MACHINES or squeezed(written) in self.words


def seen_on(site: Site, one: Made, page: LexborHTMLParser) -> Seen:
    """Takes the page apart."""
    here = one.facts.canonical or site.config.base_url
    metas = page.css("meta[property]")
    said = {meta.attributes["property"]: meta.attributes.get("content") or "" for meta in metas}
    links = [link.url for link in one.facts.links] + [said.get("og:image", ""), here]
    pictures = [picture.attributes for picture in page.css("img")]
    sizes = [one.get(side) for one in pictures for side in SIZES]
    sizes += [said.get(f"og:image:{side}") for side in SIZES]
    html = page.css_first("html")
    for node in page.css(UNREAD):
        node.decompose()
    return Seen(
        site,
        squeezed(page.body.text() if page.body else ""),
        frozenset(whole(here, origin(site), url) for url in links if url),
        frozenset(size for size in sizes if size),
        (html.attributes.get("lang") or "") if html else "",
    )


def whole(here: str, start: str, url: str) -> str:
    """Without what follows "#"."""
    path = url.partition("#")[0]
    if path.startswith(("https:", "http:")):
        return path
    if path.startswith("/") and path[1:2] != "/" and "/." not in path:
        return start + path  # nearly all: 30 times quicker
    return urljoin(here, path)


def squeezed(text: str) -> str:
    """Without white space, and the sign that forbids a line to break."""
    return "".join(text.replace("\u2060", "").split())
