"""Markdown -> the same text with what is not prose blanked, character for character.

Every offset stays where it was, so what is found in the rest can be shown in the file.
"""

from __future__ import annotations

import re

INLINE = re.compile(
    r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
    r"|(?:https?://|www\.)[^\s)>\]]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\[\^[^\]\s]+\]:?"
    r"|(?<=\])\[[^\]\n]*\]"
    r"|&(?:\w+|#\d+);",
    re.IGNORECASE,
)
"""Code, bare addresses, footnote marks, the label of a link, entities."""
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
"""Over several lines too; of one line, sentences.py takes them out as well."""
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
DEFINITION = re.compile(r" {0,3}(?:\[[^\]]+\]:\s|\*\[[^\]]+\]:)")
RULE = re.compile(r" {0,3}(?:=+|(?:[-*_][ \t]*){3,})$")
"""A line across the page, or the line under a heading."""
RULER = re.compile(r"[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$")
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s")
CHART = re.compile(r" {0,3}:{3,}[ \t]*chart\b")
CLOSE = re.compile(r" {0,3}:{3,}[ \t]*$")
DOT = "·"
"""Stands for what a reader sees and nobody should spell: it is no word, and ends no sentence."""


def masked(text: str) -> str:
    """Charts, fences, comments and the like become spaces; code and addresses become dots."""
    lines = COMMENT.sub(_blank, text).split("\n")
    for number in {*_not_prose(lines), *_indented(text.split("\n"))}:
        lines[number] = " " * len(lines[number])
    prose = TAG.sub(_blank, "\n".join(lines))
    return INLINE.sub(lambda found: re.sub(r"\S", DOT, found[0]), prose)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _not_prose(lines: list[str]) -> set[int]:
    return {*_fenced(lines), *_bare_tables(lines), *_single(lines)}


def _fenced(lines: list[str]) -> list[int]:
    """Lines of code between fences, and of figures inside a chart, which is no Markdown."""
    found: list[int] = []
    end: str | re.Pattern[str] = ""
    for number, line in enumerate(lines):
        if isinstance(end, re.Pattern):
            if CLOSE.match(line):
                end = ""
            else:
                found.append(number)
        elif end:
            found.append(number)
            end = "" if line.strip().startswith(end) else end
        elif fence := FENCE.match(line):
            found.append(number)
            end = fence[1]
        elif CHART.match(line):
            end = CLOSE
    return found


def _indented(lines: list[str]) -> list[int]:
    """Four spaces after an empty line are code, but not under an item of a list."""
    found: list[int] = []
    listed = after_gap = False
    for number, line in enumerate(lines):
        if not line.strip():
            after_gap = True
        elif line.startswith(("    ", "\t")):
            if not listed and (after_gap or number - 1 in found):
                found.append(number)
        else:
            listed, after_gap = ITEM.match(line) is not None, False
    return found


def _bare_tables(lines: list[str]) -> list[int]:
    """Tables without a bar at the start of their rows."""
    found: list[int] = []
    for number, line in enumerate(lines):
        if number and RULER.match(line) and not lines[number - 1].lstrip().startswith("|"):
            end = next((n for n in range(number, len(lines)) if not lines[n].strip()), len(lines))
            found += range(number - 1, end)
    return found


def _single(lines: list[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if DEFINITION.match(line) or RULE.match(line)]
