"""text -> its directives: opening, closing and one-line shortcodes, checked, by offset of the line.

A directive with a mistake is reported and keeps its place in the nesting, but without a name: what
has no name is not drawn, and one mistake is not reported twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from coldpress.markdown.arguments import Reading, arguments
from coldpress.markdown.chart import Row, chart
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.limits import DEEPEST_BLOCK, too_deep
from coldpress.markdown.marks import Line
from coldpress.markdown.shortcodes import SHORTCODES, Shortcode
from coldpress.problems import Mend, Place, Problem, error, meant, nearest, one_of, sentences

Form = Literal["open", "close", "leaf"]
LINE = re.compile(r" {0,3}(?P<colons>:{2,})[ \t]*(?P<name>[^\s\"“=]*)(?P<rest>.*)$")


class Directive(Struct, frozen=True):
    form: Form
    name: str
    args: Mapping[str, Any]


NOT_DRAWN = Directive("leaf", "", {})
RAW = tuple(row for row in SHORTCODES.values() if row.raw)


def directives_in(text: Text, of_text: list[Line], ledger: Ledger) -> dict[int, Directive]:
    found: dict[int, Directive] = {}
    open_now: list[tuple[int, str]] = []
    doubtful: list[tuple[int, str]] = []
    lines = iter(of_text)
    for offset, line, live in lines:
        match = LINE.match(line) if live and "::" in line else None
        if match is None:
            continue
        found[offset] = directive = _directive(text, offset, match, ledger)
        if directive.form == "open" and SHORTCODES.get(match["name"]) in RAW:
            found |= _data_block(text, offset, directive, lines, ledger)
        elif directive.form == "open":
            found[offset] = directive = _bounded(directive, len(open_now), text, offset, ledger)
            doubtful += [one for one in open_now[-1:] if one[1] == directive.name != ""]
            open_now.append((offset, directive.name))
        elif directive.form == "close" and open_now:
            open_now.pop()
        elif directive.form == "close":
            ledger.add(_unopened(text.place(offset)))
            found[offset] = NOT_DRAWN
    return found | _left_open(open_now, doubtful, text, ledger)


def _bounded(opened: Directive, depth: int, text: Text, offset: int, ledger: Ledger) -> Directive:
    if depth == DEEPEST_BLOCK:
        ledger.add(too_deep(text.place(offset)))
    return opened if depth < DEEPEST_BLOCK else Directive("open", "", {})


def _left_open(
    open_now: list[tuple[int, str]], doubtful: list[tuple[int, str]], text: Text, ledger: Ledger
) -> dict[int, Directive]:
    """`doubtful` are blocks directly inside of which another of their own kind begins: a step
    holds no step, so it is the one whose end was forgotten, and not the block around it."""
    named = [one for one in open_now if one[1]]
    for offset, name in [*doubtful, *named][: len(named)]:
        ledger.add(_unclosed(name, text.place(offset)))
    return {offset: NOT_DRAWN for offset, _ in open_now}


def _data_block(
    text: Text, start: int, opened: Directive, lines: Iterator[Line], ledger: Ledger
) -> dict[int, Directive]:
    """Reads `lines` up to the one that closes the block: none of them is Markdown."""
    found = {start: NOT_DRAWN}
    rows: list[Row] = []
    for offset, line, _ in lines:
        found[offset] = NOT_DRAWN
        if line.strip() == ":::":
            numbers = chart(text, rows, ledger)
            if numbers is not None and opened.name:
                found[start] = Directive("leaf", opened.name, {**opened.args, **numbers})
            return found
        rows.append(Row(offset, line))
    ledger.add(_unclosed(opened.name or "chart", text.place(start)))
    return found


def _directive(text: Text, offset: int, match: re.Match[str], ledger: Ledger) -> Directive:
    name, container = match["name"], len(match["colons"]) > 2
    if container and not name and not match["rest"].strip():
        return Directive("close", "", {})
    form: Form = "open" if container else "leaf"
    place = text.place(offset + match.start("colons"))
    row = SHORTCODES.get(name)
    if row is None:
        ledger.add(_unknown(name, text, offset + match.start("name")))
        return Directive(form, "", {})
    if row.container != container:
        colons = ":::" if row.container else "::"
        mend = text.mend(offset + match.start("colons"), match["colons"], colons)
        ledger.add(_wrong_colons(name, row, place, mend))
        return Directive("open" if row.container else "leaf", "", {})
    reading = Reading(text, offset + match.start("rest"), name, row, ledger)
    args = arguments(reading, match["rest"], place)
    return Directive(form, name, args) if args is not None else Directive(form, "", {})


def _unknown(name: str, text: Text, offset: int) -> Problem:
    return error(
        "unknown-shortcode",
        text.place(offset),
        f"there is no shortcode {name!r}" if name else "the shortcode has no name",
        sentences(nearest(name, SHORTCODES), one_of(SHORTCODES)),
        text.mend(offset, name, meant(name, SHORTCODES)) if name else None,
    )


def _wrong_colons(name: str, row: Shortcode, place: Place, mend: Mend | None) -> Problem:
    takes = "three colons, and ':::' closes it" if row.container else "two colons, on one line"
    return error(
        "wrong-colons",
        place,
        f"{name!r} is written with {takes}",
        f"write it like: {row.example}",
        mend,
    )


def _unopened(place: Place) -> Problem:
    return error(
        "unopened-container",
        place,
        "':::' closes a block, but none is open here",
        "take this line out, or look for one ':::' too many above it",
    )


def _unclosed(name: str, place: Place) -> Problem:
    return error(
        "unclosed-container",
        place,
        f"the block {name!r} is never closed",
        "put a line with ':::' alone where it ends",
    )
