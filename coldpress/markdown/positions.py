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

PLACED: tuple[tuple[str, int, type[inline.InlineProcessor], str], ...] = (
    ("reference", 170, inline.ReferenceInlineProcessor, inline.REFERENCE_RE),
    ("link", 160, inline.LinkInlineProcessor, inline.LINK_RE),
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
