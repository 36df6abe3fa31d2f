"""A woven tree -> runs of pieces: HTML that is done, and calls for the templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from markupsafe import Markup

from coldpress.markdown.ledger import Ledger
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.markdown.tables import with_captions
from coldpress.markdown.tree import (
    INLINE,
    Edge,
    Element,
    Inset,
    Node,
    closing,
    opening,
    plain,
    text_of,
)
from coldpress.model import Call, Piece, Section
from coldpress.problems import error


def joined(nodes: list[Node], ledger: Ledger) -> list[Node]:
    """Opening and closing edges, and what is between -> insets; at every depth."""
    if all(isinstance(node, str) for node in nodes):
        return nodes
    done: list[list[Node]] = [[]]
    open_now: list[Edge] = []
    for node in nodes:
        if isinstance(node, Element):
            node.children = joined(node.children, ledger)
            done[-1].append(node)
        elif not isinstance(node, Edge):
            done[-1].append(node)
        elif node.opens:
            open_now.append(node)
            done.append([])
        elif open_now:
            body = tidied(done.pop())
            done[-1].extend(_container(open_now.pop(), body, ledger))
    for edge in reversed(open_now):
        _crossed(edge, ledger)
        body = done.pop()
        done[-1].extend(body)
    return tidied(done[0])


def tidied(nodes: list[Node]) -> list[Node]:
    """Captions in their tables, and no white space beside what templates draw."""
    if not any(_block(node) for node in nodes):
        return nodes
    nodes = with_captions(nodes)
    around = [None, *nodes, None]
    return [
        node
        for before, node, after in zip(around[:-2], nodes, around[2:], strict=True)
        if _solid(node) or not (_block(before) or _block(after))
    ]


def _block(node: Node | None) -> bool:
    return isinstance(node, Inset) and node.name not in INLINE


def _container(edge: Edge, body: list[Node], ledger: Ledger) -> Iterator[Node]:
    row = SHORTCODES.get(edge.name)
    if row is None:
        yield from body
        return
    empty = all(isinstance(node, str) and not node.strip() for node in body)
    if empty and not row.may_be_empty:
        message = f"the block {edge.name!r} is empty"
        hint = "write something between its two lines, or take both out"
        ledger.add(error("empty-container", edge.place, message, hint))
    yield Inset(edge.name, edge.args, edge.place, trimmed(body))


def _crossed(edge: Edge, ledger: Ledger) -> None:
    ledger.add(
        error(
            "crossed-tags",
            edge.place,
            f"the block {edge.name!r} begins and ends in different HTML tags",
            "close every tag opened in the block before its ':::'",
        )
    )


def flow(nodes: Iterable[Node]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    run: list[str] = []
    _flow(nodes, run, pieces)
    html = "".join(run)
    return tuple([*pieces, Markup(html)] if html else pieces)


def _flow(nodes: Iterable[Node], run: list[str], pieces: list[Piece]) -> None:
    """`run` is safe HTML: it becomes Markup when a call or the end closes it, once and not part by
    part (that took a fifth of a page's time)."""
    for node in nodes:
        if isinstance(node, str):
            run.append(text_of(node))
        elif isinstance(node, Element):
            run.append(opening(node))
            _flow(node.children, run, pieces)
            run.append(closing(node))
        elif isinstance(node, Inset):
            html = "".join(run)
            html = html.rstrip() if node.name == "cite" else html
            if html:
                pieces.append(Markup(html))
            pieces.append(Call(node.name, node.args, flow(node.children), node.place))
            run.clear()


def trimmed(nodes: list[Node]) -> list[Node]:
    """Without white space at either end."""
    start = next((n for n, node in enumerate(nodes) if _solid(node)), len(nodes))
    end = next((n for n in range(len(nodes), start, -1) if _solid(nodes[n - 1])), start)
    return nodes[start:end]


def _solid(node: Node) -> bool:
    return not isinstance(node, str) or bool(node.strip())


def sections(nodes: list[Node]) -> tuple[Section, ...]:
    """Cut at second-level headings. A class on such a heading is the section's."""
    cuts = [n for n, node in enumerate(nodes) if isinstance(node, Element) and node.tag == "h2"]
    bounds = [0, *cuts, len(nodes)]
    runs = [trimmed(nodes[a:b]) for a, b in pairwise(bounds)]
    return tuple(_section(run) for run in runs if run)


def _section(nodes: list[Node]) -> Section:
    head = nodes[0]
    if not isinstance(head, Element) or head.tag != "h2":
        return Section("", "", (), flow(nodes))
    classes = tuple(head.attrs.pop("class", "").split())
    return Section(head.attrs["id"], plain([head]), classes, flow(nodes))
