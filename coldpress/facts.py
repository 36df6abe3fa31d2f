"""bytes of an output -> Facts: what the checks need to know, so that nothing is parsed twice."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from xml.parsers import expat

import brotli
from selectolax.lexbor import LexborHTMLParser

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
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TEXT, DOCUMENT = "-text", "-document"
"""What the parser calls them."""
QUICK, FULL = 5, 11
"""Brotli qualities. 11 is what a server sends, and 25 times slower than 5, which is 4-8% larger:
a page that passes at 5 passes at 11."""


def facts_of(output: str, content: bytes, budget: int, quick: int = 0) -> Facts:
    """`budget`: bytes a page may have; far below it the compressed size is an upper bound.
    `quick`: its size after brotli at quality 5, when somebody knows it already."""
    if output.endswith((".xml", ".svg")):
        return Facts(size=len(content), malformed=malformed(content))
    if not output.endswith(".html"):
        return Facts(size=len(content))
    reader = Reader()
    reader.read(LexborHTMLParser(content))
    return Facts(
        size=len(content),
        compressed=compressed(content, budget, quick),
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


def compressed(content: bytes, budget: int, quick: int) -> int:
    quick = quick or len(brotli.compress(content, quality=QUICK))
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


class Reader:
    """Collects while it walks the page once, as a browser would have built it."""

    def __init__(self) -> None:
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
        self.drawings = 0
        self.heading = 0
        self.landmarks = Landmarks()

    def read(self, page: LexborHTMLParser) -> None:
        """In the order of the page, without recursion: a page may be deeper than Python goes."""
        node = page.root
        while node is not None:
            tag = node.tag or DOCUMENT
            if tag == TEXT:
                self.text(node.text_content or "")
            elif tag[0] not in "!-":
                self.start(tag, node.attributes)
                inner = node.child
                if inner is not None:
                    node = inner
                    continue
                self.end(tag)
            after = node.next
            while after is None and self.open:
                node = node.parent if node else None
                self.end(self.open[-1])
                after = node.next if node and self.open else None
            node = after

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        self.nodes += 1
        self.open.append(tag)
        if tag == "svg":
            self.drawings += 1
        elif tag in HEADINGS:
            self.heading += 1
            self.heads.append((int(tag[1]), []))
        given = {name: value or "" for name, value in attributes.items()} if attributes else {}
        if given:
            self.attributes(tag, given)
        if tag == "img" and "alt" not in given:
            self.without_alt.append(given.get("src", ""))
        elif tag == "script" and given.get("type") != "application/ld+json":
            self.scripts += 1
        self.landmarks.start(tag, given)

    def attributes(self, tag: str, given: Mapping[str, str]) -> None:
        if "id" in given:
            self.ids.append(given["id"])
        if tag in URL_ATTRIBUTES and URL_ATTRIBUTES[tag] in given:
            self.link(tag, given[URL_ATTRIBUTES[tag]], given.get("rel", ""))
        for candidate in given.get("srcset", "").split(", "):
            if candidate:
                self.link(tag, candidate.split()[0], "")
        if tag == "meta" and "name" in given:
            self.meta[given["name"]] = given.get("content", "")
        elif tag == "link" and given.get("rel") == "canonical":
            self.canonical = given.get("href", "")
        if "todo" in given.get("class", "").split():
            self.missing.append("")

    def link(self, tag: str, url: str, rel: str) -> None:
        self.links.append(OutLink(tag, url, rel))
        if slot := slot_of(url):
            self.slots.append(slot)

    def end(self, tag: str) -> None:
        self.open.pop()
        self.drawings -= tag == "svg"
        self.heading -= tag in HEADINGS
        self.landmarks.end(tag)

    def text(self, words: str) -> None:
        self.landmarks.text(words)
        within = self.open[-1]
        if within == "style":
            self.styles.append(words)
        elif within == "title" and not self.drawings:
            self.title.append(words)
        if self.missing and not self.missing[-1]:
            self.missing[-1] = words.strip()
        if self.heading:
            self.heads[-1][1].append(words)
