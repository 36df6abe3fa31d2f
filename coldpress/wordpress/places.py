"""Finished texts -> the same, in which every link to a place within a page finds it.

Only when all pages are written is it known which of their places survived, and which of them
anything leads to: the names of the others would only be in the writer's way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from msgspec import Struct, field

from coldpress.markdown.known import beside
from coldpress.wordpress.links import ANCHOR

LEADS_TO = re.compile(rf"\]\(([^()\s#]*)#({ANCHOR}[a-z0-9-]+)\)")
PLACE = re.compile(rf"[ \n]\{{: #({ANCHOR}[a-z0-9-]+) \}}$", re.MULTILINE)


class Places(Struct):
    """`found`: path -> the places in its text; the other two are filled in on the way."""

    found: Mapping[str, frozenset[str]]
    wanted: set[tuple[str, str]] = field(default_factory=set)
    loose: dict[str, list[str]] = field(default_factory=dict)


def without_loose_ends(
    texts: Mapping[str, str], fixed: Mapping[str, str]
) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    """The texts by path; and by path the links whose place was not found. `fixed`: texts that stay
    as they are, whatever `texts` says of them."""
    found = {path: fixed.get(path, text) for path, text in texts.items()}
    places = Places({path: frozenset(PLACE.findall(text)) for path, text in found.items()})
    linked = {path: LEADS_TO.sub(partial(_link, places, path), t) for path, t in texts.items()}
    named = {path: PLACE.sub(partial(_place, places, path), t) for path, t in linked.items()}
    return named, places.loose


def _link(places: Places, path: str, found: re.Match[str]) -> str:
    target = beside(path, found[1]) if found[1] else path
    if found[2] in places.found.get(target, ()):
        places.wanted.add((target, found[2]))
        return found[0]
    places.loose.setdefault(path, []).append(f"{found[1]}#{found[2].removeprefix(ANCHOR)}")
    return f"]({found[1] or path.rpartition('/')[2]})"


def _place(places: Places, path: str, found: re.Match[str]) -> str:
    return found[0] if (path, found[1]) in places.wanted else ""
