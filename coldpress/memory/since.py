"""Tables of one build -> those of the next: what was made of an entry stays while it is the very
same object. An edit changes one text of ten thousand, and to go through all of them a dozen times
in Python's own loop took longer than its page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import is_
from typing import Any, NamedTuple, TypeVar

from coldpress.memory.comparing import others

J = TypeVar("J")
K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R")


class Table(NamedTuple):
    group: Mapping[Any, Any]
    made: Any
    """Of the group."""
    also: tuple[Any, ...]
    """What else it was made of."""


NONE = Table({}, None, ())


class Since:
    """By name. Nobody may change what comes from here: the next build goes on with it."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}

    def each(
        self, name: str, group: Mapping[K, V], work: Callable[[K, V], R], *also: object
    ) -> dict[K, R]:
        """`work` has always the same answer for the same entry and the same `also`. The very table
        of the last build, when no answer is another."""
        known = self.tables.get(name, NONE)
        keys = others(group, known.group) if same(known.also, also) else None
        if known.made is None or keys is None:
            made = {key: work(key, one) for key, one in group.items()}
        else:
            answers = ((key, work(key, group[key])) for key in keys)
            new = {key: answer for key, answer in answers if answer != known.made[key]}
            made = {**known.made, **new} if new else known.made
        self.tables[name] = Table(group, made, also)
        return made

    def named(self, name: str, names: Mapping[J, K], group: Mapping[K, V]) -> dict[J, V]:
        """The values of a group under other names, of which each value has one."""
        known = self.tables.get(name, NONE)
        keys = others(group, known.group) if same(known.also[:1], (names,)) else None
        if known.made is None or keys is None:
            made = {key: group[old] for key, old in names.items()}
            back = {old: key for key, old in names.items()}
        else:
            back = known.also[1]
            new = {back[key]: group[key] for key in keys if key in back}
            made = {**known.made, **new} if new else known.made
        self.tables[name] = Table(group, made, (names, back))
        return made

    def news(
        self, name: str, group: Mapping[K, Any], made: object, *also: object
    ) -> list[K] | None:
        """Keys under which another object stands than in the group of which `made` was made; None
        when that is not known."""
        known = self.tables.get(name, NONE)
        if known.made is not made or not same(known.also, also):
            return None
        return others(group, known.group)

    def came(self, name: str, group: Mapping[Any, Any], made: object, *also: object) -> None:
        """`made` of a group: for `news`."""
        self.tables[name] = Table(group, made, also)


def same(some: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return len(some) == len(other) and all(map(is_, some, other))
