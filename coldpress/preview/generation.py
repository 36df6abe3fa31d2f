"""A finished build -> what the preview shows: every output, from memory, until the next one.

A generation never changes. The next one takes its place whole, so no page is ever of two builds.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from threading import Lock
from typing import Literal
from urllib.parse import unquote_to_bytes

from msgspec import Struct, field
from msgspec.structs import replace

from coldpress.memory.session import Session, TextRow
from coldpress.model import Made, Site
from coldpress.pipeline import Built
from coldpress.problems import Problem
from coldpress.schedule import Change

Standing = Literal["live", "draft", "scheduled", "expired"]
NOT_FOUND = "404.html"
AT_HAND = 128
"""Outputs kept unpacked, so that what a browser has can be compared with what it should have."""
ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Generation(Struct, frozen=True):
    number: int
    """Counts up within one run of the preview."""
    site: Site
    made: Mapping[str, Made]
    shas: Mapping[str, str]
    """Output -> sha256."""
    sources: Mapping[str, str]
    """Output -> content file it shows, if one."""
    texts: Mapping[str, TextRow]
    advice: tuple[Problem, ...]
    changes: tuple[Change, ...]
    """When the site changes by itself, past and to come."""
    now: datetime

    @property
    def base(self) -> str:
        """Where the site begins: "/" or "/sub/path/"."""
        return f"{self.site.config.base_path}/"

    def edition_with(self, output: str) -> Generation:
        """The same, as the language of that page has it."""
        return replace(self, site=self.site.edition_with(output))

    @property
    def all_there_is_to_see(self) -> tuple[object, ...]:
        """Two builds that are alike in this look alike."""
        due = sum(change.at <= self.now for change in self.changes)
        return self.shas, self.texts, self.advice, self.changes, due

    def standing(self, output: str) -> Standing:
        """As a visitor will meet it: the preview shows every page."""
        row = self.texts.get(self.sources.get(output, ""))
        if row is None:
            return "live"
        if row.draft:
            return "draft"
        if row.expires_at is not None and row.expires_at <= self.now:
            return "expired"
        if row.publish_at is not None and row.publish_at > self.now:
            return "scheduled"
        return "live"


def generation_of(number: int, built: Built, session: Session, now: datetime) -> Generation:
    return Generation(
        number=number,
        site=built.site,
        made=built.made,
        shas=session.since.each("shas", built.rows, lambda _output, row: row.sha256),
        sources=session.since.each("files", built.rows, lambda _output, row: row.source),
        texts={**session.rows.texts, **session.rows.completed},
        advice=built.advice,
        changes=built.changes,
        now=now,
    )


# ------------------------------------------------------------------------------ addresses


class Found(Struct, frozen=True):
    output: str
    sha: str
    status: int = 200


class Moved(Struct, frozen=True):
    """`to`: the address with its slash, or the beginning of the site."""

    to: str


Answer = Found | Moved | None


def look_up(shown: Generation, path: str) -> Answer:
    """What stands at the path of a request, as a static host would say. Only what the build made
    can be found: a path is a name in a list here, never a place on the disk."""
    name = plain(path)
    if name is not None and name in ("/", shown.base[:-1]) and name != shown.base:
        return Moved(shown.base)
    if name is None or not name.startswith(shown.base):
        return lost(shown, name)
    output = name.removeprefix(shown.base)
    output += "index.html" if output.endswith("/") or not output else ""
    if output in shown.shas:
        return Found(output, shown.shas[output])
    if f"{output}/index.html" in shown.shas:
        return Moved(f"{path}/")
    return lost(shown, name)


def plain(path: str) -> str | None:
    """Without %-escapes; None when it is no address of ours, whatever a file system would make of
    it."""
    if ESCAPED.search(path):
        return None
    try:
        name = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None
    parts = name.split("/")
    sound = name.startswith("/") and name.isprintable() and "\\" not in name
    climbs = {".", ".."}.intersection(parts) or "" in parts[1:-1]
    return name if sound and not climbs else None


def lost(shown: Generation, name: str | None) -> Found | None:
    """The site's own page for it, in the language of the part of the site that was asked for; None
    when it has none."""
    lang = (name or "").removeprefix(shown.base).partition("/")[0]
    for output in (f"{lang}/{NOT_FOUND}", NOT_FOUND):
        if output in shown.shas:
            return Found(output, shown.shas[output], 404)
    return None


# ------------------------------------------------------------------------------ bytes


class Shelf(Struct):
    """The bytes of outputs by their digest, the last ones that were asked for. For all threads."""

    kept: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def content(self, shown: Generation, found: Found) -> bytes:
        content = self.at_hand(found.sha)
        if content is None:
            content = shown.made[found.output].content
            with self.lock:
                self.kept[found.sha] = content
                while len(self.kept) > AT_HAND:
                    self.kept.popitem(last=False)
        return content

    def at_hand(self, sha: str) -> bytes | None:
        with self.lock:
            if sha in self.kept:
                self.kept.move_to_end(sha)
            return self.kept.get(sha)
