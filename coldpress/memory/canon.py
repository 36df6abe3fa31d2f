"""value -> digest: equal for equal values, in every process, on every machine.

Not `pickle` (equal values can pickle differently) and not `repr` (sets have no order)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import is_dataclass
from typing import Any


def digest(value: Any) -> str:
    """128 bits, in hexadecimal digits."""
    return hashlib.blake2b(canonical(value).encode(), digest_size=16).hexdigest()


def canonical(value: Any) -> str:
    """Names the type where two types have equal words: "1" is not 1."""
    if isinstance(value, str):
        said = f"{len(value)}:{value}"
    elif value is None or isinstance(value, (bool, int, float)):
        said = repr(value)
    elif isinstance(value, bytes):
        said = "b" + hashlib.sha256(value).hexdigest()
    elif isinstance(value, (list, tuple)):
        said = "[" + ",".join(map(canonical, value)) + "]"
    elif isinstance(value, Mapping):
        rows = sorted(f"{canonical(key)}={canonical(one)}" for key, one in value.items())
        said = "{" + ",".join(rows) + "}"
    elif isinstance(value, AbstractSet):
        said = "<" + ",".join(sorted(map(canonical, value))) + ">"
    else:
        fields = fields_of(value)
        name = type(value).__name__
        said = f"{name}({value!s})" if fields is None else name + canonical(fields)
    return said


def fields_of(value: Any) -> dict[str, Any] | None:
    """Of a dataclass or of a pydantic model; None for anything else (a day, a path)."""
    if is_dataclass(value):
        return {name: getattr(value, name) for name in value.__dataclass_fields__}
    if hasattr(type(value), "model_fields"):
        return dict(value.__dict__)
    return None
