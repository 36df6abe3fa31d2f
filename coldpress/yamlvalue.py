"""The value of a line of YAML -> what is wrong with it, in words, and the line repaired: signs that
mean something to YAML, quotes that do not match, a colon within.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from coldpress.yamlindent import start
from coldpress.yamllines import CLOSED, FIELD, ITEM, noted

WHOLE = re.compile(r"\[[^\[\]{}\"']*\]$|\{[^\[\]{}\"']*\}$")
"""A list or a group on one line: nothing to put right."""
CURLY = "“”„‘’‚"
SIGNS = "@`%*&!|>[]{},?"
"""Signs that mean something to YAML when a value starts with one of them."""


class Trouble(Struct, frozen=True):
    """`line` and `column` count from 0, as YAML's marks do. `repaired` is the line as it was meant,
    or empty when that cannot be known."""

    line: int
    column: int
    rule: str
    message: str
    hint: str
    repaired: str = ""


def in_value(lines: Sequence[str], number: int) -> Trouble | None:
    """A value YAML takes apart because it is not in quotes, or because its quotes do not match."""
    lead, whole = _value(lines[number])
    value, note = noted(whole)
    if not value:
        return None
    if value in ("[]", "{}"):
        return _emptied(lines, number, lead, note)
    if WHOLE.match(value):
        return None
    found = _in(number, lead, value)
    return replace(found, repaired=found.repaired + note) if found and found.repaired else found


def _emptied(lines: Sequence[str], number: int, lead: str, note: str) -> Trouble | None:
    """`redirects: []`, and then a list: nothing can stand below what is empty."""
    here, below = lines[number], lines[number + 1 :]
    first = next((line for line in below if line.strip() and line.lstrip()[0] != "#"), "")
    item = first.lstrip().startswith("- ")
    if not item and start(first) <= start(here):
        return None
    signs = here[len(lead) : len(lead) + 2]
    what = "list" if signs == "[]" else "group of fields"
    return Trouble(
        number,
        len(lead),
        "unreadable-yaml",
        f"{signs} says that this {what} is empty, and more stands below it",
        f"take the {signs} away: the {what} stands below",
        lead.rstrip() + note,
    )


def _in(number: int, lead: str, value: str) -> Trouble | None:
    first = value[0]
    if first in CURLY:
        return curly(number, lead, value)
    if first in CLOSED:
        return _quotes(number, lead, value)
    if first in SIGNS:
        return _sign(number, lead, value)
    return _colon(number, lead, value)


def _value(line: str) -> tuple[str, str]:
    """What stands before a line's value, and the value."""
    field = FIELD.match(line)
    if field and not (" " in field[2] and "-" in field[1]):  # `- Take care: ...` is a sentence
        value = field[4] or ""
        return line[: len(line) - len(value)] if value else line, value.rstrip()
    if item := ITEM.match(line):
        return item[1], item[2].rstrip()
    return line, ""


def curly(number: int, lead: str, value: str) -> Trouble:
    inner = value.strip(CURLY)
    return Trouble(
        number,
        len(lead),
        "curly-quotes",
        f"curly quotes stand around this value: {short(value)}",
        f"use straight quotes: {_quoted(inner)}",
        lead + _quoted(inner),
    )


def _quotes(number: int, lead: str, value: str) -> Trouble | None:
    closed = CLOSED[value[0]].match(value)
    inner = value.strip(value[0])
    if not closed:
        return Trouble(
            number,
            len(lead),
            "unclosed-quote",
            f"the quote that opens here is not closed: {short(value)}",
            f"end the value with the same quote: {_quoted(inner)}",
            lead + _quoted(inner),
        )
    if rest := value[closed.end() :].strip():
        return Trouble(
            number,
            len(lead) + closed.end(),
            "quote-in-quotes",
            f"text goes on after the closing quote: {short(rest)}",
            f"inside straight quotes use curly ones: {_quoted(_curled(_inner(value)))}",
            lead + _quoted(inner),
        )
    if value[0] == '"' and "\\" in value:
        return Trouble(
            number,
            len(lead) + value.index("\\"),
            "quote-in-quotes",
            "a backslash inside double quotes is a code here",
            "use single quotes around the value, or write the backslash twice",
            lead + "'" + inner.replace("'", "''") + "'",
        )
    return None


def _inner(value: str) -> str:
    """Between the first quote and the last: one more at the end belongs to the words."""
    return value[1:].removesuffix(value[0])


def _curled(inner: str) -> str:
    """`Say "hi" now` -> `Say “hi” now`"""
    return re.sub(r'"([^"]*)"', r"“\1”", inner)


def _sign(number: int, lead: str, value: str) -> Trouble:
    if value[0] in "[{" and not re.search(r"[\]}]", value):
        return Trouble(
            number,
            len(lead),
            "unclosed-bracket",
            f"the bracket that opens here is not closed: {short(value)}",
            f"close it: {value}{']' if value[0] == '[' else '}'}",
        )
    return Trouble(number, len(lead), *unquoted_sign(value), repaired=lead + _quoted(value))


def unquoted_sign(value: str) -> tuple[str, str, str]:
    """Rule, message and hint for a value that starts with one of YAML's own signs."""
    return (
        "unquoted-sign",
        f"this value starts with {value[0]!r}, which means something else here",
        f"put the value in quotes: {_quoted(value)}",
    )


def _colon(number: int, lead: str, value: str) -> Trouble | None:
    colon = re.search(r":(?=\s|$)", value)
    if not colon:
        return None
    return Trouble(
        number,
        len(lead) + colon.start(),
        "unquoted-colon",
        f"this value contains a colon and is not in quotes: {short(value)}",
        f"put the value in quotes: {_quoted(value)}",
        lead + _quoted(value),
    )


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def short(value: str) -> str:
    return value if len(value) <= 50 else value[:49].rstrip() + "…"
