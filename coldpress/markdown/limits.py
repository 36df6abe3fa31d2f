"""Text that would take Markdown minutes -> a Problem. Its time grows with the square of some runs:
20,000 `[` in a row take it a quarter of an hour."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.markdown.ledger import Text
from coldpress.problems import Place, Problem, error

PARAGRAPH = re.compile(r"\n[ \t]*\n")
LIMITS: tuple[tuple[str, int], ...] = (
    ("[", 500),
    ("(", 1500),
    ("<", 500),
    ("*", 1500),
    ("_", 1500),
    ("`", 500),
    ('"', 3000),
    ("\\", 3000),
    ("|", 20000),
)
ON_PAGE = 20
"""A page may hold this many times what a paragraph may."""


def excess(text: Text) -> Problem | None:
    return next(_excess(text), None)


def _excess(text: Text) -> Iterator[Problem]:
    for sign, most in LIMITS:
        if text.written.count(sign) <= most:
            continue
        for start, paragraph in _paragraphs(text.written):
            if paragraph.count(sign) > most:
                place = text.place(start + paragraph.index(sign))
                yield _too_much(sign, paragraph.count(sign), most, "paragraph", place)
        if text.written.count(sign) > most * ON_PAGE:
            place = text.place(text.written.index(sign))
            yield _too_much(sign, text.written.count(sign), most * ON_PAGE, "page", place)


def _paragraphs(written: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in PARAGRAPH.finditer(written):
        yield start, written[start : gap.start()]
        start = gap.end()
    yield start, written[start:]


def _too_much(sign: str, count: int, most: int, where: str, place: Place) -> Problem:
    return error(
        "too-much-markup",
        place,
        f"{count:,} times {sign!r} in one {where}, at most {most:,} can be read",
        f"split the {where}, or take out signs that are there by accident",
    )


def deepest(text: Text) -> Problem:
    """For a text whose nesting is too deep: points at the line that is indented most."""
    lines = re.findall(r"(?m)^[ \t>]*", text.written)
    depth = max(lines, key=len, default="")
    offset = re.search(rf"(?m)^{re.escape(depth)}", text.written)
    return error(
        "nested-too-deeply",
        text.place(offset.start() if offset else 0),
        "lists, quotations or tags stand in each other too deeply",
        "take some levels out, or split the list",
    )
