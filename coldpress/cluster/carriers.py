"""parcel -> its bytes, on whatever machine: through the cluster itself, or through storage that
all its machines and we can reach.

The cluster: a parcel lies in the memory of the worker it was given to (or, too much, on its disk),
and goes from worker to worker. Storage: any address that fsspec knows, a shared folder or a bucket.
"""

from __future__ import annotations

from typing import Any, Protocol

from coldpress.cluster.library import distributed, fsspec
from coldpress.cluster.parcels import opened, sealed

PATIENCE = 60.0
"""Seconds a parcel may take from worker to worker."""


class LostError(Exception):
    """What a worker needs is nowhere: not sent yet, or gone with the worker that had it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


class Carrier(Protocol):
    def send(self, name: str, content: bytes, *, everywhere: bool = False) -> None:
        """`everywhere`: all workers will want it."""

    def sent(self, name: str) -> bool:
        """Whether it is there already, from an earlier build."""


class ByCluster:
    def __init__(self, client: Any) -> None:
        self.client = client
        self.held: dict[str, Any] = {}
        """The cluster keeps them for as long as we want them."""

    def send(self, name: str, content: bytes, *, everywhere: bool = False) -> None:
        sent = self.client.scatter({name: content}, broadcast=everywhere)
        self.held[name] = sent[name]

    def sent(self, name: str) -> bool:
        return name in self.held


class ByStorage:
    def __init__(self, url: str) -> None:
        self.files, self.root = fsspec.core.url_to_fs(url)

    def path(self, name: str) -> str:
        return f"{self.root}/{name}"

    def send(self, name: str, content: bytes, *, everywhere: bool = False) -> None:  # noqa: ARG002  it is there for all
        self.files.makedirs(self.root, exist_ok=True)
        self.files.pipe_file(self.path(name), sealed(content))

    def sent(self, name: str) -> bool:
        found: bool = self.files.exists(self.path(name))
        return found

    def fetch(self, name: str) -> bytes:
        try:
            return opened(self.files.cat_file(self.path(name)))
        except (FileNotFoundError, ValueError):
            raise LostError(name) from None

    def remove(self, name: str) -> None:
        self.files.rm_file(self.path(name))


def fetched(name: str, storage: str) -> bytes:
    """On a worker. `storage`: its address, or nothing."""
    if storage:
        return ByStorage(storage).fetch(name)
    client = distributed.get_client()
    # Whoever sent it keeps it alive. Asked first: waiting for what nobody has would never end.
    future: Any = distributed.Future(name, client, state="memory")
    if not client.who_has([future]).get(name):
        raise LostError(name)
    try:
        content: bytes = future.result(timeout=PATIENCE)
    except Exception:  # its holder died on the way: whatever the cluster calls that
        raise LostError(name) from None
    return content
