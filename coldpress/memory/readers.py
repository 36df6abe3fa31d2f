"""names -> the outputs that have read one of them, without a look at all the others.

A preview makes one page anew of thousands, and to ask each whether it has read what changed was a
sixth of its work. The index takes as long to make as thirty edits: it is made when nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from coldpress.memory.watch import Name


class Reader(Protocol):
    @property
    def names(self) -> tuple[Name, ...]: ...


class Readers:
    """Knows of every output at least what it reads now. What it once read is not taken out: that
    would take longer than to look once more into the few rows that are named."""

    def __init__(self, rows: Mapping[str, Reader]) -> None:
        self.of: dict[Name, list[str]] = {}
        for output, row in rows.items():
            self.learn(output, row.names)

    def learn(self, output: str, names: Iterable[Name], before: Iterable[Name] = ()) -> None:
        """`before`: what the output was known to read."""
        for name in set(names).difference(before):
            self.of.setdefault(name, []).append(output)

    def touched(self, changed: AbstractSet[Name], rows: Mapping[str, Reader]) -> set[str]:
        named = {output for name in changed for output in self.of.get(name, ())}
        return touched(changed, {output: rows[output] for output in named if output in rows})


def touched(changed: AbstractSet[Name], rows: Mapping[str, Reader]) -> set[str]:
    """The same, by a look at all of them."""
    if not changed:
        return set()
    return {output for output, row in rows.items() if not changed.isdisjoint(row.names)}
