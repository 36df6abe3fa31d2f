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
ITEMS = re.compile(r"(?:[-*+] .*\n){2}|1[.)] .*\n2[.)] ")
"""Two of them: one line alone may be a dash in a sentence."""
STARS = re.compile(r"(?<![\w*])\*\*(?=[ \w\"“(\[])(?! *$)|(?<=[\w.!?”)])\*\*(?![\w*])")
TURNED = re.compile(r"\[((?:https?:|\.{0,2}/|[\w./-]+\.md)[^\]\n]*)\]")


def problems_in(words: str, text: Text, offset: int) -> Iterator[Problem]:
    """`offset` is the last spot known before these words. A sign is looked for before the pattern
    that needs it is tried: most words hold none, and there are 200 of them on a page."""
    if "\ue002" in words:
        yield from _marked(words, text)
    if "::" in words:
        yield from _misplaced(words, text, offset)
    if "\n" in words and (listed := LIST.search(words)):
        yield from _listed(bare(words[listed.start() :])[:20], text, offset)
    if "*" in words:
        yield from _emphasis(bare(words), text, offset)


def _marked(words: str, text: Text) -> Iterator[Problem]:
    for mark in MARK.finditer(words):
        after = bare(words[mark.end() :])
        yield from _at_mark(after, text, int(mark[1]))
        if words[: mark.start()].endswith(")") and TURNED.match(after):
            yield _turned(text, int(mark[1]))


def _misplaced(words: str, text: Text, offset: int) -> Iterator[Problem]:
    block = BLOCK.search(words)
    if block:
        written = block[1].strip()
        yield error(
            "misplaced-shortcode",
            _found(written, text, offset),
            f"{written!r} is shown as text: it does not begin its line",
            "start it in the first column, outside lists and quotations",
        )


def _listed(written: str, text: Text, offset: int) -> Iterator[Problem]:
    """A list is told of once, at its first line."""
    start = text.written.find(written, offset) + 1
    before = text.written.rfind("\n", 0, max(start - 1, 0))
    if not start or LIST.match(text.written[before:start]):
        return
    line = text.rest_of_line(start)
    mend = text.mend(start, line, f"\n{line}") if ITEMS.match(text.written, start) else None
    message = "these lines look like a list but run on as one paragraph"
    hint = "put an empty line above the list"
    yield advice("list-without-blank-line", text.place(start), message, hint, mend)


def _emphasis(words: str, text: Text, offset: int) -> Iterator[Problem]:
    """Stars that were left standing. Behind a backslash they were meant to."""
    found = STARS.search(words)
    start = text.written.find(words[found.start() :][:16], offset) if found else -1
    if found and start >= 0:
        message = "the stars here are shown as stars, and the words are not bold"
        hint = "write **words** with stars on both ends and no space inside them"
        yield advice("unclosed-emphasis", text.place(start), message, hint)


def _turned(text: Text, offset: int) -> Problem:
    start = max(text.written.rfind("(", 0, offset), 0)
    whole = re.compile(r"\(([^()\[\]\n]+)\)" + TURNED.pattern).match(text.written, start)
    mend = text.mend(start, whole[0], f"[{whole[1]}]({whole[2]})") if whole else None
    message = "the brackets of this link are the wrong way round"
    return error("unfinished-link", text.place(start), message, "write [words](address)", mend)


def _found(written: str, text: Text, offset: int, skip: int = 0) -> Place:
    start = text.written.find(written, offset)
    return text.place(offset if start < 0 else start + skip)


def _at_mark(rest: str, text: Text, offset: int) -> Iterator[Problem]:
    place = text.place(offset)
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
        words = rest[: rest.index("]") + 1]
        gap = rest[: rest.index("(", len(words)) + 1]
        mend = text.mend(offset, gap, f"{words}(") if "\n" not in gap else None
        hint = "write [words](address) without a space"
        yield error("unfinished-link", place, message, hint, mend)
    elif OPEN.match(rest):
        message = "the link is not closed"
        yield error("unfinished-link", place, message, "write [words](address), with ) at the end")
    elif NAMED.match(rest):
        message = "the name of the link's address is not defined"
        yield error("unfinished-link", place, message, "write [words](address) instead")
