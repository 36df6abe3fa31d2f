"""Rows -> the store: once whole, and from then on what each build changed of them.

An edit changes a few of thousands of rows, and to write all of them took as long as the rest of it.
Every change names the one before it by its mark: one that is damaged or lost, or that another build
has overtaken, ends the log there, and the rows are those of an earlier build. That is safe,
because a row is only believed when what it rests on is as it was.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from typing import Any, NamedTuple

from coldpress.memory.comparing import others
from coldpress.memory.store import Store

FORMAT = 1
"""Of what is written here."""
MOST = 100
"""Changes before all is written again: to read so many costs as much as one page."""
WORTH = 4
"""All is written again when the changes come to one part in so many of it."""
NOTHING: Any = object()


class Change(NamedTuple):
    put: dict[Any, Any]
    gone: list[Any]
    within: dict[Any, Change]
    """Of groups that are there before and after."""


class Log:
    def __init__(self, store: Store, name: str) -> None:
        self.store, self.name = store, f"log{FORMAT}:{name}"
        self.last = b""
        """Mark of what was read or written last."""
        self.count = self.whole = self.size = 0
        """Changes since all was written; bytes of that, and of them."""

    def begin_anew(self) -> None:
        """With an empty store."""
        self.count = self.whole = self.size = 0

    def read(self) -> dict[str, Any] | None:
        """As they were after the last change that can be read."""
        whole = self.entry(self.name)
        if whole is None:
            return None
        found: dict[str, Any]
        (self.last, found), self.whole = whole
        while known := self.entry(self.key(self.count + 1)):
            (before, mark, change), size = known
            if before != self.last:
                break
            apply(found, change)
            self.last = mark
            self.count += 1
            self.size += size
        return found

    def entry(self, key: str) -> tuple[Any, int] | None:
        """What was written, and how long that is."""
        try:
            written = self.store.get(key)
            return None if written is None else (pickle.loads(written), len(written))
        except Exception:  # damaged, or of another version: whatever unpickling can raise
            return None

    def write(self, before: dict[str, Any], now: dict[str, Any]) -> None:
        """`before`: what was read or written last."""
        mark = os.urandom(16)
        change = (self.last, mark, difference(before, now))
        written = pickle.dumps(change, pickle.HIGHEST_PROTOCOL)
        if self.count < MOST and (self.size + len(written)) * WORTH < self.whole:
            self.count += 1
            self.size += len(written)
            self.store.put({self.key(self.count): written})
        else:
            written = pickle.dumps((mark, now), pickle.HIGHEST_PROTOCOL)
            self.count, self.size, self.whole = 0, 0, len(written)
            self.store.put({self.name: written})
        self.last = mark

    def key(self, number: int) -> str:
        return f"{self.name}:{number}"

    def keys(self) -> Iterator[str]:
        """Of what is in the store."""
        yield self.name
        yield from map(self.key, range(1, self.count + 1))


def difference(old: dict[Any, Any], new: dict[Any, Any]) -> Change:
    put: dict[Any, Any] = {}
    within: dict[Any, Change] = {}
    moved = others(new, old)
    for key in new if moved is None else moved:
        was, value = old.get(key, NOTHING), new[key]
        if was is value:
            continue
        if type(was) is dict and type(value) is dict:
            change = difference(was, value)
            if any(change):
                within[key] = change
        elif was != value:
            put[key] = value
    gone = [] if moved is not None else [key for key in old if key not in new]
    return Change(put, gone, within)


def apply(old: dict[Any, Any], change: Change) -> None:
    for key in change.gone:
        del old[key]
    old.update(change.put)
    for key, inner in change.within.items():
        apply(old[key], inner)
