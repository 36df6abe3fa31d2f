"""The values of this package: what shall be at a place, what is there, and what carries it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct

RECORD = ".coldpress.deployed.json"
"""Lies at the place itself. Our servers refuse names with a dot in front; a bucket sends it to who
asks, and all it tells is which files are there."""


class Entry(Struct, frozen=True):
    """A file: what is in it, how large it is, and the headers a store keeps with it."""

    sha256: str
    size: int
    headers: str = ""
    """Digest; empty where files carry none."""


class There(Struct, frozen=True):
    """What lies at a place, as far as is known."""

    files: Mapping[str, Entry]
    """Of the last deployment, and old assets that stayed. Nobody else touches them."""
    builds: tuple[frozenset[str], ...] = ()
    """Fingerprinted files that earlier deployments made, the latest first."""
    unsure: frozenset[str] = frozenset()
    """Ours, but a deployment that was cut off may have changed or removed them."""
    foreign: frozenset[str] = frozenset()
    """Not ours: found where no record of ours lies."""
    generation: str = ""
    has_record: bool = False


class Batch(Struct, frozen=True):
    """Files that go together, in one step and with one set of headers."""

    step: str
    paths: tuple[str, ...]
    headers: Mapping[str, str]


class Plan(Struct, frozen=True):
    """What a deployment will do."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    """Old assets that stay for pages still in a cache."""
    unchanged: int
    size: int
    """Bytes to upload."""
    after: There
    """What is there when all is done."""

    @property
    def uploads(self) -> tuple[str, ...]:
        return tuple(sorted((*self.new, *self.changed)))

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.removed)


class Carrier(Protocol):
    """Brings files to one place. Every method raises OperationError when it could not."""

    keeps_headers: bool
    """Files carry headers of their own there."""
    at_once: bool
    """All of it appears in one moment: no order is needed, nor a record of what was begun."""

    def record(self) -> bytes | None:
        """What RECORD holds there; None when there is none."""

    def listing(self) -> frozenset[str]:
        """Every file there."""

    def send(self, tree: Path, batch: Batch) -> None: ...

    def remove(self, paths: Sequence[str]) -> None:
        """Also folders that are empty then. What is gone already is no mistake."""

    def clear(self, paths: Sequence[str], /) -> None:
        """What a deployment that was killed left half done of these, beside them."""

    def note(self, written: bytes) -> None:
        """Make RECORD hold this."""

    def finish(self, tree: Path, /) -> None:
        """For places where everything appears at once: now."""
