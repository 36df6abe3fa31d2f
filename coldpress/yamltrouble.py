"""YAML that cannot be read -> what is wrong with which line, in words, and the line repaired.

YAML's own messages ("mapping values are not allowed in this context") say where the reader gave up,
not what the author did. So the lines around that spot are looked at for the usual slips. A repaired
line lets reading go on, so that one run reports every mistake of a file and not only the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coldpress.yamlindent import untabbed
from coldpress.yamllines import FIELD, ITEM
from coldpress.yamlvalue import Trouble, in_value, short

if TYPE_CHECKING:
    import yaml

NO_SPACE = re.compile(r"^(\s*(?:- +)*[A-Za-z_][\w-]*):(?=[^\s:/])")
NO_DASH_SPACE = re.compile(r"^(\s*-)(?=[^\s-])")
ODD = re.compile(
    r"^(?: *(?:-(?: |$))*(?:[A-Za-z_][\w-]*:)? *-?)([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+)"
)


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
        f"this line is not a field: {short(line.strip())}",
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
        f"this line does not fit what stands before it: {short(line.strip())}",
        "look for a missing quote, colon or dash on this line or the one above it",
    )
