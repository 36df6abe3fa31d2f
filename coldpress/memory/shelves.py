"""keys of what was read and converted -> pages, fetched from the store when somebody reads them."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from msgspec import Struct

from coldpress.memory.store import LostError, Store
from coldpress.model import Converted, Page, Route

AT_HAND = 500
"""Sources and texts kept in memory, about 15 kB each: more than pages read again and again."""
ROOM = 10_000
"""Texts that are all kept as they were read, about 10 kB each, once somebody asked for all."""
MANY = 500
"""Sources fetched from the store at once."""


class Sources:
    """Texts as they were read, by key, for everybody in this process."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, Any] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {"store": self.store, "kept": {}}

    def one(self, key: str) -> Any:
        return self.kept[key] if key in self.kept else pickle.loads(self.store.need(key))

    def several(self, keys: AbstractSet[str], *, keep: bool) -> dict[str, Any]:
        """A dozen lists ask for all pages in turn, so they are kept; of a site too large for that
        none is, or they would drive each other out."""
        found = {key: self.kept[key] for key in keys if key in self.kept}
        read = self.store.several(keys - found.keys())
        fresh = {key: pickle.loads(written) for key, written in read}
        if lost := keys - found.keys() - fresh.keys():
            raise LostError(min(lost))
        if keep:
            self.kept |= fresh
        return found | fresh

    def only(self, keys: AbstractSet[str]) -> None:
        """Forget the others: a preview reads a text again and again."""
        if len(self.kept) > len(keys):
            self.kept = {key: one for key, one in self.kept.items() if key in keys}


class StoreShelf:
    """Pages by id. Each process fetches for itself."""

    def __init__(
        self,
        reader: Sources,
        sources: Mapping[str, str],
        bodies: Mapping[str, str],
        routes: Mapping[str, Route],
        aliased: frozenset[str],
    ) -> None:
        """All by page id: keys of sources and bodies in the store, and addresses. `aliased`: who
        has old ones."""
        self.reader, self.sources, self.bodies, self.routes = reader, sources, bodies, routes
        self.aliased = aliased
        self.fetched: OrderedDict[str, Any] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "fetched": OrderedDict()}

    def page(self, id: str) -> Page:
        source = self.fetch(self.sources[id])
        return Page(source, self.routes[id], Shelved(self, self.bodies[id]))

    def pages(self, ids: Sequence[str]) -> Iterator[Page]:
        """One after another, fetched many at a time."""
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            keys = {self.sources[id] for id in some}
            found = self.reader.several(keys, keep=len(ids) <= ROOM)
            for id in some:
                yield Page(found[self.sources[id]], self.routes[id], Shelved(self, self.bodies[id]))

    def route(self, id: str) -> Route:
        return self.routes[id]

    def fetch(self, key: str) -> Any:
        if key in self.reader.kept:
            return self.reader.kept[key]
        if key in self.fetched:
            self.fetched.move_to_end(key)
            return self.fetched[key]
        self.fetched[key] = self.reader.one(key)
        if len(self.fetched) > AT_HAND:
            self.fetched.popitem(last=False)
        return self.fetched[key]


class Shelved(Struct, frozen=True):
    """A converted text that lies in the store."""

    shelf: StoreShelf
    key: str

    def load(self) -> Converted:
        converted: Converted = self.shelf.fetch(self.key)
        return converted
