"""a page -> what matters for safety in its text, in reading order.

The text is what stands in <main> outside menus, margins and tables of contents: the booking links
up there and in the bar below belong to the frame and look quiet or stay out of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from coldpress.booking import slot_of

SAFETY = "safety card"
EMERGENCY = "emergency line"
FILLED = "filled booking button"
BESIDE = "care card and booking button in one block"

FRAME = ", ".join(f"main {tag}, main {tag} *" for tag in ("nav", "aside", "header", "footer"))
BLOCKS = frozenset({"care", "pair", "book"})
"""Classes of the boxes that stand by themselves on a page."""
CELLS = frozenset({"li", "td"})
WARNING = frozenset({"ask", "warn", "stop", "emergency"})
CALL = re.compile(r"\b911\b")


def landmarks(page: LexborHTMLParser) -> tuple[str, ...]:
    """The first place of every landmark and of every link."""
    order: dict[str, None] = {}
    care: set[int] = set()
    booking: set[int] = set()
    for node in in_text(page):
        if node.is_text_node:
            order |= dict.fromkeys([EMERGENCY] if CALL.search(node.text_content or "") else [])
            continue
        classes = classes_of(node)
        if "care" in classes and WARNING & classes:
            order |= dict.fromkeys([SAFETY, EMERGENCY] if "emergency" in classes else [SAFETY])
            care.update(boxes(node))
        if node.tag == "a":
            url = node.attributes.get("href") or ""
            booked = bool(slot_of(url))
            order |= dict.fromkeys(link(url, classes, booked=booked))
            booking.update(boxes(node) if booked else ())
    return (*order, BESIDE) if care & booking else tuple(order)


def link(url: str, classes: set[str], *, booked: bool) -> Iterator[str]:
    if booked and "btn" in classes and "quiet" not in classes:
        yield FILLED
    elif not booked and url.startswith("/"):
        yield urlsplit(url).path


def classes_of(node: LexborNode) -> set[str]:
    return set((node.attributes.get("class") or "").split())


def in_text(page: LexborHTMLParser) -> Iterator[LexborNode]:
    """What can be a landmark, in order: links and care cards; words only where the number to call
    is among them, which it is on few pages."""
    frame = {node.mem_id for node in page.css(FRAME)}
    mains = page.css("main")
    if not any("911" in main.text() for main in mains):
        found = page.css("main a, main.care, main .care")
        yield from (node for node in found if node.mem_id not in frame)
        return
    for main in mains:
        for node in main.traverse(include_text=True):
            within = node.parent if node.is_text_node else node
            if within is not None and within.mem_id not in frame:
                yield node


def boxes(node: LexborNode | None) -> Iterator[int]:
    """The boxes of their own in which a node stands, itself among them."""
    while node is not None and node.is_element_node:
        if node.tag in CELLS or BLOCKS & classes_of(node):
            yield node.mem_id
        node = node.parent
