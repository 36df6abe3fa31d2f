"""Two values -> whether they surely have one digest: to see that takes a tenth of the time of a
digest, and most values are the very same objects."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from itertools import compress
from operator import is_not
from typing import Any, TypeVar, cast

from coldpress.memory.canon import parts_of

K = TypeVar("K")


def moved(here: Any, there: Any, parts: Collection[K]) -> Collection[K]:
    """Those of the parts, and perhaps others, under which another object stands. Two dicts with the
    same keys, of which most values are the same, are gone through outside of Python's own loop."""
    found = others(here, there) if type(here) is dict and type(there) is dict else None
    return parts if found is None else found


def others(here: Mapping[K, Any], there: Mapping[K, Any]) -> list[K] | None:
    """Keys under which another object stands; None when the keys or their order are others."""
    if here is there:
        return []
    if list(here) != list(there):
        return None
    return list(compress(here, map(is_not, here.values(), there.values())))


def same(one: Any, other: Any) -> bool:
    """Whether two values surely have one digest. Not whether they are equal: 1 equals True."""
    if one is other:
        return True
    kind = type(one)
    if kind is not type(other):
        return False
    if kind in SIMPLE:
        return bool(one == other)
    if kind is tuple:
        return len(one) == len(other) and all(map(same, one, other))
    parts, others = members(one), members(other)
    return len(parts) == len(others) > 0 and all(
        name in others and same(part, others[name]) for name, part in parts.items()
    )


def members(value: Any) -> Mapping[Any, Any]:
    """By name; none of what is neither a dict nor a struct."""
    kind: Any = type(value)
    if kind is dict:
        return cast(Mapping[Any, Any], value)
    return {name: getattr(value, name) for _, name in parts_of(kind) or ()}


SIMPLE = frozenset({str, int, bool, date, datetime})
