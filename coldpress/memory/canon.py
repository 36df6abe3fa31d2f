"""value -> digest: equal for equal values, in every process, on every machine.

Not `pickle` (equal values can pickle differently) and not `repr` (sets have no order)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any


def digest(value: Any) -> str:
    """128 bits, in hexadecimal digits."""
    return hashlib.blake2b(canonical(value).encode(), digest_size=16).hexdigest()


def digest_of_words(words: Iterable[str]) -> str:
    """The same, of many words of which none has a NUL in it: a tenth of the time."""
    written = "\0".join(words).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=16).hexdigest()


def canonical(value: Any) -> str:
    """Names the type where two types have equal words: "1" is not 1. What most values are made of
    is asked for first, by its exact type."""
    kind: Any = type(value)
    if kind is str:
        return f"{len(value)}:{value}"
    if kind in PLAIN:
        return repr(value)
    if kind is tuple or kind is list:
        return "[" + ",".join([canonical(one) for one in value]) + "]"
    if kind is dict:
        return group(value)
    parts = parts_of(kind)
    if parts is not None:
        said = [start + canonical(getattr(value, name)) for start, name in parts]
        return f"{kind.__name__}{{{','.join(said)}}}"
    return unusual(value)


PLAIN = frozenset({type(None), bool, int, float})
WORDS = {str}


def group(value: Mapping[Any, Any]) -> str:
    """The largest say words of words: those are written in a quarter of the time."""
    if {*map(type, value), *map(type, value.values())} == WORDS:
        rows = [f"{len(key)}:{key}={len(one)}:{one}" for key, one in value.items()]
    else:
        rows = [f"{canonical(key)}={canonical(one)}" for key, one in value.items()]
    rows.sort()
    return "{" + ",".join(rows) + "}"


@cache
def parts_of(kind: type) -> tuple[tuple[str, str], ...] | None:
    """Of a struct: how each field begins, and its name, in order; None for other types."""
    names = getattr(kind, "__struct_fields__", None)
    if not isinstance(names, tuple):  # what the type of all structs has of that name is none
        return None
    return tuple(sorted((f"{canonical(one)}=", one) for one in names))


def unusual(value: Any) -> str:
    """A subclass of a plain type is said as that type."""
    if isinstance(value, str):
        said = f"{len(value)}:{value}"
    elif isinstance(value, (bool, int, float)):
        said = repr(value)
    elif isinstance(value, bytes):
        said = "b" + hashlib.sha256(value).hexdigest()
    elif isinstance(value, (list, tuple)):
        said = "[" + ",".join(map(canonical, value)) + "]"
    elif isinstance(value, Mapping):
        said = group(value)
    elif isinstance(value, AbstractSet):
        said = "<" + ",".join(sorted(map(canonical, value))) + ">"
    else:
        said = f"{type(value).__name__}({value!s})"
    return said
