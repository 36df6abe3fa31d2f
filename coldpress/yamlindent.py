"""A line of YAML that is indented with tabs -> the same line with the spaces that were meant.

A tab is two columns to one editor and four or eight to another. The lines above tell which: the
line has to begin where one of them does, or two columns further in under a name without a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

DASHES = re.compile(r"\s*(?:-\s+)*")
WIDTHS = (2, 4, 8)


def untabbed(lines: Sequence[str], number: int) -> tuple[str, bool]:
    """The line, and whether it fits where it stands now."""
    line = lines[number]
    margin, rest = line[: indent(line)], line.lstrip()
    item = rest.startswith("- ")
    fitting = set(_columns(lines[:number], item=item))
    for width in WIDTHS:
        spaces = sum(width if sign == "\t" else 1 for sign in margin)
        if spaces in fitting:
            return " " * spaces + rest, True
    return margin.replace("\t", "  ") + rest, False


def indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def start(line: str) -> int:
    """Column of a line's name: what comes after `- ` belongs to the item."""
    found = DASHES.match(line)
    return found.end() if found else 0


def _columns(above: Sequence[str], *, item: bool) -> Iterator[int]:
    """Where a field, or an item of a list, may begin below these lines."""
    written = [line for line in above if line.strip() and not line.lstrip().startswith("#")]
    if not written:
        yield 0
        return
    last = written[-1]
    opens = last.rstrip().endswith(":")
    if opens:
        yield start(last) + 2
    limit = len(last)
    for number, line in enumerate(reversed(written)):
        above_it = opens and number == 0
        if indent(line) > limit:
            continue
        if item and (line.lstrip().startswith("- ") or above_it):
            yield indent(line)
        elif not item and start(line) <= limit and not above_it:
            yield start(line)
        limit = indent(line)
