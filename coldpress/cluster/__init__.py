"""address of a Dask cluster -> a crew that works there.

    errands     here: what is sent, what is asked for, what is asked for again
    parcels     how values and kits travel
    carriers    on which way: from worker to worker, or through storage
    worker      there: what runs on a worker
    versions    what must be equal here and there

The cluster exists already; nothing is started or stopped. Its machines need the same version of
coldpress and of its libraries, and no folder in common with us or with each other.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from coldpress.cluster.carriers import ByCluster, ByStorage
from coldpress.cluster.errands import Depot, Sender, goes_out, other_version, workers_of
from coldpress.cluster.library import MISSING, distributed
from coldpress.cluster.versions import difference, versions
from coldpress.make import Crew, Submit
from coldpress.model import Options
from coldpress.problems import OperationError

ANSWER = 5
"""Seconds a scheduler may take to answer."""
COME = 15
"""Seconds until the first worker must be there."""


class Abroad(Crew, frozen=True):
    """Workers that see nothing of our disk."""

    home: int = 1
    """Processes of our own, for reading the site's folder."""
    client: Any = None
    depot: Any = None
    storage: str = ""

    def at(self, kit: Any) -> Crew:
        return self if goes_out(kit) else Crew(self.home)

    def alone(self, pages: int) -> bool:
        return pages < self.pays

    @contextmanager
    def hands(self, kit: Any, items: Sequence[Any]) -> Iterator[Submit]:
        name = self.depot.kit(kit, items)
        yield Sender(self.client, self.depot, name, self.storage, versions())


@contextmanager
def crew_at(address: str, options: Options, storage: str = "") -> Iterator[Crew]:
    """`storage`: an address fsspec knows, which the workers reach too; results are left there, and
    what they need. Without it everything goes through the cluster."""
    if MISSING:
        raise OperationError(
            f"{MISSING} is not installed, and a cluster is spoken to through it",
            "python3 -m pip install 'distributed>=2026.1'",
        )
    with quiet(), client_at(address) as client:
        workers = workers_at(client, address)
        equal(client)
        carrier = ByStorage(storage) if storage else ByCluster(client)
        yield Abroad(
            jobs=sum(workers.values()),
            home=options.jobs,
            client=client,
            depot=Depot(carrier, options.source),
            storage=storage,
        )


@contextmanager
def quiet() -> Iterator[None]:
    """What happens to single workers is told to the cluster's own logs."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        logger.setLevel(before)


@contextmanager
def client_at(address: str) -> Iterator[Any]:
    try:
        # A client of an address that is none waits for itself, for ever, when it is deleted.
        distributed.comm.get_address_host_port(address)
        client = distributed.Client(address, timeout=ANSWER, set_as_default=False, name="coldpress")
    except (OSError, ValueError):  # TimeoutError is an OSError; no address, no scheduler
        raise OperationError(
            f"no scheduler of a Dask cluster answers at {address}",
            "check the address, for instance tcp://10.0.0.5:8786, and that the cluster runs",
        ) from None
    try:
        yield client
    finally:
        client.close(timeout=ANSWER)


def workers_at(client: Any, address: str) -> Mapping[str, int]:
    try:
        client.wait_for_workers(1, timeout=COME)
    except TimeoutError:
        raise OperationError(
            f"the cluster at {address} has no workers",
            f"start some: dask worker {address} --nthreads 1",
        ) from None
    return workers_of(client)


def equal(client: Any) -> None:
    """Whether all workers would make the bytes that we would make. The scheduler makes none, and
    reads what it hands on."""
    try:
        found = {"scheduler": client.run_on_scheduler(versions), **client.run(versions)}
    except Exception as failed:  # of what went wrong on a worker only the words arrive
        raise OperationError(
            f"the cluster cannot run coldpress: {failed}",
            "its scheduler and its workers need the same coldpress as there is here",
        ) from None
    for where, theirs in sorted(found.items()):
        if what := difference(versions(), theirs):
            raise other_version(where, what)
