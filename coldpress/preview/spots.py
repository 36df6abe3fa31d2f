"""A place in a content file -> words by which it can be found on the page.

A browser knows nothing of lines. It looks for the words instead: those at the place, then those of
its whole line, then the heading above it. Markup, citations and the signs that the build makes
prettier are left out on both sides.
"""

from __future__ import annotations

import re

from coldpress.model import Page
from coldpress.sentences import plain_of

HEADING = re.compile(r"^#{1,4}\s+(.*?)\s*(?:\{[^{}]*\})?$")
SPLIT = "|"
"""Between two tries; in no word."""
FEWEST = 2
"""Letters. A single sign is found everywhere."""


def words_at(page: Page, line: int, column: int = 1) -> str:
    """Tries, the best first; empty when there is nothing to look for."""
    source = page.source
    at = line - source.body_line
    lines = source.body.split("\n")
    if not 0 <= at < len(lines):
        return tries(page.title if line < source.body_line else "")
    from_here = " ".join([lines[at][max(column - 1, 0) :], *paragraph(lines[at + 1 :])])
    above = (HEADING.match(one) for one in reversed(lines[: at + 1]))
    heading = next((found[1] for found in above if found), "")
    return tries(from_here, lines[at], heading)


def paragraph(lines: list[str]) -> list[str]:
    """The lines until the next empty one."""
    end = next((n for n, one in enumerate(lines) if not one.strip()), len(lines))
    return lines[:end]


def tries(*texts: str) -> str:
    found = (" ".join(plain_of(text).text.replace(SPLIT, " ").split()[:24]) for text in texts)
    return SPLIT.join(dict.fromkeys(text for text in found if len(text) >= FEWEST))
