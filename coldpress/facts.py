"""bytes of an output -> Facts: what the checks need to know, so that nothing is parsed twice."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple
from xml.parsers import expat

import brotli
from selectolax.lexbor import LexborHTMLParser, LexborNode

from coldpress.booking import slot_of
from coldpress.landmarks import landmarks
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
TELLING = "[id], [href], [src], [action], [srcset], title, meta, img, script, style, " + ", ".join(
    sorted(HEADINGS)
)
"""Elements that say what a check asks for: one in four. To look at all costs twice as much."""
DATA = "application/ld+json"
"""The type of a script that does nothing."""
QUICK, GOOD, FULL = 2, 5, 11
"""Brotli qualities. 11 is what a server sends. 5 is 40 times quicker and 10% larger, 2 is 140 times
quicker and 27% larger: a page that passes at either passes at 11."""


def facts_of(output: str, content: bytes, budget: int, quick: int = 0) -> Facts:
    """`budget`: bytes a page may have; far below it the compressed size is an upper bound.
    `quick`: its size after brotli at quality 2, when somebody knows it already."""
    if output.endswith((".xml", ".svg")):
        return Facts(size=len(content), malformed=malformed(content))
    if not output.endswith(".html"):
        return Facts(size=len(content))
    page = LexborHTMLParser(content)  # as a browser would have built it
    told = {node.mem_id: node for node in page.css(TELLING)}  # who matches twice comes twice
    elements = [Element(node, str(node.tag), node.attributes) for node in told.values()]
    of = by_tag(elements)
    ids = [one.given("id") for one in elements if "id" in one.attributes]
    links = tuple(chain.from_iterable(map(links_in, elements)))
    meta = {one.given("name"): one.given("content") for one in of["meta"]}
    return Facts(
        size=len(content),
        compressed=compressed(content, budget, quick),
        title=title(page, of["title"]),
        description=meta.get("description", ""),
        canonical=canonical(of["link"]),
        robots=meta.get("robots", ""),
        ids=frozenset(ids),
        doubled_ids=tuple(sorted(id for id, times in Counter(ids).items() if times > 1)),
        links=links,
        headings=tuple(heading(one) for one in elements if one.tag in HEADINGS),
        images_without_alt=tuple(
            one.given("src") for one in of["img"] if "alt" not in one.attributes
        ),
        nodes=len(page.css("*")),
        slots=tuple(sorted({slot_of(link.url) for link in links} - {""})),
        scripts=sum(one.given("type") != DATA for one in of["script"]),
        missing=tuple(node.text().strip() for node in page.css(".todo")),
        styles=tuple(csp_hash(css) for one in of["style"] if (css := one.node.text())),
        landmarks=landmarks(page),
    )


class Element(NamedTuple):
    node: LexborNode
    tag: str
    attributes: Mapping[str, str | None]

    def given(self, name: str) -> str:
        """An attribute; nothing when it is not there, or says nothing."""
        return self.attributes.get(name) or ""


def by_tag(elements: Iterable[Element]) -> Mapping[str, list[Element]]:
    found: dict[str, list[Element]] = defaultdict(list)
    for one in elements:
        found[one.tag].append(one)
    return found


def links_in(one: Element) -> Iterator[OutLink]:
    own = URL_ATTRIBUTES.get(one.tag, "")
    if own in one.attributes:
        yield OutLink(one.tag, one.given(own), one.given("rel"))
    for candidate in one.given("srcset").split(", "):
        if candidate:
            yield OutLink(one.tag, candidate.split()[0])


def title(page: LexborHTMLParser, found: Iterable[Element]) -> str:
    """A drawing may have titles of its own."""
    drawn = {node.mem_id for node in page.css("svg title")}
    return "".join(one.node.text() for one in found if one.node.mem_id not in drawn).strip()


def canonical(links: Iterable[Element]) -> str:
    said = [one.given("href") for one in links if one.given("rel") == "canonical"]
    return said[-1] if said else ""


def heading(one: Element) -> tuple[int, str]:
    return int(one.tag[1]), " ".join(one.node.text().split())


def compressed(content: bytes, budget: int, quick: int) -> int:
    """The nearer to the budget, the better the bound: the heaviest pages can be told apart."""
    quick = quick or len(brotli.compress(content, quality=QUICK))
    if quick <= budget * 3 // 4:
        return quick
    good = len(brotli.compress(content, quality=GOOD))
    return good if good <= budget else len(brotli.compress(content, quality=FULL))


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
