"""A line of YAML -> the parts of a field or of an item of a list, as far as a pattern can tell."""

from __future__ import annotations

import re

FIELD = re.compile(r"^(\s*(?:-\s+)*)([^\s\"'#:\[{}\]-][^:\"']*)(:)(?:\s+(.*)|)$")
ITEM = re.compile(r"^(\s*(?:-\s+)+)(.*)$")
CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
NOTE = re.compile(r"(?<!\s)\s+#(?:\s.*)?$")
NOTE_BEHIND_QUOTE = re.compile(r"""(?<=["'“”‘’])\s+#(?:\s.*)?$""")


def noted(value: str) -> tuple[str, str]:
    """`Cold   # a note` -> `Cold`, `   # a note`. A # with no space behind it is no note: `#1`.
    Quotes that are closed keep what stands in them."""
    closed = CLOSED[value[0]].match(value) if value[:1] in CLOSED else None
    if closed and not (rest := value[closed.end() :]).rstrip():
        return closed[0], rest
    found = NOTE_BEHIND_QUOTE.search(value) if value[:1] in "\"'“”„‘’‚" else None
    found = found or NOTE.search(value)
    return (value[: found.start()], found[0]) if found else (value, "")
