"""A page -> where its text leads, and which texts lead to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from coldpress.model import Page
from coldpress.preview.editors import Editor
from coldpress.preview.generation import Found, Generation, look_up
from coldpress.preview.spots import words_at

Inward = Mapping[str, tuple[str, ...]]
"""Output -> ids of the pages whose text links to it."""


def inward(shown: Generation) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for page in shown.site.pages:
        for link in page.converted.links:
            output = leads_to(shown, link.url)
            if output and output != page.route.output:
                found[output][page.id] = None
    return {output: tuple(ids) for output, ids in found.items()}


def leads_to(shown: Generation, url: str) -> str:
    """The output a link of this site names; nothing for one that leads elsewhere."""
    parts = urlsplit(url)
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    found = look_up(shown, parts.path)
    return found.output if isinstance(found, Found) and found.status == 200 else ""


def links(
    shown: Generation, page: Page, output: str, known: Inward, editor: Editor
) -> dict[str, Any]:
    site = shown.site
    inside: list[dict[str, str]] = []
    outside: list[dict[str, str]] = []
    for link in page.converted.links:
        to = leads_to(shown, link.url)
        target = site.by_output.get(to)
        view = {
            "label": target.title if target else link.url,
            "url": link.url,
            "words": words_at(page, link.place.line, link.place.column),
            "place": f"{link.place.path}:{link.place.line}",
            "open": editor.link(link.place.path, link.place.line, link.place.column),
        }
        if urlsplit(link.url).netloc:
            outside.append(view)
        elif to and to != output:
            inside.append(view)
    return {
        "inside": inside,
        "outside": outside,
        "inward": [
            {
                "label": site.by_id[id].title,
                "url": site.config.base_path + site.by_id[id].route.url,
            }
            for id in known.get(output, ())
        ],
    }
