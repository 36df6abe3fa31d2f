"""text of a content file -> what `new` asked for in it and nobody has written yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.problems import Place, Problem, advice, error

PROMPT = "replace this: "
"""A prompt begins with these words and ends with its line."""
FIRST = r"(?:^|[\"“'|\[(])[\s>#*_+.)\d-]*"
LEFT = re.compile(rf"{FIRST}(?P<start>(?i:replace this):)|(?P<middle>\breplace this: )")
"""Where words begin, in any case: an editor may have made a capital of it. Elsewhere exactly as it
was written, for people write "replace this" as well."""
WORDS = PROMPT[:10]
"""Without them nothing is looked at line by line. Its other letters have forms in other scripts."""
FIELD = re.compile(r"^\s*(?:- )?[\w-]+:\s+")
FENCE = "---"


def unfilled(text: str, path: str, *, draft: bool) -> Iterator[Problem]:
    """Every prompt left in a content file, with its line and column: an error on a page that goes
    live, advice on a draft."""
    if WORDS not in text.lower():
        return
    level = advice if draft else error
    fences = 0
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        fences += fences < 2 and line.rstrip() == FENCE
        column = _column(line, in_fields=fences == 1)
        if column:
            hint = "write what it asks for, or take the line out"
            place = Place(path, number, column)
            yield level("unfilled-prompt", place, "this is still to be filled in", hint)


def _column(line: str, *, in_fields: bool) -> int:
    """From 1; 0 for none. A line that starts with # is a note among the fields, a heading below."""
    if in_fields and line.lstrip().startswith("#"):
        return 0
    start = FIELD.match(line) if in_fields else None
    offset = start.end() if start else 0
    found = LEFT.search(line[offset:])
    return offset + found.start(found.lastgroup or 0) + 1 if found else 0
