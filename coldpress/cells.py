"""Site -> what is worked out from the whole of it (lists, indexes, checks): each is kept while
nothing it read has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from coldpress.memory.canon import digest
from coldpress.memory.session import CellRow, Session, at_once
from coldpress.memory.watch import Answers, Name, condensed, watched
from coldpress.model import Site

T = TypeVar("T")


class Cells(Struct, frozen=True):
    """What is worked out from the whole site, and kept while nothing it read has changed."""

    site: Site
    answers: Answers
    changed: frozenset[Name]
    session: Session
    old: Mapping[str, CellRow]
    new: dict[str, CellRow]
    code: str

    @property
    def kept(self) -> Iterator[CellRow]:
        return (row for name, row in self.new.items() if row is self.old.get(name))

    @property
    def made(self) -> Iterator[CellRow]:
        return (row for name, row in self.new.items() if row is not self.old.get(name))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(edition.lang for edition in self.site.editions)

    def value(
        self, name: str, work: Callable[[Site], T], also: str = "", later: bool = False
    ) -> tuple[T, str]:
        """The value and the digest of what it rests on. `also`: a digest of what it reads beside
        the site. `later`: whether that of the last build will do for somebody in a hurry."""
        also = f"{self.code} {also}"
        row = self.old.get(name)
        right = row and row.also == also and self.changed.isdisjoint(row.names)
        if row and (right or (later and self.session.hurried)):
            kept = self.session.store.value(row.value)
            if kept is not None:
                self.new[name] = row if right else row._replace(also="")
                self.session.owing |= not right
                return kept, row.print
        whole = self.session.at_leisure if later else at_once
        made, seen = whole(read_along, self.site, work)
        print_ = digest((also, self.answers.print_of(seen)))
        key = f"cell:{digest((name, print_, seen))}"
        self.session.store.keep(key, made)
        self.new[name] = CellRow(seen, also, print_, key)
        return made, print_


def read_along(site: Site, work: Callable[[Site], T]) -> tuple[T, tuple[Name, ...]]:
    """What is worked out of a site, and what was read for it."""
    names: set[Name] = set()
    made = work(watched(site, names))
    return made, condensed(names)
