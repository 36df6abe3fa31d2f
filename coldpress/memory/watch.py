"""A value -> the same value, and a note of everything that was read of it.

What a page or a check depends on is not declared (and so not forgotten): it is seen. A name is the
way from the root to what was read: ("evidence", "findings", "numbing"). When all names still have
the same answers, what was computed from them is still right.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableSet, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import is_dataclass
from typing import Any, Generic, TypeVar, cast

from coldpress.memory.canon import digest

T = TypeVar("T")
Name = tuple[str | tuple[str, ...], ...]
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
    if isinstance(value, Mapping):
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
    return f"'{value}" if isinstance(value, str) else digest(value)


class Answers:
    """Digests of what stands under names, each computed once."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.known: dict[Name, str] = {}
        self.above: dict[Name, Any] = {}
        """What names go through: nearly all stand beside thousands of others."""

    def look_at(self, root: Any) -> None:
        """From now on. What was asked for already stands there as before."""
        self.root = root
        self.above.clear()

    def of(self, name: Name) -> str:
        found = self.known.get(name)
        if found is None:
            found = self.known[name] = answer(step(self.over(name[:-1]), name[-1]))
        return found

    def over(self, name: Name) -> Any:
        if not name:
            return self.root
        if name not in self.above:
            self.above[name] = step(self.over(name[:-1]), name[-1])
        return self.above[name]

    def alike(self, before: Mapping[Name, str]) -> frozenset[Name]:
        """Names under which stands what stood there before. To ask whether all names of an output
        are among them takes a tenth of the time of a digest of their answers."""
        return frozenset(name for name, was in before.items() if self.of(name) == was)

    def to(self, names: Iterable[Name]) -> dict[Name, str]:
        return {name: self.of(name) for name in set(names)}

    def print_of(self, names: Sequence[Name]) -> str:
        """One digest for all of them."""
        return digest("".join(map(self.of, names)))


class Watched:
    """A dataclass. Its methods run on the watched value, so that what they read is seen too."""

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
    if is_dataclass(value) and getattr(type(value), "PARTS", False):
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
