"""What is learned about a page while it is converted: problems, links, citations, headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from msgspec import Struct, field

from coldpress.markdown.known import Known
from coldpress.model import Heading, WrittenLink
from coldpress.problems import Mend, Place, Problem
from coldpress.slugs import slug_from

ADDRESS = re.compile(r"!?\[(?:[^\[\]\\\n]|\n(?!\n)|\\.)*\]\(<?")


class Text(Struct, frozen=True, dict=True):
    """Markdown as written, and where it stands: a page's body, or one string of front matter
    (`fixed`: the place of that string, for everything in it)."""

    written: str
    path: str
    line: int = 1
    fixed: Place | None = None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.written))]

    def place(self, offset: int) -> Place:
        if self.fixed is not None:
            return self.fixed.within(self.written, offset)
        line = bisect_right(self._starts, offset) - 1
        return Place(self.path, self.line + line, offset - self._starts[line] + 1)

    def mend(self, offset: int, was: str, becomes: str) -> Mend | None:
        """None when there is nothing to write, or the place of `was` is not known."""
        place = self.place(offset)
        known = becomes and place != self.fixed and self.written.startswith(was, offset)
        return Mend(place, was, becomes) if known else None

    def address_at(self, offset: int, written: str) -> Place | None:
        """Where the address of the link or picture at `offset` begins, in the form
        `[words](address`; None when it is written otherwise."""
        opening = ADDRESS.match(self.written, offset)
        if opening is None or not self.written.startswith(written, opening.end()):
            return None
        place = self.place(opening.end())
        return place if place != self.fixed else None

    def rest_of_line(self, offset: int) -> str:
        end = self.written.find("\n", offset)
        return self.written[offset:] if end < 0 else self.written[offset:end]


class Ledger(Struct):
    """Lives as long as one call of `convert`; dicts stand in for ordered sets."""

    known: Known
    path: str
    problems: list[Problem] = field(default_factory=list)
    links: list[WrittenLink] = field(default_factory=list)
    citations: dict[str, None] = field(default_factory=dict)
    terms: dict[str, None] = field(default_factory=dict)
    media: dict[str, None] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    used: dict[str, int] = field(default_factory=dict)
    """Id made from words -> the last number given to it."""

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def told_at(self, place: Place) -> bool:
        return any(Place(p.path, p.line, p.column) == place for p in self.problems)

    def link(self, written: str, url: str, place: Place) -> None:
        self.links.append(WrittenLink(written, url, place))

    def free_id(self, words: str) -> str:
        """An id made from words, not taken on this page: what-it-is, what-it-is-2."""
        wanted = slug_from(words) or "section"
        number, free = self.used.get(wanted, 1), wanted
        while free in self.ids:
            number += 1
            free = f"{wanted}-{number}"
        self.used[wanted] = number
        self.ids.add(free)
        return free
