"""bytes of an output -> Facts: what the checks need to know, so that nothing is parsed twice."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from xml.parsers import expat

import brotli

from coldpress.booking import slot_of
from coldpress.landmarks import Landmarks
from coldpress.model import Facts, OutLink

URL_ATTRIBUTES = {
    "a": "href",
    "link": "href",
    "img": "src",
    "script": "src",
    "source": "src",
    "iframe": "src",
    "form": "action",
    "use": "href",
    "image": "href",
}
QUICK, FULL = 5, 11
"""Brotli qualities. 11 is what a server sends, and 25 times slower than 5, which is 4-8% larger:
a page that passes at 5 passes at 11."""


def facts_of(output: str, content: bytes, budget: int) -> Facts:
    """`budget`: bytes a page may have; far below it the compressed size is an upper bound."""
    if output.endswith((".xml", ".svg")):
        return Facts(size=len(content), malformed=malformed(content))
    if not output.endswith(".html"):
        return Facts(size=len(content))
    reader = Reader()
    reader.feed(content.decode())
    reader.close()
    return Facts(
        size=len(content),
        compressed=compressed(content, budget),
        title="".join(reader.title).strip(),
        description=reader.meta.get("description", ""),
        canonical=reader.canonical,
        robots=reader.meta.get("robots", ""),
        ids=frozenset(reader.ids),
        doubled_ids=tuple(sorted({id for id in reader.ids if reader.ids.count(id) > 1})),
        links=tuple(reader.links),
        headings=tuple((level, " ".join("".join(words).split())) for level, words in reader.heads),
        images_without_alt=tuple(reader.without_alt),
        nodes=reader.nodes,
        slots=tuple(sorted(set(reader.slots))),
        scripts=reader.scripts,
        missing=tuple(reader.missing),
        styles=tuple(csp_hash(css) for css in reader.styles),
        landmarks=reader.landmarks.found,
    )


def compressed(content: bytes, budget: int) -> int:
    quick = len(brotli.compress(content, quality=QUICK))
    return quick if quick <= budget else len(brotli.compress(content, quality=FULL))


def csp_hash(css: str) -> str:
    """As the policy names it: 'sha256-...'"""
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def malformed(content: bytes) -> str:
    parser = expat.ParserCreate()
    try:
        parser.Parse(content, True)
    except expat.ExpatError as bad:
        return str(bad)
    return ""


class Reader(HTMLParser):
    """Collects while the parser walks the page once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.ids: list[str] = []
        self.links: list[OutLink] = []
        self.heads: list[tuple[int, list[str]]] = []
        self.without_alt: list[str] = []
        self.slots: list[str] = []
        self.missing: list[str] = []
        self.styles: list[str] = []
        self.nodes = 0
        self.scripts = 0
        self.open: list[str] = []
        self.landmarks = Landmarks()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.nodes += 1
        self.open.append(tag)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in URL_ATTRIBUTES and URL_ATTRIBUTES[tag] in given:
            self.link(tag, given[URL_ATTRIBUTES[tag]], given.get("rel", ""))
        for candidate in given.get("srcset", "").split(", "):
            if candidate:
                self.link(tag, candidate.split()[0], "")
        self.notice(tag, given)
        self.landmarks.start(tag, given)

    def link(self, tag: str, url: str, rel: str) -> None:
        self.links.append(OutLink(tag, url, rel))
        if slot := slot_of(url):
            self.slots.append(slot)

    def notice(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given.get("content", "")
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        elif tag == "img" and "alt" not in given:
            self.without_alt.append(given.get("src", ""))
        elif tag == "script" and given.get("type") not in ("application/ld+json",):
            self.scripts += 1
        elif re.fullmatch("h[1-6]", tag):
            self.heads.append((int(tag[1]), []))
        if "todo" in given.get("class", "").split():
            self.missing.append("")

    def handle_endtag(self, tag: str) -> None:
        self.landmarks.end(tag)
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, text: str) -> None:
        self.landmarks.text(text)
        if self.open[-1:] == ["style"]:
            self.styles.append(text)
        if self.missing and not self.missing[-1]:
            self.missing[-1] = text.strip()
        if "title" in self.open and "svg" not in self.open:
            self.title.append(text)
        if self.heading():
            self.heads[-1][1].append(text)

    def heading(self) -> str:
        return next((tag for tag in reversed(self.open) if re.fullmatch("h[1-6]", tag)), "")
