"""A text -> every spot in it that names a page, a picture or an address, by offset.

A spot is only a candidate: whether it means one of the files that move is decided in `moves`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from coldpress.markdown.arguments import VALUE
from coldpress.markdown.directives import LINE as DIRECTIVE
from coldpress.markdown.marks import lines_of
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.schema import KINDS, FrontMatter, fields_of
from coldpress.yamlspans import Span, spans

Form = Literal["link", "picture", "id", "name", "address"]


class Spot(Struct, frozen=True):
    """`form`: a link's target, a picture's file, a page as folder/name, a page's bare name in
    `folder`, or an address of the site."""

    start: int
    end: int
    written: str
    form: Form
    folder: str = ""


FOLDERS = {kind.folder: kind.name for kind in KINDS if kind.folder in fields_of(FrontMatter)}
"""Folders whose pages are named by their bare name: conditions: [arthritis]"""
NAMED = {**{folder: folder for folder in FOLDERS}, **{one: many for many, one in FOLDERS.items()}}
"""The field that does it, of one page or of several -> the folder."""
OWN = frozenset({"aliases", "slug", "from", "address", "text"})
"""Fields that say what was, or what is the page's own."""
ANY = "|".join(kind.folder for kind in KINDS)
ID = re.compile(rf"(?:content/)?(?:{ANY})/[a-z0-9-]+(?:\.[a-z]{{2}})?(?:\.md)?")

INLINE = re.compile(
    r"(?<!\\)\]\([ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))"
)
DEFINITION = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:[ \t]*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s<]\S*))", re.M
)
TAG = re.compile(
    r"<(?:a|img)\s[^<>]*?\b(?:href|src)\s*=\s*(?:\"(?P<angle>[^\"]*)\"|'(?P<bare>[^']*)')", re.I
)
BARE = re.compile(r"<(?P<bare>https?://[^\s<>]+)>")
CODE = re.compile(r"<!--.*?-->|(?<![\\`])(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


# --------------------------------------------------------------------------- Markdown


def in_markdown(text: str) -> Iterator[Spot]:
    """Not in code, not in comments."""
    live = _live(text)
    for pattern in (INLINE, DEFINITION, TAG, BARE):
        yield from _targets(pattern, live)
    start = 0
    for line in live.split("\n"):
        yield from _arguments(line, start)
        start += len(line) + 1


def _targets(pattern: re.Pattern[str], live: str) -> Iterator[Spot]:
    for found in pattern.finditer(live):
        group = "bare" if found.groupdict().get("bare") is not None else "angle"
        if found[group]:
            yield Spot(found.start(group), found.end(group), found[group], "link")


def _live(text: str) -> str:
    """The text with everything that is not Markdown blanked, every offset kept."""
    lines = [line if live else " " * len(line) for _, line, live in lines_of(text)]
    return CODE.sub(_blank, "\n".join(lines))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _arguments(line: str, start: int) -> Iterator[Spot]:
    """What a shortcode names: `:: findings condition=arthritis`, `::: figure room.jpg "..."`"""
    directive = DIRECTIVE.match(line)
    row = SHORTCODES.get(directive["name"]) if directive else None
    if directive is None or row is None:
        return
    words = list(row.words)
    for found in VALUE.finditer(line, directive.start("rest")):
        group = "word" if found["word"] is not None else "straight"
        key = found["key"] or (words.pop(0) if words and group == "word" else "")
        if found[group] is None:
            continue
        at = (start + found.start(group), start + found.end(group), found[group].rstrip("\r"))
        if row.names.get(key) in FOLDERS:
            yield Spot(*at, "name", row.names[key])
        elif key == "src":
            yield Spot(*at, "picture")


# --------------------------------------------------------------------------- YAML


def in_yaml(text: str) -> Iterator[Spot]:
    """Raises NotReadableError."""
    for span in spans(text):
        if span.key in OWN:
            continue
        spot = _value(text, span)
        if spot is not None:
            yield spot
        else:
            yield from _links_in(text, span)


def _value(text: str, span: Span) -> Spot | None:
    """The whole value, when it names something."""
    start = text.find(span.value, span.start, span.end) if span.value else -1
    if start < 0:
        return None
    at = (start, start + len(span.value), span.value)
    if span.key in NAMED:
        return Spot(*at, "name", NAMED[span.key])
    if span.key == "src":
        return Spot(*at, "picture")
    if ID.fullmatch(span.value):
        return Spot(*at, "id")
    return Spot(*at, "address") if span.value.startswith("/") else None


def _links_in(text: str, span: Span) -> Iterator[Spot]:
    """Markdown in a field: summary, key_points."""
    for found in INLINE.finditer(text, span.start, span.end):
        group = "bare" if found["bare"] is not None else "angle"
        if found[group]:
            yield Spot(found.start(group), found.end(group), found[group], "link")
