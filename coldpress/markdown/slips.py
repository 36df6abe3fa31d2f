"""Lines of a text -> what was begun and not finished: code without an end, tables that are none or
lose a cell, a shortcode with one colon. Markdown shows such lines as they are, or drops words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from coldpress.markdown.ledger import Text
from coldpress.markdown.marks import FENCE, HEADING, Line
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.problems import Problem, advice, error

DELIMITER = re.compile(r" {0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")
CODE = re.compile(r"(`+)(?:(?!\1).)*\1|\\\|")
"""A bar in code, or behind a backslash, parts no cells."""
WORDS = r"(?: +[\w-]+(?:=\S+)?)?"
BLOCKS = "|".join(name for name, row in SHORTCODES.items() if row.container)
LEAVES = "|".join(name for name, row in SHORTCODES.items() if not row.container)
ONE_COLON = re.compile(rf": *(?:(?P<leaf>{LEAVES}){WORDS}|(?P<block>{BLOCKS}) +[\"“].*[\"”].*)$")


def slips_in(text: Text, lines: Sequence[Line], directives: Collection[int]) -> Iterator[Problem]:
    """`directives`: offsets of the lines that are taken already."""
    for number, (offset, line, live) in enumerate(lines):
        if not live or offset in directives:
            continue
        if line.startswith(("```", "~~~")):
            yield from _code(text, offset, line)
        if line.startswith(":"):
            yield from _colon(text, offset, line)
        if "|" in line and DELIMITER.match(line) and number:
            yield from _table(text, lines, number, directives)


def _code(text: Text, offset: int, line: str) -> Iterator[Problem]:
    fence = FENCE.match(line)
    if fence and fence[1][0] not in line[fence.end() :]:
        message = "the block of code that begins here is never closed"
        hint = f"put a line with {fence[1]!r} alone where it ends"
        yield error("unclosed-code", text.place(offset), message, hint)


def _colon(text: Text, offset: int, line: str) -> Iterator[Problem]:
    found = ONE_COLON.match(line)
    if found is None:
        return
    name = found["leaf"] or found["block"]
    colons = "::" if found["leaf"] else ":::"
    yield error(
        "wrong-colons",
        text.place(offset),
        f"{name!r} is written with {'two' if found['leaf'] else 'three'} colons",
        f"write it like: {SHORTCODES[name].example}",
        text.mend(offset, ":", colons),
    )


def _table(
    text: Text, lines: Sequence[Line], delimiter: int, directives: Collection[int]
) -> Iterator[Problem]:
    """`delimiter`: number of the line of dashes under a table's first row."""
    offset, head, _live = lines[delimiter - 1]
    if "|" not in head:
        return
    above = lines[delimiter - 2] if delimiter > 1 else (0, "", True)
    if above[1].strip() and above[0] not in directives and not HEADING.match(above[1]):
        message = "these lines look like a table but run on as one paragraph"
        mend = text.mend(offset, head, f"\n{head}")
        hint = "put an empty line above the table"
        yield advice("table-without-blank-line", text.place(offset), message, hint, mend)
        return
    columns = _cells(head)
    for at, row, _live in lines[delimiter + 1 :]:
        if not row.strip():
            return
        if (cells := _cells(row)) > columns:
            message = f"this row has {cells} cells and its table {columns} columns"
            hint = "take a | out, or write \\| for one that is part of the words"
            yield error("lost-cell", text.place(at), message, hint)


def _cells(row: str) -> int:
    return CODE.sub("", row).strip().removeprefix("|").removesuffix("|").count("|") + 1
