"""Python-Markdown with the same output in a quarter of its time.

What costs time there is not matching but trying: on a page of 900 words, 4,060 trials of inline
patterns for 39 that take hold, and 490 tests of blocks. Here a pattern is tried only when the text
holds what it cannot do without (needs.py): 5.6 -> 1.3 ms.

One method is overridden that is private there (`__handleInline`), two are called. Therefore
pyproject.toml bounds the version, and tests/test_markdown_tuning.py compares the output with the
untuned library's and fails when one of these methods is not the one that was read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry

from coldpress.markdown import needs
from coldpress.markdown.needs import Signs

REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
"""Inline patterns that can do nothing on a page without `[name]: address`, as most are."""

Steps: TypeAlias = "tuple[tuple[str, str, Pattern], ...]"
"""Two signs of which a text must hold one (mostly the same twice), and the pattern."""


class Inline(InlineProcessor):
    """A pass over all texts. `worth_it` tells whether a text holds anything for it: seven of
    ten do not for the patterns, 97 of 100 for smarty, and are left where they are."""

    def __init__(
        self,
        md: Markdown,
        patterns: Registry[Pattern],
        needed: Mapping[str, Signs],
        worth_it: Callable[[str], bool],
    ) -> None:
        super().__init__(md)
        self.inlinePatterns: Any = patterns
        self.worth_it = worth_it
        self.all = _steps(patterns, needed)
        idle = [patterns[name] for name in REFERENCES if name in patterns]
        self.without_references = tuple(step for step in self.all if step[2] not in idle)
        self.steps = self.all
        self.library: Any = self
        """The same, for what is private there."""

    def run(self, root: Element, ancestors: list[str] | None = None) -> Element:  # noqa: ARG002  (no pattern minds them)
        """Level by level, as the library does: footnotes are numbered in that order."""
        self.stashed_nodes: dict[str, Element | str] = {}
        self.ancestors = []
        self.steps = self.all if self.md.references else self.without_references
        queue = [root]
        for parent in queue:  # grows meanwhile
            grown: list[tuple[Element, list[Element]]] = []
            for child in parent:  # so does this: what comes out of a tail is read again
                if child.text and self.worth_it(child.text):
                    found = self._of_text(child)
                    queue += found
                    grown.append((child, found))
                if child.tail and self.worth_it(child.tail):
                    self._of_tail(child, parent)
                if len(child):
                    queue.append(child)
            for child, found in grown:
                child[:0] = found
        return root

    def _of_text(self, child: Element) -> list[Element]:
        text = child.text
        if text is None or isinstance(text, AtomicString):
            return []
        child.text = None
        return self._elements(text, child, is_text=True)

    def _of_tail(self, child: Element, parent: Element) -> None:
        holder = Element("d")
        found = self._elements(child.tail or "", holder, is_text=False)
        child.tail = holder.tail
        at = list(parent).index(child) + 1
        parent[at:at] = found

    def _elements(self, text: str, into: Element, is_text: bool) -> list[Element]:
        handled = self.library._InlineProcessor__handleInline(text)
        found = self.library._InlineProcessor__processPlaceholders(handled, into, is_text)
        return [element for element, _ in found]

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803  (the library's names)
        if isinstance(data, AtomicString):
            return data
        apply = self.library._InlineProcessor__applyPattern
        for index in range(patternIndex, len(self.steps)):
            one, other, pattern = self.steps[index]
            if one not in data and other not in data:
                continue
            start, matched = 0, True
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def _steps(patterns: Registry[Pattern], needed: Mapping[str, Signs]) -> Steps:
    found = [(needed.get(pattern.pattern, ("",)), pattern) for pattern in patterns]
    return tuple((signs[0], signs[-1], pattern) for signs, pattern in found)


class Blocks(BlockParser):
    steps: tuple[tuple[Signs, BlockProcessor], ...] = ()

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802  (the library's name)
        while blocks:
            block = blocks[0]
            for signs, processor in self.steps:
                for sign in signs:
                    if sign in block:
                        break
                else:
                    continue
                if processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class Tuned(Markdown):
    """Takes all its extensions when it is made: of later ones it would not know."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.blocks = frozenset(self.block_level_elements)
        patterns: Any = self.inlinePatterns
        inline = Inline(self, patterns, needs.INLINE, needs.inline)
        self.treeprocessors.register(inline, "inline", 20)
        quotes: Any = self.treeprocessors["smarty"]
        smarty = Inline(self, quotes.inlinePatterns, needs.SMARTY, needs.smarty)
        self.treeprocessors.register(smarty, "smarty", 6)
        self.blocks_parser.steps = tuple(
            (needs.BLOCK.get(type(one), ("",)), one) for one in self.parser.blockprocessors
        )

    def build_parser(self) -> Any:
        super().build_parser()
        self.blocks_parser = Blocks(self)
        self.blocks_parser.blockprocessors = self.parser.blockprocessors
        for processor in self.parser.blockprocessors:
            processor.parser = self.blocks_parser
        self.parser = self.blocks_parser
        return self

    def is_block_level(self, tag: object) -> bool:
        """Asked 300 times a page; the library looks through a list (3%)."""
        return isinstance(tag, str) and tag.lower().rstrip("/") in self.blocks
