"""A table out of Markdown -> a call `table` around it: scopes and alignment classes in place.

The template draws the region a wide table scrolls in; `label` names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coldpress.markdown.tree import Element, Inset, Node, plain
from coldpress.problems import Place

CAPTION = "Table: "


def table(element: Element, label: str, place: Place) -> Inset:
    for cell in _cells(element.children):
        align = cell.attrs.pop("align", "")
        if align in ("left", "center", "right"):
            cell.attrs["class"] = f"{cell.attrs.get('class', '')} align-{align}".strip()
    for head in element.children:
        if isinstance(head, Element) and head.tag == "thead":
            for cell in _cells(head.children):
                cell.attrs.setdefault("scope", "col")
    return Inset("table", {"label": label}, place, [element])


def _cells(nodes: list[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag in ("th", "td"):
                yield node
            else:
                yield from _cells(node.children)


def with_captions(nodes: list[Node]) -> list[Node]:
    """A paragraph `Table: what it shows` right above or under a table becomes its caption."""
    solid = [node for node in nodes if not isinstance(node, str) or node.strip()]
    for before, after in pairwise(solid):
        for paragraph, inset in ((before, after), (after, before)):
            if _captions(paragraph) and isinstance(inset, Inset) and inset.name == "table":
                _take(paragraph, inset)
                nodes = [node for node in nodes if node is not paragraph]
                break
    return nodes


def _captions(node: Node) -> bool:
    if not isinstance(node, Element) or node.tag != "p" or not node.children:
        return False
    first = node.children[0]
    return isinstance(first, str) and first.startswith(CAPTION)


def _take(paragraph: Node, inset: Inset) -> None:
    whole = inset.children[0]
    if not isinstance(paragraph, Element) or not isinstance(whole, Element):
        return
    if any(isinstance(child, Element) and child.tag == "caption" for child in whole.children):
        return
    first = str(paragraph.children[0]).removeprefix(CAPTION)
    caption = Element("caption", {}, [first, *paragraph.children[1:]])
    whole.children.insert(0, caption)
    inset.args["label"] = plain([caption])
