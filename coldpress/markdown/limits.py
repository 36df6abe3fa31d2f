"""Text that cannot be read safely, or would take Markdown minutes -> Problems.

Markdown's time grows with the square of some runs: 20,000 `[` in a row take it minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.markdown.ledger import Text
from coldpress.problems import Place, Problem, error
from coldpress.reading import HIDDEN, hidden

PARAGRAPH = re.compile(r"\n[ \t]*\n")
LIMITS: tuple[tuple[str, int, int], ...] = (
    ("[", 250, 2_500),
    ("(", 1_500, 15_000),
    ("<", 150, 1_500),
    ("*", 1_500, 15_000),
    ("_", 1_500, 15_000),
    ("`", 500, 5_000),
    ('"', 3_000, 30_000),
    ("'", 3_000, 30_000),
    ("{:", 100, 1_000),
    ("\\", 3_000, 30_000),
    ("|", 5_000, 20_000),
    ("\n", 1_000, 10_000),
    ("\n#", 500, 1_000),
    ("\n-", 1_000, 5_000),
    ("\n:", 500, 1_000),
)
"""Sign, how often it may stand in a paragraph, and on a page."""
DEEPEST = 100
"""Elements in each other. Python could follow some more, but how many hangs on who calls."""
DEEPEST_BLOCK = 20
"""Containers in each other."""
ENTITY = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}))")


def hidden_in(text: Text) -> Iterator[Problem]:
    """Characters that mean something only to this program, or turn text around: also written as
    a number, like &#xE000; (an HTML parser would make a character of it later)."""
    yield from hidden(text.written, text.place(0))
    for entity in ENTITY.finditer(text.written):
        number = int(entity[1], 16) if entity[1] else int(entity[2])
        if number <= 0x10FFFF and HIDDEN.match(chr(number)):
            yield error(
                "hidden-character",
                text.place(entity.start()),
                f"{entity[0]!r} stands for a hidden character",
                "delete it",
            )


def excess(text: Text) -> Iterator[Problem]:
    written = text.written
    for sign, in_paragraph, on_page in LIMITS:
        count = written.count(sign)
        if count > on_page:
            yield _too_much(sign, count, on_page, "page", text.place(written.index(sign)))
        if count <= in_paragraph:
            continue
        for start, paragraph in _paragraphs(written):
            count = paragraph.count(sign)
            if count > in_paragraph:
                place = text.place(start + paragraph.index(sign))
                yield _too_much(sign, count, in_paragraph, "paragraph", place)


def _paragraphs(written: str) -> Iterator[tuple[int, str]]:
    start = 0
    for gap in PARAGRAPH.finditer(written):
        yield start, written[start : gap.start()]
        start = gap.end()
    yield start, written[start:]


def _too_much(sign: str, count: int, most: int, where: str, place: Place) -> Problem:
    what = {"\n": "lines"}.get(sign, f"times {sign.strip()!r}")
    return error(
        "too-much-markup",
        place,
        f"{count:,} {what} in one {where}, at most {most:,} can be read",
        f"split the {where}, or take out signs that are there by accident",
    )


def too_deep(place: Place) -> Problem:
    message, hint = "blocks stand in each other too deeply", "close a block before the next opens"
    return error("nested-too-deeply", place, message, hint)


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
