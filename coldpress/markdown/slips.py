"""Lines of a text -> what was begun and not finished: code without an end, tables that are none or
lose a cell, a shortcode with one colon, signs of other programs. Markdown shows such lines as they
are, or drops words."""

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
TEMPLATE = re.compile(r"(?<!\\)(?:\{\{[^{}\n]*\}\}|\{%[^%\n]*%\})")
PLUGINS = r"gallery|caption|wp_caption|embed|audio|video|playlist|(?:vc|et_pb|fusion|av)_\w+"
ARGUMENT = r"""[ ]+[\w-]+=(?:"[^"\]]*"|'[^'\]]*'|[^\s\]]+)"""
FOREIGN = re.compile(
    r"(?<!\\)\[(?:/[a-z][\w-]*|"
    rf"(?:(?:{PLUGINS})|[a-z][\w-]*(?:{ARGUMENT})+)[ ]*/?)\](?![(:])"
)
"""Calls of WordPress: `[gallery]` and its like, any with arguments, any that closes another."""
ROW = re.compile(r"\|.*\|[ ]*$")
TIGHT = re.compile(r"-[^\W\d_]")
"""An item of a list without its space; after a digit it may be a minus."""
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
        yield from _shown(text, lines, number)


def _shown(text: Text, lines: Sequence[Line], number: int) -> Iterator[Problem]:
    """What visitors would read as signs."""
    offset, line, _live = lines[number]
    if line.startswith("|"):
        yield from _bare_table(text, lines, number)
    elif TIGHT.match(line):
        yield from _tight_list(text, lines, number)
    if ("{" in line or "[" in line) and not line.startswith(("    ", "\t")):
        yield from _foreign(text, offset, line)


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


def _bare_table(text: Text, lines: Sequence[Line], first: int) -> Iterator[Problem]:
    """Rows with bars at both ends, and no line of dashes under the first."""
    offset, head, _live = lines[first]
    columns = _cells(head)
    if columns < 2 or (first and lines[first - 1][1].strip()) or not ROW.match(head):
        return
    below = lines[first + 1][1] if first + 1 < len(lines) else ""
    if ROW.match(below) and not DELIMITER.match(below) and _cells(below) == columns:
        message = "these lines look like a table, and are shown as words with bars between them"
        dashes = "|" + "---|" * columns
        mend = text.mend(offset, head, f"{head}\n{dashes}")
        hint = f"put a line {dashes} under the first row"
        yield advice("table-without-dashes", text.place(offset), message, hint, mend)


def _foreign(text: Text, offset: int, line: str) -> Iterator[Problem]:
    """Signs that only another program reads."""
    words = CODE.sub(lambda code: " " * len(code[0]), line)
    for found in TEMPLATE.finditer(words):
        message = f"{found[0]!r} is shown as it stands: a text is no template"
        hint = "write the words themselves, or put `backticks` around signs that are meant"
        yield advice("foreign-code", text.place(offset + found.start()), message, hint)
    for found in FOREIGN.finditer(words):
        message = f"{found[0]!r} is shown as it stands: nothing here reads it"
        hint = "take it out; what a text can call is in docs/editing.md"
        yield advice("foreign-code", text.place(offset + found.start()), message, hint)


def _tight_list(text: Text, lines: Sequence[Line], first: int) -> Iterator[Problem]:
    """A list is told of once, at its first line; one line alone may begin with a dash."""
    above = lines[first - 1][1] if first else ""
    below = lines[first + 1][1] if first + 1 < len(lines) else ""
    if TIGHT.match(below) and not TIGHT.match(above):
        message = "these lines look like a list but run on as one paragraph"
        hint = f"put a space behind each dash: - {below[1:]}"
        yield advice("list-without-space", text.place(lines[first][0]), message, hint)


def _cells(row: str) -> int:
    return CODE.sub("", row).strip().removeprefix("|").removesuffix("|").count("|") + 1
