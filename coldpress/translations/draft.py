"""an original -> the text of a translation to come: the same page with every word a prompt.

It is a draft, signed with the original as it is now: should that change while somebody translates,
the finished page is told to have fallen behind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import to_builtins

from coldpress.model import Source
from coldpress.prompts import PROMPT
from coldpress.schema import fields_of
from coldpress.schema.values import node_of, plain
from coldpress.translations.standing import WORDS, substance

SAME = frozenset({"src", "focal", "finding"})
"""Parts of a field that are no words."""
MARKS = re.compile(r"(?:\s*(?:#{1,6}|[-*+>]|\d+[.)])\s+)*\s*")
"""What stands before the words of a line: a heading's or a list's signs."""
QUOTED = re.compile(r'"([^"]+)"')
CELL = re.compile(r"(?<=\|)\s*([^|]*[^|\s:-][^|]*?)\s*(?=\|)")
WORDLESS = re.compile(r"\s*$|\s*<!--|\[[^\]]+\]:\s|\s*(?:```|~~~)|\s*(?:-{3,}|\*{3,}|:{2,})\s*$")


def draft_of(original: Source, on: date) -> str:
    lines = [
        "---",
        *_fields(original),
        "draft: true  # remove this line when the page is ready",
        "# slug: the last part of the address in this language",
        "translated:",
        f'  of: "{substance(original)}"',
        f"  on: {on}",
        "---",
    ]
    return "\n".join([*lines, *map(_line, original.body.split("\n"))]).rstrip("\n") + "\n"


def _fields(original: Source) -> Iterator[str]:
    fields = fields_of(type(original.matter))
    said = to_builtins(original.matter)
    for name in ("title", "description", *WORDS):
        if said.get(name):
            yield from _field(
                name, said[name], getattr(plain(node_of(fields[name].type)), "max_length", None)
            )


def _field(name: str, value: Any, most: int | None = None) -> Iterator[str]:
    if isinstance(value, str):
        yield f"{name}: {_quoted(asked(value)[:most])}"
    elif isinstance(value, Mapping):
        yield f"{name}:"
        yield from (f"  {key}: {_flow(one, key)}" for key, one in value.items() if one)
    else:
        yield f"{name}:"
        yield from (f"  - {_flow(one)}" for one in value)


def _flow(value: Any, name: str = "") -> str:
    """On one line, in brackets."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one, key)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _quoted(value if name in SAME else asked(value))


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _line(line: str) -> str:
    """Signs, names and files stay; what a reader sees becomes a prompt."""
    if WORDLESS.match(line):
        return line
    if line.lstrip().startswith("::"):
        return QUOTED.sub(lambda found: f'"{asked(found[1])}"', line)
    if line.lstrip().startswith("|"):
        return CELL.sub(lambda found: f" {asked(found[1])} ", line)
    marks = MARKS.match(line)
    start = marks.end() if marks else 0
    return f"{line[:start]}{asked(line[start:])}"


def asked(words: str) -> str:
    """Words to be replaced; a draft that nobody has filled in asks already."""
    return words if words.startswith(PROMPT) else f"{PROMPT}{words}"
