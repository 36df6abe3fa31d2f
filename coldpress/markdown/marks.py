"""text -> the same text with invisible marks that bring positions through Markdown.

Python-Markdown keeps no positions. So every spot that may be talked about later (a link, a tag, an
attribute list, a heading) is preceded by its offset, written in private-use characters. Whoever
makes an element from such a spot moves the mark into the attribute `_at`; `bare` takes out marks
nobody used (code, plain brackets). Directive lines become *tokens*: paragraphs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import TypeAlias

Line: TypeAlias = "tuple[int, str, bool]"
"""Its offset, its text without its end, and whether it is live: not in a fence or a comment."""

ATTRIBUTE = "_at"
TOKEN = re.compile("\ue000([0-9]+)\ue001")
MARK = re.compile("\ue002([0-9]+)\ue003")
HEADING_MARK = re.compile("\ue004([0-9]+)\ue003")
OFFSET = re.compile("[\ue002\ue004]([0-9]+)")
UNUSED = re.compile(f' {ATTRIBUTE}="?\ue002[0-9]+(?:\ue005"? |\ue003"?)|[\ue002\ue004][0-9]+\ue003')

FENCE = re.compile(r"(`{3,}|~{3,})")
DEFINITION = re.compile(r" {0,3}\*?\[[^\]\n]*\]:")
HEADING = re.compile(r"#{1,6}[ \t]*")
UNDERLINE = re.compile(r"(?:=+|-+)[ ]*$")
SPOT = re.compile(r"\\.|!\[|\[|<[A-Za-z][A-Za-z0-9-]*(?=[\s/>]|$)|\{:")
"""Every way in begins with a letter of its own, so that the search can leap: 0.02 ms of a page; as
named groups it was 0.27. What is escaped is found too, to leave it alone."""


def token(offset: int) -> str:
    """Stands for what was written at `offset`: a citation or a directive."""
    return f"\ue000{offset}\ue001"


def bare(text: str) -> str:
    return UNUSED.sub("", text) if "\ue002" in text or "\ue004" in text else text


def offset_in(value: str) -> int | None:
    found = OFFSET.search(value)
    return int(found[1]) if found else None


def lines_of(text: str) -> list[Line]:
    lines = text.split("\n")
    if "```" in text or "~~~" in text or "<!--" in text:
        return list(_with_fences(lines))
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    return [(start, line, True) for start, line in zip(starts, lines, strict=False)]


def _with_fences(lines: list[str]) -> Iterator[Line]:
    last = {line.rstrip(): number for number, line in enumerate(lines) if FENCE.match(line)}
    last["-->"] = max((n for n, line in enumerate(lines) if "-->" in line), default=-1)
    offset, closing = 0, ""
    for number, line in enumerate(lines):
        live = not closing
        if closing:
            closes = "-->" in line if closing == "-->" else line.rstrip() == closing
            closing = "" if closes else closing
        else:
            closing = _opens(line)
            closing = closing if last.get(closing, -1) > number else ""
            live = not FENCE.match(closing)
        yield offset, line, live
        offset += len(line) + 1


def _opens(line: str) -> str:
    """What closes the fence or the comment that this line opens, if it opens one."""
    fence = FENCE.match(line)
    if fence:
        return fence[1]
    start = line.rfind("<!--")
    return "-->" if start >= 0 and "-->" not in line[start:] else ""


def marked(lines: Sequence[Line], directives: Mapping[int, object]) -> str:
    """`directives`: offsets of the lines that are directives."""
    out: list[str] = []
    for number, (offset, line, live) in enumerate(lines):
        if not live:
            out.append(line)
        elif offset in directives:
            out.append(f"\n{token(offset)}\n")
        else:
            below = lines[number + 1][1] if number + 1 < len(lines) else ""
            above = lines[number - 1][1] if number else ""
            out.append(_marked_line(offset, line, _underlined(above, line, below)))
    return "\n".join(out)


def _underlined(above: str, line: str, below: str) -> bool:
    """A heading of the older form: words, then === or --- under them."""
    return bool(UNDERLINE.match(below)) and line[:1].isalpha() and not above.strip()


def _marked_line(offset: int, line: str, underlined: bool) -> str:
    if not (underlined or "[" in line or "<" in line or "{:" in line or line[:1] == "#"):
        return line
    heading = HEADING.match(line)
    start = heading.end() if heading else 0
    lead = f"\ue004{offset}\ue003" if heading or underlined else ""
    definition = DEFINITION.match(line)
    if definition:
        start = definition.end()
    return line[:start] + lead + "".join(_marked_spots(offset, line, start))


def _marked_spots(offset: int, line: str, start: int) -> Iterator[str]:
    done = start
    for spot in SPOT.finditer(line, start):
        at = f"\ue002{offset + spot.start()}"
        bracket = spot[0].endswith("[")
        if spot[0].startswith("\\") or (bracket and _second(line, spot.start())):
            continue
        if bracket:
            yield f"{line[done : spot.start()]}{at}\ue003"
            done = spot.start()
        else:
            tight = spot.end() < len(line) and line[spot.end()] not in " \t>"
            yield f"{line[done : spot.end()]} {ATTRIBUTE}={at}" + ("\ue005 " if tight else "\ue003")
            done = spot.end()
    yield line[done:]


def _second(line: str, start: int) -> bool:
    """The `[` of `][`: a mark there would part a link from the name of its address."""
    return start > 0 and line[start - 1] == "]"
