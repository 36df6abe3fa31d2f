"""items -> what a function makes of each: in this process, in several, or wherever an Executor
sends them.

The `kit` is what all items need (the site as it was read). It is handed over once: a forked worker
has it from its parent, a spawned one gets it when it starts, an executor of somebody else's gets a
file to read it from (its workers see the site's folder too). Workers that share no disk with us
need a crew of their own kind: see cluster/.
"""

from __future__ import annotations

import gc
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from msgspec import Struct

from coldpress.memory.spare import give_back

CHUNK = 32
"""Items a worker gets at once: chunks of 4 cost 20% more, chunks of 64 leave a worker alone at the
end (10,000 articles, 4 processes)."""
AHEAD = 4
"""Chunks a worker may have waiting: enough to be never idle, few enough to hold in memory."""

K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[K, T], R]


def make_all(
    work: Work[K, T, R], kit: K, items: Sequence[T], crew: Crew, each: int = 1
) -> Iterator[tuple[T, R]]:
    """Every item with what was made of it, in no particular order. `work` stands at the top of
    its module, so that another process can import it. `each`: pages that could be made in the time
    one item takes."""
    crew = crew.at(kit)
    if crew.alone(len(items) * each):
        for item in items:
            yield item, work(kit, item)
        return
    with crew.hands(kit, items) as submit:
        size = max(1, crew.chunk // each)
        chunks = (tuple(items[n : n + size]) for n in range(0, len(items), size))
        yield from flowing(submit, work, chunks, crew.jobs * AHEAD)


class Coming(Protocol):
    """A chunk under way."""

    def done(self) -> bool:
        """Whether there is nothing to wait for."""

    def result(self) -> list[Any]:
        """Waits for it."""


Submit = Callable[[Any, tuple[Any, ...]], Coming]
"""Work and a chunk of items -> what will come of them, in their order."""


class Asked(Struct, frozen=True):
    """An executor, asked for chunks. `call`: finds the kit, and works."""

    executor: Executor
    call: Callable[[Any, tuple[Any, ...]], list[Any]]

    def __call__(self, work: Any, chunk: tuple[Any, ...]) -> Coming:
        return self.executor.submit(self.call, work, chunk)


def flowing(
    submit: Submit, work: Any, chunks: Iterable[tuple[Any, ...]], most: int
) -> Iterator[tuple[Any, Any]]:
    """A few chunks under way at any time; results as they come."""
    waiting: list[tuple[tuple[Any, ...], Coming]] = []
    for chunk in chunks:
        waiting.append((chunk, submit(work, chunk)))
        if len(waiting) >= most:
            ready = (number for number, (_, future) in enumerate(waiting) if future.done())
            some, future = waiting.pop(next(ready, 0))
            yield from zip(some, future.result(), strict=True)
    for chunk, future in waiting:
        yield from zip(chunk, future.result(), strict=True)


class Crew(Struct, frozen=True):
    """Who does the work. `executor`: any `concurrent.futures.Executor`, else our own processes."""

    jobs: int = 1
    executor: Executor | None = None
    pays: int = 64
    """Items from which starting processes costs less than it saves."""
    folder: Path | None = None
    """Where an executor's workers can read the kit: shared with them, when they are elsewhere."""
    chunk: int = CHUNK

    def at(self, _kit: Any) -> Crew:
        """Who works with such a kit."""
        return self

    def alone(self, pages: int) -> bool:
        """Whether so little is done sooner without help."""
        return self.executor is None and (self.jobs == 1 or pages < self.pays)

    @contextmanager
    def hands(self, kit: Any, _items: Sequence[Any]) -> Iterator[Submit]:
        if self.executor is not None:
            with kit_in_file(kit, self.folder) as file:
                yield Asked(self.executor, FromFile(str(file)))
            return
        from coldpress.workers import team  # an edit needs nobody's help

        # Without it every worker's first collection writes into all the pages it shares with us.
        gc.freeze()
        give_back()
        try:
            with team(self.jobs, kit) as submit:
                yield submit
        finally:
            gc.unfreeze()


@contextmanager
def kit_in_file(kit: Any, folder: Path | None) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(".kit", "coldpress-", folder)
    try:
        with os.fdopen(handle, "wb") as file:
            pickle.dump(kit, file, pickle.HIGHEST_PROTOCOL)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


class FromFile(Struct, Generic[K], frozen=True):
    """The call for workers that are not ours."""

    file: str

    def __call__(self, work: Any, chunk: tuple[Any, ...]) -> list[Any]:
        kit = kit_from(self.file)
        return [work(kit, item) for item in chunk]


@lru_cache(maxsize=2)
def kit_from(file: str) -> Any:
    return pickle.loads(Path(file).read_bytes())
