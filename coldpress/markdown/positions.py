"""Links, images and headings take the mark before them into their attribute `_at`."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown import inlinepatterns as inline
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from coldpress.markdown.marks import ATTRIBUTE, HEADING_MARK

BEFORE = re.compile("\ue002[0-9]+\ue003$")

LINK = r"\[(?<!!\[)"
"""The library's LINK_RE with the sign first, so that the search can leap to it."""
SIMPLE = re.compile(r"""([^\[\]]*)\]\(([^\s()<'"\x02]+)\)""")


class Link(inline.LinkInlineProcessor):
    """The library reads words and address letter by letter; nearly all links are of one plain form,
    for which one match says the same (4% of a page with eleven links)."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802  (Python-Markdown's name)
        found = SIMPLE.match(data, m.end())
        if found is None:
            return super().handleMatch(m, data)
        link = Element("a", {"href": found[2]})
        link.text = found[1]
        return link, m.start(), found.end()


PLACED: tuple[tuple[str, int, type[inline.InlineProcessor], str], ...] = (
    ("reference", 170, inline.ReferenceInlineProcessor, inline.REFERENCE_RE),
    ("link", 160, Link, LINK),
    ("image_link", 150, inline.ImageInlineProcessor, inline.IMAGE_LINK_RE),
    ("image_reference", 140, inline.ImageReferenceInlineProcessor, inline.IMAGE_REFERENCE_RE),
    ("short_reference", 130, inline.ShortReferenceInlineProcessor, inline.REFERENCE_RE),
    ("short_image_ref", 125, inline.ShortImageReferenceInlineProcessor, inline.IMAGE_REFERENCE_RE),
)
"""Python-Markdown's own processors, replaced by the same ones that mind their place."""


class Placed:
    """Mixed into one of those."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # noqa: N802  (Python-Markdown's name)
        found = super().handleMatch(m, data)  # type: ignore[misc]  # the processor's
        element, start, end = found
        mark = None if element is None else BEFORE.search(data, max(0, start - 14), start)
        if mark is None:
            return found
        element.set(ATTRIBUTE, mark[0])
        return element, mark.start(), end


class Headings(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            found = HEADING_MARK.search(element.text) if isinstance(element.text, str) else None
            if found is None or element.text is None:
                continue
            element.text = type(element.text)(HEADING_MARK.sub("", element.text))
            if re.fullmatch("h[1-6]", element.tag):
                element.set(ATTRIBUTE, found[0])


class Positions(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        for name, priority, kind, pattern in PLACED:
            placed = type(f"Placed{kind.__name__}", (Placed, kind), {})
            md.inlinePatterns.register(placed(pattern, md), name, priority)
        md.treeprocessors.register(Headings(md), "positions", 15)
