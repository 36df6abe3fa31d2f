"""kit, keys of the store -> parcels: bytes under a name that says what is in them. They are sent
once, whoever asks for them.

A kit is pickled without what only exists here: in place of the store and of the site's folder stand
marks, and a worker puts its own there.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from coldpress.memory.canon import digest
from coldpress.memory.session import Session
from coldpress.memory.store import Store

VALUES = 64
"""Values in a parcel, about 5 kB each: few enough to be worth having for one of them."""
CHECK = 16
"""Bytes of the digest before a parcel's content."""


class Parcel(NamedTuple):
    """Values of the store that travel together. The keys are digests of what is in the values, so
    the name is one too."""

    name: str
    keys: tuple[str, ...]


class Bundle(NamedTuple):
    """A kit as it travels."""

    kit: bytes
    parcels: tuple[Parcel, ...]
    """Where a worker finds what the kit's store holds."""
    templates: Mapping[str, bytes]
    """Path below the site's folder -> bytes, of the templates of the site."""


def parcels(keys: Sequence[str]) -> Iterator[Parcel]:
    """In this order: what is made together lies together."""
    for start in range(0, len(keys), VALUES):
        some = tuple(keys[start : start + VALUES])
        yield Parcel(f"coldpress-{digest(some)}", some)


def sealed(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=CHECK).digest() + content


def opened(blob: bytes) -> bytes:
    """Raises ValueError when it is not whole: a write that was cut off, a disk that errs."""
    content = blob[CHECK:]
    if sealed(content)[:CHECK] != blob[:CHECK]:
        raise ValueError("a parcel is damaged")
    return content


class Packer(pickle.Pickler):
    """Leaves out the store and the site's folder."""

    def __init__(self, file: io.BytesIO, source: Path) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.source = source

    def persistent_id(self, value: Any) -> str | None:
        if isinstance(value, Store):
            return "store"
        if isinstance(value, Session):
            return "session"
        return "source" if isinstance(value, Path) and value == self.source else None


def packed(kit: Any, source: Path) -> bytes:
    file = io.BytesIO()
    Packer(file, source).dump(kit)
    return file.getvalue()


class Unpacker(pickle.Unpickler):
    """Puts in what stands for them here."""

    def __init__(self, kit: bytes, store: Store, source: Path) -> None:
        super().__init__(io.BytesIO(kit))
        self.here = {"store": store, "source": source, "session": SimpleNamespace(store=store)}

    def persistent_load(self, mark: str) -> Any:
        return self.here[mark]


def unpacked(kit: bytes, store: Store, source: Path) -> Any:
    return Unpacker(kit, store, source).load()
