"""Words that Markdown left as they were although the author meant a link, a footnote, a block or a
list -> Problems. Only marks and places where nothing took hold are looked at, never code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.markdown.ledger import Text
from coldpress.markdown.marks import MARK, bare
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.problems import Place, Problem, advice, error

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
CITATION = re.compile(r"\[@")
APART = re.compile(r"\[[^\]\n]+\]\s+\((?:https?:|\.{0,2}/|[\w./-]+\.md)")
OPEN = re.compile(r"\[[^\]\n]+\]\((?:https?:|\.{0,2}/|[\w./-]+\.md)")
NAMED = re.compile(r"\[[^\]\n]+\]\[([^\]\n]*)\]")
BLOCK = re.compile(rf"(?:^|\n)[ ]*(:::$|:::?[ ]*(?:{'|'.join(SHORTCODES)})\b)", re.MULTILINE)
LIST = re.compile(r"\n(?:[-*+]|1[.)]) (?=\S)")


def problems_in(words: str, text: Text, offset: int) -> Iterator[Problem]:
    """`offset` is the last spot known before these words."""
    for mark in MARK.finditer(words):
        yield from _at_mark(bare(words[mark.end() :]), text.place(int(mark[1])))
    block = BLOCK.search(words)
    if block:
        written = block[1].strip()
        yield error(
            "misplaced-shortcode",
            _found(written, text, offset),
            f"{written!r} is shown as text: it does not begin its line",
            "start it in the first column, outside lists and quotations",
        )
    listed = LIST.search(words)
    if listed:
        yield advice(
            "list-without-blank-line",
            _found(bare(words[listed.start() :])[:20], text, offset, skip=1),
            "these lines look like a list but run on as one paragraph",
            "put an empty line above the list",
        )


def _found(written: str, text: Text, offset: int, skip: int = 0) -> Place:
    start = text.written.find(written, offset)
    return text.place(offset if start < 0 else start + skip)


def _at_mark(rest: str, place: Place) -> Iterator[Problem]:
    footnote = FOOTNOTE.match(rest)
    if footnote:
        yield error(
            "unknown-footnote",
            place,
            f"there is no footnote {footnote[1]!r}",
            f"write it on a line of its own: [^{footnote[1]}]: the words",
        )
    elif CITATION.match(rest):
        message = "the citation has no end, or a bracket in it"
        yield error("unfinished-link", place, message, "write it like [@key] or [@key, p. 3]")
    elif APART.match(rest):
        message = "a space parts the words of the link from its address"
        yield error("unfinished-link", place, message, "write [words](address) without a space")
    elif OPEN.match(rest):
        message = "the link is not closed"
        yield error("unfinished-link", place, message, "write [words](address), with ) at the end")
    elif NAMED.match(rest):
        message = "the name of the link's address is not defined"
        yield error("unfinished-link", place, message, "write [words](address) instead")
