"""A mapping that is unpickled when somebody looks into it: most who fetch what it belongs to never
do. Then it costs as much as one string."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

V = TypeVar("V")


class Later(Mapping[str, V]):
    def __init__(self, written: bytes) -> None:
        self.written = written

    @cached_property
    def here(self) -> Mapping[str, V]:
        found: Mapping[str, V] = pickle.loads(self.written)
        return found

    def __reduce__(self) -> tuple[type[Later[V]], tuple[bytes]]:
        return type(self), (self.written,)

    def __getitem__(self, name: str) -> V:
        return self.here[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.here)

    def __len__(self) -> int:
        return len(self.here)


def later(value: Mapping[str, V]) -> Later[V]:
    return Later(pickle.dumps(dict(value), pickle.HIGHEST_PROTOCOL))
