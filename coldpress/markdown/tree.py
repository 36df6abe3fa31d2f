"""Sanitised HTML -> a tree of elements and texts, and back.

The HTML comes from nh3, so it is well formed: every element is closed, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, TypeAlias

from markupsafe import Markup, escape

from coldpress.markdown.allowed import BLOCKS, VOID
from coldpress.problems import Place

FOOTNOTE_LINKS = ("footnote-ref", "footnote-backref")


@dataclass(slots=True)
class Element:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Inset:
    """A call on its way to become a model.Call: its children are still a tree. Without a name it
    is not drawn, only what is in it."""

    name: str
    args: dict[str, Any]
    place: Place
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edge:
    """The opening or closing line of a container, until they are joined to an Inset."""

    opens: bool
    name: str
    args: dict[str, Any]
    place: Place


Node: TypeAlias = "Element | Inset | Edge | str"


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.path: list[Element] = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.path[-1].children.append(element)
        if tag not in VOID:
            self.path.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data: str) -> None:
        self.path[-1].children.append(data)


INLINE = frozenset({"cite", "term", "image"})
"""Insets that stand among words."""


def tree(html: str) -> list[Node]:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.path[0].children


def opening(element: Element) -> Markup:
    attrs = Markup("").join(
        Markup(' {}="{}"').format(name, value) for name, value in element.attrs.items()
    )
    return Markup("<{}{}>").format(Markup(element.tag), attrs)


def closing(element: Element) -> Markup:
    return Markup("") if element.tag in VOID else Markup("</{}>").format(Markup(element.tag))


def text_of(text: str) -> Markup:
    """Quotation marks need no escaping between tags."""
    return Markup(str(escape(text)).replace("&#39;", "'").replace("&#34;", '"'))


def plain(nodes: Iterable[Node]) -> str:
    """The words a reader sees, without citations."""
    words = " ".join("".join(_words(nodes)).split())
    return re.sub(r" ([.,;:!?)])", r"\1", words)


def _words(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif isinstance(node, Element) and node.attrs.get("class") not in FOOTNOTE_LINKS:
            space = " " if node.tag in BLOCKS else ""
            yield space
            yield from _words(node.children)
            yield space
        elif isinstance(node, Inset):
            space = "" if node.name in INLINE else " "
            yield f"{space}{node.args.get('title') or node.args.get('text') or ''}{space}"
            yield from _words(node.children)
            yield space
