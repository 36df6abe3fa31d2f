"""keys of what was read and converted -> pages, fetched from the store when somebody reads them."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from coldpress.memory.store import LostError, Store
from coldpress.model import Converted, Page, Route

AT_HAND = 500
"""Sources and texts kept in memory, about 15 kB each: more than pages read again and again."""
ROOM = 10_000
"""Pages whose sources are all kept, about 10 kB each, once somebody has asked for all of them."""
MANY = 500
"""Sources fetched from the store at once."""


class StoreShelf:
    """Pages by id. Each process fetches for itself."""

    def __init__(
        self,
        store: Store,
        sources: Mapping[str, str],
        bodies: Mapping[str, str],
        routes: Mapping[str, Route],
    ) -> None:
        """All by page id: keys of sources and bodies in the store, and addresses."""
        self.store, self.sources, self.bodies, self.routes = store, sources, bodies, routes
        self.fetched: OrderedDict[str, Any] = OrderedDict()
        self.all: dict[str, Any] = {}
        """Sources by key, of everybody who asked for all pages."""

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "fetched": OrderedDict(), "all": {}}

    def page(self, id: str) -> Page:
        source = self.fetch(self.sources[id])
        return Page(source, self.routes[id], Shelved(self, self.bodies[id]))

    def pages(self, ids: Sequence[str]) -> Iterator[Page]:
        """One after another, fetched many at a time. A dozen lists ask for all pages in turn, so
        they are kept; of a site too large for that none is, or they would drive each other out."""
        for start in range(0, len(ids), MANY):
            some = ids[start : start + MANY]
            found = self.several({self.sources[id] for id in some})
            if len(ids) <= ROOM:
                self.all |= found
            for id in some:
                yield Page(found[self.sources[id]], self.routes[id], Shelved(self, self.bodies[id]))

    def several(self, keys: AbstractSet[str]) -> dict[str, Any]:
        found = {key: self.all[key] for key in keys if key in self.all}
        read = self.store.several(keys - found.keys())
        found |= {key: pickle.loads(written) for key, written in read}
        if lost := keys - found.keys():
            raise LostError(min(lost))
        return found

    def route(self, id: str) -> Route:
        return self.routes[id]

    def fetch(self, key: str) -> Any:
        if key in self.all:
            return self.all[key]
        if key in self.fetched:
            self.fetched.move_to_end(key)
            return self.fetched[key]
        self.fetched[key] = pickle.loads(self.store.need(key))
        if len(self.fetched) > AT_HAND:
            self.fetched.popitem(last=False)
        return self.fetched[key]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A converted text that lies in the store."""

    shelf: StoreShelf
    key: str

    def load(self) -> Converted:
        converted: Converted = self.shelf.fetch(self.key)
        return converted
