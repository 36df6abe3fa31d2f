"""YAML that cannot be read -> what is wrong with which line, in words, and the line repaired.

YAML's own messages ("mapping values are not allowed in this context") say where the reader gave up,
not what the author did. So the lines around that spot are looked at for the usual slips. A repaired
line lets reading go on, so that one run reports every mistake of a file and not only the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from coldpress.yamlindent import start, untabbed
from coldpress.yamllines import CLOSED, FIELD, ITEM, noted

if TYPE_CHECKING:
    import yaml

NO_SPACE = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*):(?=[^\s:/])")
NO_DASH_SPACE = re.compile(r"^(\s*-)(?=[^\s-])")
ODD = re.compile(
    r"^(?: *(?:-(?: |$))*(?:[A-Za-z_][\w-]*:)? *-?)([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
)
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


def diagnose(lines: Sequence[str], failure: yaml.YAMLError) -> Trouble:
    """What is wrong, from the spot where the reader gave up and the lines around it."""
    at, start = _spots(lines, failure)
    for number in _nearby(lines, at, start):
        found = (
            tab(lines, number)
            or odd_space(lines, number)
            or in_value(lines, number)
            or missing_space(lines, number)
            or not_a_field(lines, number, failure)
        )
        if found:
            return found
    return _open_quote(lines, at) or _indentation(lines, at) or _unknown(lines, at)


def _spots(lines: Sequence[str], failure: yaml.YAMLError) -> tuple[int, int]:
    """Lines on which reading stopped, and on which the thing being read began."""
    end = getattr(failure, "problem_mark", None)
    start = getattr(failure, "context_mark", None)
    context = getattr(failure, "context", None) or ""
    scanning = "scanning" in context or "flow" in context
    last = len(lines) - 1
    at = min(end.line, last) if end else 0
    return at, min(start.line, last) if start and scanning else at


def _nearby(lines: Sequence[str], at: int, start: int) -> Iterator[int]:
    above = range(at - 1, -1, -1)
    before = next((n for n in above if lines[n].strip() and lines[n].lstrip()[0] != "#"), at)
    yield from dict.fromkeys((start, at, before))


def tab(lines: Sequence[str], number: int) -> Trouble | None:
    line = lines[number]
    margin = line[: len(line) - len(line.lstrip())]
    if "\t" not in margin:
        return None
    return Trouble(
        number,
        margin.index("\t"),
        "tab-indent",
        "this line is indented with a tab",
        "use spaces: two for each step",
        untabbed(lines, number)[0],
    )


def odd_space(lines: Sequence[str], number: int) -> Trouble | None:
    """A space that looks like one and is none to YAML, as web pages and word processors have it."""
    line = lines[number]
    found = ODD.match(line)
    if found is None:
        return None
    spot, end = found.span(1)
    return Trouble(
        number,
        spot,
        "odd-space",
        "a space of another kind stands here, which comes with text copied from elsewhere",
        "delete it and type a space",
        line[:spot] + " " * (end - spot) + line[end:],
    )


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
        f"curly quotes stand around this value: {_short(value)}",
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
            f"the quote that opens here is not closed: {_short(value)}",
            f"end the value with the same quote: {_quoted(inner)}",
            lead + _quoted(inner),
        )
    if rest := value[closed.end() :].strip():
        return Trouble(
            number,
            len(lead) + closed.end(),
            "quote-in-quotes",
            f"text goes on after the closing quote: {_short(rest)}",
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
            f"the bracket that opens here is not closed: {_short(value)}",
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
        f"this value contains a colon and is not in quotes: {_short(value)}",
        f"put the value in quotes: {_quoted(value)}",
        lead + _quoted(value),
    )


def missing_space(lines: Sequence[str], number: int) -> Trouble | None:
    line = lines[number]
    for pattern, what in ((NO_SPACE, "colon"), (NO_DASH_SPACE, "dash")):
        if found := pattern.match(line):
            cut = found.end()
            repaired = f"{line[:cut]} {line[cut:]}"
            return Trouble(
                number,
                cut - 1,
                "missing-space",
                f"a space is missing after the {what}",
                f"write it like this: {repaired.strip()}",
                repaired,
            )
    return None


def not_a_field(
    lines: Sequence[str], number: int, failure: yaml.YAMLError | None = None
) -> Trouble | None:
    """A line of plain text where a field is expected. `failure`: only when it says the same."""
    line = lines[number]
    said = failure is None or "could not find expected ':'" in str(failure)
    if not said or not line.strip() or line[0].isspace() or FIELD.match(line) or ITEM.match(line):
        return None
    return Trouble(
        number,
        0,
        "not-a-field",
        f"this line is not a field: {_short(line.strip())}",
        "a field is a name, a colon, a space and a value",
    )


def _open_quote(lines: Sequence[str], at: int) -> Trouble | None:
    """A quote left open swallows the lines after it, so YAML stumbles far below the mistake."""
    for number in range(at, -1, -1):
        found = in_value(lines, number)
        if found and found.rule == "unclosed-quote":
            return found
    return None


def _indentation(lines: Sequence[str], at: int) -> Trouble | None:
    line = lines[at]
    if not (FIELD.match(line) or ITEM.match(line)):
        return None
    return Trouble(
        at,
        len(line) - len(line.lstrip()),
        "bad-indentation",
        "this line is not indented like the ones it belongs with",
        "start the fields of one group in the same column; items of a list go two spaces in",
    )


def _unknown(lines: Sequence[str], at: int) -> Trouble:
    line = lines[at]
    return Trouble(
        at,
        len(line) - len(line.lstrip()),
        "unreadable-yaml",
        f"this line does not fit what stands before it: {_short(line.strip())}",
        "look for a missing quote, colon or dash on this line or the one above it",
    )


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _short(value: str) -> str:
    return value if len(value) <= 50 else value[:49].rstrip() + "…"
