"""Structured data says nothing that the page does not show, in words that schema.org has.

Search engines show it in place of the page, and language models read it first: a property that no
reader can see would be a claim nobody checks. https://developers.google.com/search/docs/
appearance/structured-data/sd-policies
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from coldpress.checks.graph.seen import Seen, seen_on
from coldpress.checks.graph.vocabulary import incomplete, unknown
from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Place, Problem, error, nearest

TYPE = "application/ld+json"
Node = dict[str, Any]


def graph(site: Site, one: Made) -> Iterator[Problem]:
    if not one.output.endswith(".html") or TYPE.encode() not in one.content:
        return
    page = LexborHTMLParser(one.content)
    place = place_of(site, one)
    blocks = [node.text() for node in page.css(f'script[type="{TYPE}"]')]
    seen = seen_on(site, one, page)
    for block in blocks:
        try:
            data = json.loads(block)
        except ValueError as bad:
            message = f"the structured data is not JSON: {bad}"
            yield error("unreadable-data", place, message, "let | tojson write it, never by hand")
        else:
            yield from judged(list(nodes_of(data)), seen, place)


def nodes_of(value: Any) -> Iterator[Node]:
    """Every node, those inside others included."""
    if isinstance(value, list):
        for one in value:
            yield from nodes_of(one)
    elif isinstance(value, dict):
        if set(value) - {"@context", "@graph"}:
            yield value
        for one in value.values():
            yield from nodes_of(one)


def judged(nodes: list[Node], seen: Seen, place: Place) -> Iterator[Problem]:
    ids = {node["@id"] for node in nodes if "@id" in node and len(node) > 1}
    for node in nodes:
        for word, known in unknown(node):
            message = f"{word} is not among the words of schema.org that pages may use"
            hint = nearest(word.split()[-1].strip("'"), known) or "leave it out"
            yield error("unknown-schema-word", place, message, hint)
        for name in incomplete(node):
            message = f"{node['@type']} in the structured data has no {name!r}"
            hint = "without it no search engine shows it: add it, or leave the whole node out"
            yield error("incomplete-data", place, message, hint)
        for name, value in unseen(node, seen, ids):
            message = f"the structured data says {value!r} ({name}), and the page does not show it"
            yield error("unseen-data", place, message, "show it on the page too, or leave it out")


def unseen(node: Node, seen: Seen, ids: set[str]) -> Iterator[tuple[str, str]]:
    id = node.get("@id", "")
    if len(node) == 1 and id and id not in ids and not seen.shows("@id", id):
        yield "@id", id
    for name, value in node.items():
        if not name.startswith("@"):
            for said in value if isinstance(value, list) else [value]:
                if isinstance(said, str | int | float) and not seen.shows(name, said):
                    yield name, str(said)
