"""Attribute lists `{: .class #id }`, with the colon: `{{ x }}` and `{x}` are text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor

from coldpress.markdown.marks import ATTRIBUTE

LIST = r"\{\:[ ]*([^\}\n ][^\}\n]*)\}"


class Colon(AttrListTreeprocessor):
    """The class's own patterns, but for the colon, which is a must."""

    HEADER_RE = re.compile(rf"[ ]+{LIST}[ ]*$")  # type: ignore[misc]  # Final in the stubs
    BLOCK_RE = re.compile(rf"\n[ ]*{LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{LIST}")  # type: ignore[misc]

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """An element that knows its own position keeps it."""
        own = elem.get(ATTRIBUTE)
        rest: str = super().assign_attrs(elem, attrs_string, strict=strict)
        if own is not None:
            elem.set(ATTRIBUTE, own)
        return rest


class Attributes(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  (Python-Markdown's name)
        md.treeprocessors.register(Colon(md), "attr_list", 8)
