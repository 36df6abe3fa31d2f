"""A value -> the same value, and a note of everything that was read of it.

What a page or a check depends on is not declared (and so not forgotten): it is seen. A name is the
way from the root to what was read: ("evidence", "findings", "numbing"). When all names still have
the same answers, what was computed from them is still right.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableSet, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from operator import ne
from typing import Any, Generic, TypeVar, cast

from coldpress.memory.canon import digest
from coldpress.memory.comparing import moved, same

T = TypeVar("T")
Part = str | tuple[str, ...]
Name = tuple[Part, ...]
"""Attributes, and at the end perhaps a key. A key that is a pair stays one."""


def watched(value: T, notes: MutableSet[Name], way: Name = ()) -> T:
    """Looks like the value to whoever only reads it. `way`: where the value stands, when it is not
    the root."""
    return cast(T, Watched(value, notes, way))


def unwatched(value: T) -> T:
    """The value itself."""
    return cast(T, value._value) if isinstance(value, Watched) else value


def way_to(value: Any) -> Name:
    """Where a watched value stands, from the root."""
    return value._way if isinstance(value, Watched) else ()


def noted(value: Any, names: AbstractSet[Name]) -> None:
    """As if all of this had been read of a watched value: what was worked out from it once is used
    again."""
    if isinstance(value, Watched):
        value._notes |= names


def step(value: Any, part: str | tuple[str, ...]) -> Any:
    """What stands under one part of a name; None when there is none."""
    if type(value) is dict or isinstance(value, Mapping):
        return value.get(part)
    if isinstance(value, AbstractSet):
        return part in value
    return getattr(value, cast(str, part), None)


def condensed(names: AbstractSet[Name]) -> tuple[Name, ...]:
    """In order, without what stands under a name that was read as a whole."""
    return tuple(sorted((name for name in names if name[:-1] not in names), key=repr))


class Same(dict[Any, Any]):
    """One object for all equal ones: every process sends copies of its own of the same names."""

    def __missing__(self, one: Any) -> Any:
        self[one] = one
        return one

    def all(self, some: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(self[one] for one in some)


def answer(value: Any) -> str:
    """Words, most of them digests themselves, stand for what they say: a million times a build."""
    if value is None:
        return NOTHING
    return f"'{value}" if isinstance(value, str) else digest(value)


NOTHING = digest(None)
"""What is found most often."""


def unlike(here: Any, group: Mapping[Part, str]) -> Collection[Part]:
    """Parts of which a glance does not show that the answer is that of the group: it knows words
    and None."""
    if type(here) is not dict:
        return group
    found = map(here.get, group)
    told = ("'" + one if type(one) is str else NOTHING if one is None else "" for one in found)
    return list(compress(group, map(ne, told, group.values())))


Known = dict[Name, dict[Part, str]]
NONE: dict[Part, str] = {}
"""Answers by the last part of their names, and those by all that comes before it: nearly all stand
beside thousands of others."""


class Answers:
    """Digests of what stands under names, each computed once. `before`: of an earlier root, when
    that is still at hand. What is the same object now has the same answer: to see that takes a
    tenth of the time of a digest. `still`: objects of which it is known from elsewhere that they
    are as they were."""

    def __init__(
        self, root: Any, before: Answers | None = None, still: Iterable[object] = ()
    ) -> None:
        self.root, self.before = root, before
        self.still = {id(one): one for one in still}
        self.known: Known = {}
        self.ours: set[Name] = set()
        """Groups that were made here: the others belong to the rows of the time before."""
        self.above: dict[Name, Any] = {}

    def look_at(self, root: Any, anew: Sequence[Name], known: Known) -> frozenset[Name]:
        """From now on; all stands there as before but for `anew`. Those of them under which
        stands something else than what was `known`."""
        self.root = root
        self.above.clear()
        for way in {name[:-1] for name in anew}:  # the group may be that of the time before
            group = self.known.get(way, {})
            self.known[way] = {p: known for p, known in group.items() if (*way, p) not in anew}
            self.ours.add(way)
        was = {name: known.get(name[:-1], {}).get(name[-1]) for name in anew}
        return frozenset(name for name in anew if was[name] not in (None, self.of(name)))

    def settled(self) -> Answers:
        """For the next time: without the time before."""
        self.before, self.still = None, {}
        self.ours.clear()  # they are in the rows from now on
        return self

    def of(self, name: Name) -> str:
        way, part = name[:-1], name[-1]
        found = self.known.get(way, NONE).get(part)
        if found is None:
            if way not in self.ours:
                self.ours.add(way)
                self.known[way] = dict(self.known.get(way, NONE))
            found = self.known[way][part] = answer(step(self.over(way), part))
        return found

    def over(self, way: Name) -> Any:
        if not way:
            return self.root
        if way not in self.above:
            self.above[way] = step(self.over(way[:-1]), way[-1])
        return self.above[way]

    def changed(self, known: Known) -> frozenset[Name]:
        """Names under which stands something else than what was found the last time. To ask
        whether an output has read one of them takes a tenth of the time of a digest of all its
        answers."""
        return frozenset((*way, part) for way in known for part in self.other(way, known[way]))

    def other(self, way: Name, group: dict[Part, str]) -> Iterator[Part]:
        """`group`: what was found there, and is known from now on."""
        here, there = self.over(way), None
        if self.before is not None and self.before.known.get(way) is group:
            there = self.before.over(way)
        if here is there or id(here) in self.still:
            self.known[way] = group
            return
        now = self.known[way] = dict(group)
        self.ours.add(way)
        parts = unlike(here, group) if there is None else moved(here, there, group)
        for part in group.keys() & parts:
            value = step(here, part)
            if id(value) in self.still or (there is not None and same(value, step(there, part))):
                continue
            found = answer(value)
            if found != group[part]:
                now[part] = found
                yield part

    def look_up(self, names: Iterable[Name]) -> None:
        """For the next time."""
        for name in names:
            self.of(name)

    def only(self, names: Iterable[Name]) -> None:
        """Forget the others: what nobody reads any more."""
        known, self.known, self.ours = self.known, {}, set()
        for name in set(names):
            self.ours.add(name[:-1])
            self.known.setdefault(name[:-1], {})[name[-1]] = known[name[:-1]][name[-1]]

    def print_of(self, names: Sequence[Name]) -> str:
        """One digest for all of them."""
        return digest("".join(map(self.of, names)))


class Watched:
    """A struct. Its methods run on the watched value, so that what they read is seen too."""

    def __init__(self, value: Any, notes: MutableSet[Name], way: Name) -> None:
        self._value, self._notes, self._way = value, notes, way

    def __getattr__(self, name: str) -> Any:
        """Asked once for each field: its answer is kept, and its note with it."""
        method = getattr(type(self._value), name, None)
        if isinstance(method, types.FunctionType):
            return types.MethodType(method, self)
        if isinstance(method, property):
            return cast(Callable[[Any], Any], method.fget)(self)
        value = getattr(self._value, name)
        if name in getattr(type(self._value), "FREE", ()):
            free = hasattr(value, "watched")
            found = value.watched(self._notes, self._way) if free else value
        else:
            found = wrapped(value, self._notes, (*self._way, name))
        self.__dict__[name] = found
        return found


def wrapped(value: Any, notes: MutableSet[Name], way: Name) -> Any:
    if isinstance(value, Mapping):
        return WatchedMapping(value, notes, way)
    if isinstance(value, AbstractSet):
        return WatchedSet(value, notes, way)
    if getattr(type(value), "PARTS", False):
        return Watched(value, notes, way)
    notes.add(way)
    return value


K = TypeVar("K")
V = TypeVar("V")


class WatchedMapping(Mapping[K, V], Generic[K, V]):
    def __init__(self, value: Mapping[K, V], notes: MutableSet[Name], way: Name) -> None:
        self._value, self._notes, self._way = value, notes, way

    def __getitem__(self, key: K) -> V:
        way = (*self._way, cast(str, key))
        if getattr(type(self._value.get(key)), "PARTS", False):
            return cast(V, Watched(self._value[key], self._notes, way))
        self._notes.add(way)
        return self._value[key]

    def __contains__(self, key: object) -> bool:
        self._notes.add((*self._way, cast(str, key)))
        return key in self._value

    def get(self, key: K, default: Any = None) -> Any:
        self._notes.add((*self._way, cast(str, key)))
        return self._value.get(key, default)

    def __iter__(self) -> Iterator[K]:
        self._notes.add(self._way)
        return iter(self._value)

    def __len__(self) -> int:
        self._notes.add(self._way)
        return len(self._value)


class WatchedSet(AbstractSet[K]):
    @classmethod
    def _from_iterable(cls, of: Iterable[K]) -> frozenset[K]:  # type: ignore[override]
        return frozenset(of)

    def __init__(self, value: AbstractSet[K], notes: MutableSet[Name], way: Name) -> None:
        self._value, self._notes, self._way = value, notes, way

    def __contains__(self, one: object) -> bool:
        self._notes.add((*self._way, cast(str, one)))
        return one in self._value

    def __iter__(self) -> Iterator[K]:
        self._notes.add(self._way)
        return iter(self._value)

    def __len__(self) -> int:
        self._notes.add(self._way)
        return len(self._value)
