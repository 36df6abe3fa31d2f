"""tags of a page, one after another -> what matters for safety in its text, in reading order.

The text is what stands in <main> outside menus, margins and tables of contents: the booking links
up there and in the bar below belong to the frame and look quiet or stay out of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from coldpress.booking import slot_of

SAFETY = "safety card"
EMERGENCY = "emergency line"
FILLED = "filled booking button"
BESIDE = "care card and booking button in one block"

FRAME = frozenset({"nav", "aside", "header", "footer"})
BLOCKS = frozenset({"care", "pair", "book"})
"""Classes of the boxes that stand by themselves on a page."""
CELLS = frozenset({"li", "td"})
WARNING = frozenset({"ask", "warn", "stop", "emergency"})
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
CALL = re.compile(r"\b911\b")


@dataclass(slots=True)
class Block:
    """An open element; what was met inside it matters when it is a box of its own."""

    tag: str
    alone: bool
    care: bool = False
    booking: bool = False


class Landmarks:
    """Follows the tags; remembers the first place of every landmark and of every link."""

    def __init__(self) -> None:
        self.open: list[Block] = []
        self.main = 0
        self.frames = 0
        """How many of each are open: a menu inside the text is no text."""
        self.order: dict[str, None] = {}

    @property
    def found(self) -> tuple[str, ...]:
        return tuple(self.order)

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag in VOID:
            return
        classes = set(given.get("class", "").split())
        self.open.append(Block(tag, bool(BLOCKS & classes) or tag in CELLS))
        self.main += tag == "main"
        self.frames += self.main > 0 and tag in FRAME
        if not self.in_text():
            return
        if "care" in classes and WARNING & classes:
            self.care(urgent="emergency" in classes)
        if tag == "a":
            self.link(given.get("href", ""), classes)

    def care(self, *, urgent: bool) -> None:
        self.order.setdefault(SAFETY)
        if urgent:
            self.order.setdefault(EMERGENCY)
        for block in self.open:
            block.care = True

    def link(self, url: str, classes: set[str]) -> None:
        if slot_of(url):
            self.booking(filled="btn" in classes and "quiet" not in classes)
        elif url.startswith("/"):
            self.order.setdefault(urlsplit(url).path)

    def booking(self, *, filled: bool) -> None:
        if filled:
            self.order.setdefault(FILLED)
        for block in self.open:
            block.booking = True

    def text(self, words: str) -> None:
        if self.in_text() and CALL.search(words):
            self.order.setdefault(EMERGENCY)

    def end(self, tag: str) -> None:
        if tag in VOID:
            return
        block = self.open.pop()
        if block.alone and block.care and block.booking:
            self.order.setdefault(BESIDE)
        self.frames -= self.main > 0 and tag in FRAME
        self.main -= tag == "main"

    def in_text(self) -> bool:
        return self.main > 0 and not self.frames
