"""text -> its directives: opening, closing and one-line shortcodes, checked, by offset of the line.

A directive with a mistake is reported and keeps its place in the nesting, but without a name: what
has no name is not drawn, and one mistake is not reported twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from coldpress.markdown.arguments import Reading, arguments
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.marks import lines_of
from coldpress.markdown.shortcodes import SHORTCODES, Shortcode
from coldpress.problems import Place, Problem, error, nearest, one_of, sentences

Form = Literal["open", "close", "leaf"]
LINE = re.compile(r" {0,3}(?P<colons>:{2,})[ \t]*(?P<name>[^\s\"“=]*)(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Directive:
    form: Form
    name: str
    args: Mapping[str, Any]


def directives_in(text: Text, ledger: Ledger) -> dict[int, Directive]:
    found: dict[int, Directive] = {}
    open_now: list[tuple[int, str]] = []
    for offset, line, live in lines_of(text.written):
        match = LINE.match(line) if live else None
        if match is None:
            continue
        found[offset] = directive = _directive(text, offset, match, ledger)
        if directive.form == "open":
            open_now.append((offset, directive.name))
        elif directive.form == "close" and open_now:
            open_now.pop()
        elif directive.form == "close":
            ledger.add(_unopened(text.place(offset)))
            found[offset] = Directive("leaf", "", {})
    for offset, name in open_now:
        found[offset] = Directive("leaf", "", {})
        if name:
            ledger.add(_unclosed(name, text.place(offset)))
    return found


def _directive(text: Text, offset: int, match: re.Match[str], ledger: Ledger) -> Directive:
    name, container = match["name"], len(match["colons"]) > 2
    if container and not name and not match["rest"].strip():
        return Directive("close", "", {})
    form: Form = "open" if container else "leaf"
    place = text.place(offset + match.start("colons"))
    row = SHORTCODES.get(name)
    if row is None:
        ledger.add(_unknown(name, text.place(offset + match.start("name"))))
        return Directive(form, "", {})
    if row.container != container:
        ledger.add(_wrong_colons(name, row, place))
        return Directive("open" if row.container else "leaf", "", {})
    reading = Reading(text, offset + match.start("rest"), name, row, ledger)
    args = arguments(reading, match["rest"], place)
    return Directive(form, name, args) if args is not None else Directive(form, "", {})


def _unknown(name: str, place: Place) -> Problem:
    return error(
        "unknown-shortcode",
        place,
        f"there is no shortcode {name!r}" if name else "the shortcode has no name",
        sentences(nearest(name, SHORTCODES), one_of(SHORTCODES)),
    )


def _wrong_colons(name: str, row: Shortcode, place: Place) -> Problem:
    takes = "three colons, and ':::' closes it" if row.container else "two colons, on one line"
    return error(
        "wrong-colons",
        place,
        f"{name!r} is written with {takes}",
        f"write it like: {row.example}",
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
