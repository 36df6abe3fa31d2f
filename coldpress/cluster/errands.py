"""kit, work, chunks -> errands for the workers, and what comes of them.

An errand may be done twice or ten times: the results are equal. So whatever is lost on the way is
asked for again, until it comes or until nobody is left to ask.
"""

from __future__ import annotations

import pickle
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from coldpress.baking import Kitchen, Order
from coldpress.cluster.carriers import ByCluster, ByStorage, LostError
from coldpress.cluster.library import distributed
from coldpress.cluster.parcels import Bundle, Parcel, packed, parcels
from coldpress.cluster.worker import Errand, MismatchError, done
from coldpress.intake import Desk, Job
from coldpress.memory.canon import digest
from coldpress.memory.shelves import StoreShelf
from coldpress.memory.store import Store
from coldpress.model import Recipe
from coldpress.problems import OperationError

LOOK = 2.0
"""Seconds between two looks whether anybody still works."""
PATIENCE = 60.0
"""Seconds without any worker after which nobody is expected to come."""
AGAIN = 5
"""Times one parcel may get lost, or one errand be dropped."""
AHEAD = 4
"""When more than one in so many pages is wanted, all texts are sent ahead."""


class Depot(Struct):
    """What was sent, and what may yet be asked for."""

    carrier: ByCluster | ByStorage
    source: Path
    store: Store | None = None
    parcels: dict[str, Parcel] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    kits: dict[str, bytes] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def send(self, name: str) -> None:
        """Once."""
        if name not in self.sent and not self.carrier.sent(name):
            self.carrier.send(name, self.content(name), everywhere=name in self.kits)
        self.sent.add(name)

    def again(self, name: str) -> None:
        self.carrier.send(name, self.content(name))

    def content(self, name: str) -> bytes:
        if name in self.kits:
            return self.kits[name]
        if name in self.files:
            return self.files[name].read_bytes()
        values = dict(self.store.several(self.parcels[name].keys)) if self.store else {}
        return pickle.dumps(values, pickle.HIGHEST_PROTOCOL)

    def kit(self, kit: Any, items: Sequence[Any]) -> str:
        """Its name. Most of what it needs goes ahead, the rest when it is asked for."""
        self.store = store_of(kit)
        own, more = keys_of(kit, items)
        made = (*parcels(own), *parcels(more))
        self.parcels |= {parcel.name: parcel for parcel in made}
        bundle = Bundle(packed(kit, self.source), made, site_templates(self.source))
        content = pickle.dumps(bundle, pickle.HIGHEST_PROTOCOL)
        name = f"coldpress-kit-{digest(content)}"
        self.kits = {name: content}
        self.send(name)
        if len(items) * AHEAD > len(own):
            for parcel in made:
                self.send(parcel.name)
        return name

    def file(self, path: str) -> str:
        content = (self.source / path).read_bytes()
        name = f"coldpress-file-{digest(content)}"
        self.files[name] = self.source / path
        self.send(name)
        return name


def goes_out(kit: Any) -> bool:
    """Whether workers that do not see the site's folder can do with it. Reading the folder stays at
    home."""
    return isinstance(kit, (Kitchen, Desk, Store))


def store_of(kit: Any) -> Store:
    store: Store = kit if isinstance(kit, Store) else kit.store
    return store


def keys_of(kit: Any, items: Sequence[Any]) -> tuple[list[str], list[str]]:
    """Keys of the store: of what belongs to the items or to pages, and what else may be read."""
    if isinstance(kit, Kitchen):
        shelves = [edition.by_id.shelf for edition in kit.site.editions]
        kept = [shelf for shelf in shelves if isinstance(shelf, StoreShelf)]
        sources = dict.fromkeys(key for shelf in kept for key in shelf.sources.values())
        bodies = dict.fromkeys(key for shelf in kept for key in shelf.bodies.values() if key)
        return list(sources), list(bodies)
    if isinstance(kit, Desk):
        return [job.source for job in items if isinstance(job, Job)], []
    return [f"made:{row.key}" for _output, row in items], []


def site_templates(source: Path) -> dict[str, bytes]:
    folder = source / "templates"
    return {
        file.relative_to(source).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


class Sender(Struct):
    """Chunks for one kit."""

    client: Any
    depot: Depot
    kit: str
    storage: str
    versions: Mapping[str, str]

    def __call__(self, work: Any, chunk: tuple[Any, ...]) -> UnderWay:
        recipes = (item.what for item in chunk if isinstance(item, Order))
        read = {one.copy_of for one in recipes if isinstance(one, Recipe) and one.copy_of}
        files = {path: self.depot.file(path) for path in sorted(read)}
        asked = pickle.dumps((work, chunk), pickle.HIGHEST_PROTOCOL)
        errand = Errand(self.kit, asked, files, self.storage, self.versions)
        return UnderWay(self, errand, self.ask(errand))

    def ask(self, errand: Errand) -> Any:
        # Not "pure": an errand that failed must not be answered from memory.
        return self.client.submit(done, errand, pure=False)

    def fetched(self, came: bytes | str) -> list[Any]:
        if isinstance(came, str):
            storage = ByStorage(self.storage)
            name, came = came, storage.fetch(came)
            storage.remove(name)
        results: list[Any] = pickle.loads(came)
        return results


class UnderWay(Struct):
    sender: Sender
    errand: Errand
    future: Any
    lost: Counter[str] = field(default_factory=Counter)

    def done(self) -> bool:
        return bool(self.future.done())

    def result(self) -> list[Any]:
        while True:
            try:
                return self.sender.fetched(waited(self.sender.client, self.future))
            except LostError as lost:
                self.once_more(lost.name)
                self.sender.depot.again(lost.name)
            except CancelledError:
                self.once_more("an errand")
            except MismatchError as other:
                raise other_version(other.where, other.what) from None
            except distributed.KilledWorker:
                raise deadly() from None
            self.future = self.sender.ask(self.errand)

    def once_more(self, what: str) -> None:
        self.lost[what] += 1
        if self.lost[what] > AGAIN or self.sender.client.status != "running":
            raise gone()


def waited(client: Any, future: Any) -> bytes | str:
    """However long it takes, as long as somebody is there to do it."""
    seen = time.monotonic()
    while True:
        try:
            came: bytes | str = future.result(timeout=LOOK)
        except TimeoutError:
            now = time.monotonic()
            seen = now if workers_of(client) else seen
            if now - seen > PATIENCE:
                raise gone() from None
        else:
            return came


def workers_of(client: Any) -> Mapping[str, int]:
    """Address -> threads."""
    try:
        found: Mapping[str, int] = client.nthreads()
    except OSError:
        raise gone() from None
    return found


def gone() -> OperationError:
    return OperationError(
        "the cluster is gone: nobody is left who would finish the build",
        "look at the logs of its scheduler and workers; the output is as it was",
    )


def deadly() -> OperationError:
    return OperationError(
        "one part of the build ended four workers of the cluster, one after the other",
        "their memory may be too small: look at their logs; the output is as it was",
    )


def other_version(where: str, what: str) -> OperationError:
    return OperationError(
        f"{where} would make other bytes: {what}",
        "install the same there as here, and start that part of the cluster again",
    )
