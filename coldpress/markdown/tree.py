"""Sanitised HTML -> a tree of elements and texts, and back.

The HTML comes from nh3, so it is well formed: every element is closed, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any, TypeAlias

from markupsafe import escape
from msgspec import Struct, field

from coldpress.markdown.allowed import BLOCKS, VOID
from coldpress.markdown.limits import DEEPEST
from coldpress.problems import Place

FOOTNOTE_LINKS = ("footnote-ref", "footnote-backref")


class Element(Struct):
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


class Inset(Struct):
    """A call on its way to become a model.Call: its children are still a tree. Without a name it
    is not drawn, only what is in it."""

    name: str
    args: dict[str, Any]
    place: Place
    children: list[Node] = field(default_factory=list)


class Edge(Struct, frozen=True):
    """The opening or closing line of a container, until they are joined to an Inset."""

    opens: bool
    name: str
    args: dict[str, Any]
    place: Place


Node: TypeAlias = "Element | Inset | Edge | str"


TAG = re.compile(r'<(/?)([a-z0-9]+)((?: [a-z_]+="[^"]*")*)>')
"""As nh3 writes a tag. What it does not match stays text, and is escaped on its way out."""
ATTR = re.compile(r' ([a-z_]+)="([^"]*)"')

INLINE = frozenset({"cite", "term", "image"})
"""Insets that stand among words."""


def tree(html: str) -> list[Node]:
    """Raises RecursionError when elements stand in each other too deeply.

    One cut at the tags: the standard library's parser, which need not trust its input, takes
    four times as long (0.4 ms of a page)."""
    children: list[Node] = []
    above: list[list[Node]] = []
    cuts = TAG.split(html)
    if cuts[0]:
        children.append(unescape(cuts[0]))
    for closes, tag, attrs, words in zip(
        cuts[1::4], cuts[2::4], cuts[3::4], cuts[4::4], strict=True
    ):
        if not closes:
            element = Element(tag, _attributes(attrs) if attrs else {})
            children.append(element)
            if tag not in VOID:
                if len(above) == DEEPEST:
                    raise RecursionError(tag)
                above.append(children)
                children = element.children
        elif above:
            children = above.pop()
        if words:
            children.append(unescape(words) if "&" in words else words)
    return above[0] if above else children


def _attributes(written: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTR.findall(written)}


def opening(element: Element) -> str:
    attrs = [f' {name}="{escape(value)}"' for name, value in element.attrs.items()]
    return f"<{element.tag}{''.join(attrs)}>"


def closing(element: Element) -> str:
    return "" if element.tag in VOID else f"</{element.tag}>"


def text_of(text: str) -> str:
    """Quotation marks need no escaping between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(nodes: Iterable[Node]) -> str:
    """The words a reader sees, without citations."""
    words: list[str] = []
    _words(nodes, words)
    return re.sub(r" ([.,;:!?)])", r"\1", " ".join("".join(words).split()))


def _words(nodes: Iterable[Node], words: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            words.append(node)
        elif isinstance(node, Element) and node.attrs.get("class") not in FOOTNOTE_LINKS:
            space = " " if node.tag in BLOCKS else ""
            words.append(space)
            _words(node.children, words)
            words.append(space)
        elif isinstance(node, Inset):
            space = "" if node.name in INLINE else " "
            words.append(f"{space}{node.args.get('title') or node.args.get('text') or ''}{space}")
            _words(node.children, words)
            words.append(space)
