"""A value that travels packed, and is unpacked when somebody looks at it: most who fetch what it
belongs to never do. Until then it costs as much as one short string."""

from __future__ import annotations

import pickle
import zlib
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")
QUICK = 1
"""A text takes a tenth of a millisecond and becomes two fifths; more effort saves a tenth more."""


class Later(Generic[T]):
    __struct_fields__ = ("here",)
    """Compared and digested like a struct that holds the value."""

    def __init__(self, packed: bytes) -> None:
        self.packed = packed

    @cached_property
    def here(self) -> T:
        found: T = pickle.loads(zlib.decompress(self.packed))
        return found

    def __reduce__(self) -> tuple[type[Later[T]], tuple[bytes]]:
        return type(self), (self.packed,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Later) and bool(self.here == other.here)

    __hash__ = None  # type: ignore[assignment]


def later(value: T) -> Later[T]:
    """Packed, and at hand all the same."""
    made: Later[T] = Later(zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), QUICK))
    made.__dict__["here"] = value
    return made
