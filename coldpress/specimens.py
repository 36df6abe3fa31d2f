"""Templates -> what a catalogue says of them; and markup that can stand on a page many times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

SYNTAX: Mapping[str, Any] = {
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": ("jinja2.ext.do",),
}
"""How templates are written, as jinja2 calls it."""
HEAD = re.compile(r"\{#-?(.*?)-?#\}", re.DOTALL)
NAME = re.compile(r"(\w+)\(")
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+\([^)]*\))")
ID = re.compile(r'\sid="([^"]+)"')
NAMES_IDS = re.compile(r'(\s(?:id|for|popovertarget|aria-(?:labelledby|describedby))=")([^"]*)')
POINTS_AT = re.compile(r'(\shref="#|\burl\(#)([^")]+)')
GROUP = re.compile(r'(<details\b[^>]*\sname=")([^"]*)')
LABELLED = re.compile(r'(<(?:section|nav|aside|form)\b[^>]*\saria-labelledby=")([^"]*)')
UNNAMED = re.compile(r"<form\b(?![^>]*\saria-label)")
LABEL = re.compile(r'(\saria-label=")([^"]*)')
NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")


def head_of(source: str) -> str:
    """The comment a template starts with: what it is and needs. It names the macros in full, which
    the catalogue does in a line of its own."""
    found = HEAD.match(source)
    head = " ".join(found[1].split()) if found else ""
    called = signatures_of(source)
    for one in called:
        name = "" if len(called) == 1 else f"{NAME.findall(one)[0]}: "
        head = head.replace(f"{one}: ", name, 1)
    return head[:1].upper() + head[1:]


def signatures_of(source: str) -> list[str]:
    """`meter(label, rating)` for every macro, or how it is wrapped around a text."""
    found = HEAD.match(source)
    head = " ".join(found[1].split()) if found else ""
    return [called_as(macro, head) for macro in MACRO.findall(source)]


def called_as(macro: str, head: str) -> str:
    wrapped = re.search(r"\{% call " + re.escape(macro) + r" %\}.*?\{% endcall %\}", head)
    return wrapped[0] if wrapped else macro


def tag_of(*words: str) -> str:
    """Words as the end of an id."""
    return NOT_IN_AN_ID.sub("-", " ".join(words).lower()).strip("-")


def set_apart(html: str, tag: str, where: str) -> Markup:
    """The same markup with ids, groups and landmark names of its own. `tag` is also the id of what
    it stands in; `where` is said after the names."""
    own = {id: f"{id}-{tag}" for id in ID.findall(html)}
    html = NAMES_IDS.sub(lambda m: m[1] + " ".join(own.get(w, w) for w in m[2].split()), html)
    html = POINTS_AT.sub(lambda m: m[1] + own.get(m[2], m[2]), html)
    html = GROUP.sub(lambda m: f"{m[1]}{m[2]}-{tag}", html)
    html = LABELLED.sub(lambda m: f"{m[1]}{m[2]} {tag}", html)
    html = UNNAMED.sub(f'<form aria-labelledby="{tag}"', html)
    return Markup(LABEL.sub(lambda m: f"{m[1]}{m[2]} ({where})", html))
