"""The lines inside a chart -> its columns and rows of numbers, or every problem of them.

One column is written as YAML, `Gel pack: 14.4`; two or three as CSV, its first line the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from coldpress.markdown.ledger import Ledger, Text
from coldpress.problems import BuildError, Place, Problem, error
from coldpress.schema import Line
from coldpress.yamltext import read

MOST_ROWS = 20
MOST_COLUMNS = 3
"""Columns of numbers: more cannot be read on a phone."""
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
LEADING = re.compile(r"[+-]?\d(?:[\d.,'’\u00a0\u202f ]*\d)?")
MORE = re.compile(r"\s*(?:[-–/+]|to\b|or\b|of\b)\s*\d")
FORMS = (
    (re.compile(r"[+-]?\d+,\d{1,2}"), r"\.", "write a decimal point"),
    (re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"), r",", "write it without commas"),
    (
        re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}|[+-]?\d{1,3}(\.\d{3})+,\d+"),
        r"\.",
        "write a point before the decimals alone",
    ),
    (
        re.compile(r"[+-]?\d{1,3}(['’\u00a0\u202f ]\d{3})+([.,]\d+)?"),
        r"['’\u00a0\u202f ]",
        "write it in one piece",
    ),
)
"""Numbers as others write them; what parts their thousands; how to write them here."""
FIELD = re.compile(r'[ \t]*(?:"(?P<quoted>(?:[^"]|"")*)"[ \t]*|(?P<plain>[^,]*))(?:,|$)')


class Row(Struct, frozen=True):
    """A line of a chart, and where it begins in the text."""

    offset: int
    line: str


class Cell(Struct, frozen=True):
    words: str
    place: Place


def chart(text: Text, rows: list[Row], ledger: Ledger) -> dict[str, Any] | None:
    filled = [row for row in rows if row.line.strip()]
    if not filled:
        place = text.place(rows[0].offset if rows else 0)
        hint = "write a line for each bar, like: Gel pack: 14.4"
        ledger.add(error("empty-container", place, "the block 'chart' is empty", hint))
        return None
    before = len(ledger.problems)
    columns, cells = _of_csv(text, filled, ledger) if _csv(filled) else _of_yaml(text, rows, ledger)
    _too_many(columns, cells, ledger)
    lines = [
        {"label": head.words, "numbers": [_number(cell, ledger) for cell in numbers]}
        for head, *numbers in cells
    ]
    return {"columns": columns, "rows": lines} if len(ledger.problems) == before else None


def _csv(rows: list[Row]) -> bool:
    first = rows[0].line
    return "," in first and ": " not in first and not first.rstrip().endswith(":")


def _of_yaml(text: Text, rows: list[Row], ledger: Ledger) -> tuple[list[str], list[list[Cell]]]:
    first = text.place(rows[0].offset)
    written = "\n".join(row.line for row in rows)
    try:
        values, places = read(written, first.path, dict[Line, Line], first.line)
    except BuildError as bad:
        for problem in bad.problems:
            ledger.add(_as_bar(problem))
        return [], []
    return [], [
        [Cell(label, places.get(label, first)), Cell(words, places.get(label, first))]
        for label, words in values.items()
    ]


def _as_bar(problem: Problem) -> Problem:
    hint = "a bar is its name, a colon, a space and a number, like: Gel pack: 14.4"
    return replace(problem, hint=hint) if problem.rule == "not-a-field" else problem


def _of_csv(text: Text, rows: list[Row], ledger: Ledger) -> tuple[list[str], list[list[Cell]]]:
    head, *lines = [list(_fields(text, row)) for row in rows]
    for fields in lines:
        if len(fields) != len(head):
            message = f"this line has {len(fields)} parts, the first line has {len(head)}"
            hint = "one part for each column, with commas between"
            ledger.add(error("chart-shape", fields[0].place, message, hint))
    if not lines:
        message, hint = "the chart has a header and no numbers", "write a line for each bar"
        ledger.add(error("chart-shape", head[0].place, message, hint))
    return [cell.words for cell in head], lines


def _fields(text: Text, row: Row) -> Iterator[Cell]:
    """As CSV parts them; a field in double quotes may hold commas."""
    at, end = 0, len(row.line)
    while True:
        found = FIELD.match(row.line, at)
        if found is None:  # text behind a closing quotation mark
            yield Cell(row.line[at:].strip(), text.place(row.offset + at))
            return
        quoted = found["quoted"]
        words = found["plain"].strip() if quoted is None else quoted.replace('""', '"')
        yield Cell(words, text.place(row.offset + found.start(found.lastgroup or 0)))
        if not found[0].endswith(",") or at > end:
            return
        at = found.end()


def _too_many(columns: list[str], cells: list[list[Cell]], ledger: Ledger) -> None:
    if len(cells) > MOST_ROWS:
        message = f"the chart has {len(cells)} rows, {MOST_ROWS} at most can be taken in"
        place, hint = cells[MOST_ROWS][0].place, "leave some out, or make two charts"
    elif len(columns) > MOST_COLUMNS + 1:
        message = f"the chart has {len(columns) - 1} columns of numbers, {MOST_COLUMNS} at most"
        place, hint = cells[0][0].place, "leave some out, or make two charts"
    else:
        return
    ledger.add(error("chart-shape", place, message, hint))


def _number(cell: Cell, ledger: Ledger) -> str:
    words = cell.words.replace("−", "-")
    if not NUMBER.fullmatch(words):
        message = f"{cell.words!r} is not a number"
        ledger.add(error("chart-number", cell.place, message, _meant(words)))
    return words.removeprefix("+")


def _meant(words: str) -> str:
    found = LEADING.match(words)
    plain = _plain(found[0]) if found else ""
    rest = words[found.end() :] if found else ""
    if not plain or MORE.match(rest):
        return "write digits, like 14.4; leave a bar out when nobody measured it"
    if rest:
        return f"write {plain} alone; what it counts stands behind unit="
    return next((f"{how}: {plain}" for form, _, how in FORMS if form.fullmatch(words)), "")


def _plain(number: str) -> str:
    """Written as it is written here, or nothing when it may be two numbers."""
    if NUMBER.fullmatch(number):
        return number
    for form, thousands, _ in FORMS:
        if form.fullmatch(number):
            return re.sub(thousands, "", number).replace(",", ".")
    return ""
