"""errand -> results, on a worker of the cluster: the part that runs there.

A worker sees none of our files. What it needs comes in parcels, when it needs it, and stays in a
store of its own for as long as it runs.
"""

from __future__ import annotations

import pickle
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from coldpress.cluster.carriers import ByStorage, fetched
from coldpress.cluster.library import distributed
from coldpress.cluster.parcels import Bundle, Parcel, unpacked
from coldpress.cluster.versions import difference, versions
from coldpress.memory.canon import digest
from coldpress.memory.store import Store
from coldpress.render import forget

ONE_AT_A_TIME = threading.Lock()
"""A process keeps one converter and one set of templates, and threads would not make it faster."""


class Errand(NamedTuple):
    """What a worker is asked for."""

    kit: str
    """Name of the parcel with the Bundle."""
    work: bytes
    """The function and its items, pickled."""
    files: Mapping[str, str]
    """Path below the site's folder -> parcel, of the files that are read."""
    storage: str
    versions: Mapping[str, str]


class MismatchError(Exception):
    """This worker would make other bytes."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(where, what)


def done(errand: Errand) -> bytes | str:
    """The results, pickled; with storage, the name they are kept under there."""
    worker = distributed.get_worker()
    if found := difference(errand.versions, versions()):
        raise MismatchError(worker.address, found)
    with ONE_AT_A_TIME:
        place = Path(worker.local_directory) / "coldpress"
        table = table_of(errand.kit, errand.storage, place)
        results = worked(table, errand)
    made = pickle.dumps(results, pickle.HIGHEST_PROTOCOL)
    if not errand.storage:
        return made
    name = f"results-{digest(made)}"
    ByStorage(errand.storage).send(name, made)
    return name


class Table(NamedTuple):
    """A kit, ready, and the folder that stands for the site's."""

    kit: Any
    folder: Path


@lru_cache(maxsize=2)
def table_of(name: str, storage: str, place: Path) -> Table:
    bundle: Bundle = pickle.loads(fetched(name, storage))
    folder = place / digest(bundle.templates)
    for path, content in bundle.templates.items():
        put(folder / path, content)
    forget()
    store = Pantry(place / "store.sqlite", bundle.parcels, storage)
    return Table(unpacked(bundle.kit, store, folder), folder)


def worked(table: Table, errand: Errand) -> list[Any]:
    """The files of the site are there for as long as they are read."""
    try:
        for path, name in errand.files.items():
            put(table.folder / path, fetched(name, errand.storage))
        work, chunk = pickle.loads(errand.work)
        return [work(table.kit, item) for item in chunk]
    finally:
        for path in errand.files:
            (table.folder / path).unlink(missing_ok=True)


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


class Pantry(Store):
    """A store on this worker, filled from parcels when something is missing."""

    def __init__(self, path: Path, parcels: tuple[Parcel, ...], storage: str) -> None:
        super().__init__(path)
        self.parcel_of = {key: parcel.name for parcel in parcels for key in parcel.keys}
        self.storage = storage

    def get(self, key: str) -> bytes | None:
        found = super().get(key)
        if found is None and key in self.parcel_of:
            values: dict[str, bytes] = pickle.loads(fetched(self.parcel_of[key], self.storage))
            self.put(values)
            found = values.get(key)
        return found
