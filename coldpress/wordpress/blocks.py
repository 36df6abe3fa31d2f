"""A text as WordPress keeps it -> HTML without its comments, and what they held.

The block editor writes `<!-- wp:name {"json"} -->` around everything. Around HTML they say nothing
that the HTML does not; a block that closes itself (`/-->`) is drawn by WordPress when the page is
asked for, and has no HTML here at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from msgspec import Struct, field

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
BLOCK = re.compile(r"\s*/?wp:([a-z][a-z0-9_/-]*)(.*)", re.DOTALL)
BOGUS = re.compile(r"<!\[[^>]*>|<\?[^>]*>")
"""What office programs leave behind: browsers take it for a comment."""
MARK = re.compile("\ue102([0-9]+)\ue103")
READ_MORE = re.compile(r"\s*(more\b|nextpage|noteaser)")
SILENT = frozenset({"spacer", "separator", "more", "nextpage"})
DEEPEST = 5
"""Reusable blocks may stand in each other; one that stands in itself would never end."""


class Plain(Struct):
    """`drawn`: blocks without HTML, as written, each with a mark in the text; `comments`: what
    readers never saw."""

    html: str = ""
    by_blocks: bool = False
    drawn: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    more: int = 0
    used: list[int] = field(default_factory=list)
    """Ids of the reusable blocks whose text stands here."""


def plain(body: str, reusable: Callable[[int], str | None]) -> Plain:
    """`reusable` gives the text of a reusable block."""
    found = Plain()
    found.html = _plain(body, reusable, found, 0)
    return found


def _plain(body: str, reusable: Callable[[int], str | None], found: Plain, depth: int) -> str:
    def one(comment: re.Match[str]) -> str:
        block = BLOCK.match(comment[1])
        if block is None:
            _comment(comment[1], found)
            return ""
        found.by_blocks = True
        if not comment[1].rstrip().endswith("/") or block[1] in SILENT:
            return ""
        reference = _reference(block[1], block[2])
        text = reusable(reference) if reference and depth < DEEPEST else None
        if text is not None:
            found.used.append(reference)
            return _plain(text, reusable, found, depth + 1)
        found.drawn.append(" ".join(comment[1].strip().removesuffix("/").split()))
        return f"\ue102{len(found.drawn) - 1}\ue103"

    # Behind the last end of a comment there are only comments without an end, and a search for
    # each of their ends would read the rest again and again.
    last = body.rfind("-->") + len("-->") if "-->" in body else 0
    rest, start, unclosed = body[last:].partition("<!--")
    if start:
        found.comments.append(unclosed)
    html = COMMENT.sub(lambda comment: _end_of_tag(comment) + one(comment), body[:last]) + rest
    last = html.rfind(">") + 1
    found.comments += BOGUS.findall(html, 0, last)
    return BOGUS.sub("", html[:last]) + html[last:]


def _end_of_tag(comment: re.Match[str]) -> str:
    """A comment in the middle of a tag is none to a browser: it ends the tag. Without it, the words
    behind it would be taken for attributes."""
    text, at = comment.string, comment.start()
    start = text.rfind("<", 0, at)
    begun = start > text.rfind(">", 0, at) and text[start + 1].isalpha()
    return ">" if begun else ""


def _comment(words: str, found: Plain) -> None:
    if READ_MORE.match(words):
        found.more += 1
    elif words.strip():
        found.comments.append(words)


def _reference(name: str, rest: str) -> int:
    """Id of the reusable block that `wp:block {"ref":12}` stands for."""
    if name != "block":
        return 0
    try:
        values = json.loads(rest.strip().removesuffix("/"))
    except (ValueError, RecursionError):
        return 0
    reference = values.get("ref") if isinstance(values, dict) else None
    return reference if isinstance(reference, int) else 0
