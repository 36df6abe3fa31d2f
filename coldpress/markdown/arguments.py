"""What stands after a directive's name -> its arguments, typed and checked, or None."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from coldpress.fieldtypes import choices, shape_of
from coldpress.markdown.ledger import Ledger, Text
from coldpress.markdown.pictures import Wanted, picture
from coldpress.markdown.shortcodes import Shortcode
from coldpress.markdown.typography import curly
from coldpress.problems import Place, Problem, error, meant, nearest, one_of, sentences
from coldpress.schema import Misfit, fields_of, fitted

VALUE = re.compile(
    r"""(?:(?P<key>[^\s"“=]+)=)?
        (?:"(?P<straight>(?:\\.|[^"\\])*)"|“(?P<curly>[^”]*)”|(?P<word>[^\s"“]+))""",
    re.VERBOSE,
)


class Reading(Struct, frozen=True):
    """A directive's line, from after its name."""

    text: Text
    offset: int
    name: str
    row: Shortcode
    ledger: Ledger

    def place(self, start: int) -> Place:
        return self.text.place(self.offset + start)


class Given(Struct, frozen=True):
    """A value and its place. `key` is empty when there was no room left for it."""

    key: str
    value: str
    place: Place
    written: str
    quoted: bool
    at: int
    """Of its first letter, in the text."""


def arguments(reading: Reading, rest: str, place: Place) -> Mapping[str, Any] | None:
    """`place` is where the directive starts: for what is missing."""
    given = list(_given(reading, rest))
    problems = list(_unreadable(reading, rest)) or list(_misfits(reading, given))
    values = {one.key: one.value for one in given}
    places = {one.key: one.place for one in given}
    if not problems:
        problems += _untyped(reading, given, place)
    for problem in problems:
        reading.ledger.add(problem)
    if problems:
        return None
    full = asdict(fitted(values, reading.row.args)[0])
    return full if reading.name != "figure" else _figure(reading, full, places.get("src", place))


def _given(reading: Reading, rest: str) -> Iterator[Given]:
    words, quoted = list(reading.row.words), list(reading.row.quoted)
    for found in VALUE.finditer(rest):
        in_quotes = found["word"] is None
        queue = quoted or words if in_quotes else words
        key = found["key"] or (queue[0] if queue else "")
        words, quoted = [w for w in words if w != key], [q for q in quoted if q != key]
        place, at = reading.place(found.start()), reading.offset + found.start()
        yield Given(key, _value(found), place, found[0], in_quotes, at)


def _value(found: re.Match[str]) -> str:
    if found["straight"] is not None:
        return curly(re.sub(r"\\(.)", r"\1", found["straight"]).strip())
    return (found["curly"] or found["word"] or "").strip()


def _unreadable(reading: Reading, rest: str) -> Iterator[Problem]:
    left = VALUE.sub(lambda found: " " * len(found[0]), rest)
    if left.strip():
        start = len(left) - len(left.lstrip())
        yield error(
            "wrong-argument",
            reading.place(start),
            "a quotation mark is missing",
            f"write it like: {reading.row.example}",
        )


def _misfits(reading: Reading, given: list[Given]) -> Iterator[Problem]:
    """Values with no room, names that do not exist, names given twice."""
    allowed = list(fields_of(reading.row.args))
    seen: set[str] = set()
    for one in given:
        if not one.key:
            yield _no_room(reading, one)
            return
        if one.key not in allowed:
            yield error(
                "unknown-argument",
                one.place,
                f"{reading.name!r} has no argument {one.key!r}",
                sentences(
                    nearest(one.key, allowed),
                    one_of(allowed) if allowed else f"write it like: {reading.row.example}",
                ),
                reading.text.mend(one.at, one.key, meant(one.key, set(allowed) - seen)),
            )
        if one.key in seen:
            message = f"{one.key!r} is given twice"
            yield error("doubled-argument", one.place, message, "keep one of them")
        seen.add(one.key)


def _no_room(reading: Reading, one: Given) -> Problem:
    return error(
        "unknown-argument",
        one.place,
        f"{reading.name!r} has no use for {one.written!r}",
        sentences(
            "" if one.quoted or not reading.row.quoted else "put the words in double quotes",
            f"write it like: {reading.row.example}",
        ),
    )


def _untyped(reading: Reading, given: list[Given], place: Place) -> list[Problem]:
    values = {one.key: one.value for one in given}
    places = {one.key: one.place for one in given}
    if misfits := fitted(values, reading.row.args)[1]:
        return [_typed(reading, one, places, place) for one in misfits]
    if reading.name == "findings" and len(values) != 1:
        message = "'findings' takes one of condition, mechanism or method"
        hint = f"write it like: {reading.row.example}"
        return [error("missing-argument", place, message, hint)]
    return [
        _not_known(kind, one, known, reading.text)
        for one in given
        if (kind := reading.row.names.get(one.key))
        and one.value not in (known := _known(reading, kind))
    ]


def _typed(reading: Reading, wrong: Misfit, places: Mapping[str, Place], place: Place) -> Problem:
    key = str(wrong.loc[0])
    if wrong.why == "missing" or not wrong.given:
        return error(
            "missing-argument",
            places.get(key, place),
            f"{reading.name!r} needs a {key}",
            f"write it like: {reading.row.example}",
        )
    return error(
        "wrong-argument",
        places.get(key, place),
        f"{wrong.given!r} is no {key} of {reading.name!r}",
        f"allowed: {_wanted(reading, wrong)}",
    )


def _wanted(reading: Reading, wrong: Misfit) -> str:
    """What an argument asks for, in words."""
    if wrong.why == "choice":
        field = fields_of(reading.row.args)[str(wrong.loc[0])]
        *others, last = map(repr, choices(field.type))
        return f"{', '.join(others)} or {last}" if others else last
    return shape_of(wrong.wanted, "text on one line")


def _known(reading: Reading, kind: str) -> AbstractSet[str]:
    known = reading.ledger.known
    tables: dict[str, AbstractSet[str]] = {
        "diagrams": known.diagrams,
        "findings": known.findings,
        "references": known.references,
        "folders": frozenset(known.names),
    }
    return tables[kind] if kind in tables else known.in_folder(kind)


def _not_known(kind: str, one: Given, known: AbstractSet[str], text: Text) -> Problem:
    value, place = one.value, one.place
    mend = text.mend(one.at + max(one.written.rfind(value), 0), value, meant(value, known))
    if kind == "references":
        hint = nearest(value, known) or "keys stand in content/data/references.yaml"
        return error("unknown-citation", place, f"there is no reference {value!r}", hint, mend)
    listed = one_of(known) if 0 < len(known) <= 12 else WHERE.get(kind, "")
    return error(
        "unknown-name",
        place,
        f"there is no {kind.removesuffix('s')} {value!r}",
        sentences(nearest(value, known), listed or f"they are the files in content/{kind}/"),
        mend,
    )


WHERE: Mapping[str, str] = {
    "findings": "their names stand in content/data/findings.yaml",
    "diagrams": "they are the files in templates/diagrams/",
}
"""Where there are too many names to list them, or none."""


def _figure(reading: Reading, args: dict[str, Any], place: Place) -> dict[str, Any] | None:
    wanted = Wanted(
        args["src"],
        args["alt"],
        bool(args["decorative"]),
        place,
        f"::: figure {args['src']} decorative",
    )
    path = picture(wanted, reading.ledger)
    if path is None:
        return None
    return {
        "src": path,
        "alt": args["alt"],
        "decorative": bool(args["decorative"]),
        "classes": "",
        "focal": args["focal"],
    }
