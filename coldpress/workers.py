"""A kit -> worker processes that have it, and answer for chunks of items.

Each has a pipe of its own, so that one that is ended from outside (by a system short of memory) is
missed at once, also in the middle of an answer. The pool of the standard library has one queue for
all of them: whoever ends while writing into it leaves it locked, and the build waits for ever (seen
in 1 of 293 builds of which a worker was killed).
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, TypeVar

from msgspec import Struct

from coldpress.memory.spare import give_back
from coldpress.problems import OperationError

PATIENCE = 5.0
"""Seconds a worker has to end by itself."""
BETWEEN = 0.02
"""Seconds between two looks whether an answer is still wanted."""
NOTHING_MORE = b""
K = TypeVar("K")
T = TypeVar("T")
R = TypeVar("R")


class OvertakenError(Exception):
    """Nobody wants the answer any more."""


class Worker(Struct, frozen=True):
    process: BaseProcess
    pipe: Connection

    def answer(
        self, work: Any, chunk: tuple[Any, ...], wanted: Callable[[], bool] | None = None
    ) -> list[Any]:
        """Raises what the work raised; OperationError when the process is gone; OvertakenError as
        soon as the answer is no longer `wanted`."""
        try:
            self.pipe.send_bytes(pickle.dumps((work, chunk), pickle.HIGHEST_PROTOCOL))
            while wanted is not None and not self.pipe.poll(BETWEEN):
                if not wanted():
                    raise OvertakenError
            made, fault = pickle.loads(self.pipe.recv_bytes())
        except (EOFError, OSError) as ended:
            raise OperationError(
                "a worker process of this build was ended from outside; your live site was not "
                "changed",
                "build again; if the computer is short of memory, with --jobs 1",
            ) from ended
        if fault is not None:
            raise fault
        answers: list[Any] = made
        return answers


class Team(Struct, frozen=True):
    """As many threads as workers: each waits for the one it has taken."""

    threads: ThreadPoolExecutor
    free: SimpleQueue[Worker]

    def __call__(self, work: Any, chunk: tuple[Any, ...]) -> Future[list[Any]]:
        return self.threads.submit(self.answered, work, chunk)

    def answered(self, work: Any, chunk: tuple[Any, ...]) -> list[Any]:
        worker = self.free.get()
        try:
            return worker.answer(work, chunk)
        finally:
            self.free.put(worker)


@contextmanager
def team(jobs: int, kit: Any) -> Iterator[Team]:
    """Workers start before the threads do: a process that is forked off one with threads may wait
    for what one of them had locked."""
    workers: list[Worker] = []
    free: SimpleQueue[Worker] = SimpleQueue()
    threads = ThreadPoolExecutor(jobs)
    kindly = False
    try:
        for _ in range(jobs):
            workers.append(started(kit))
            free.put(workers[-1])
        yield Team(threads, free)
        kindly = True
    finally:
        dismiss(workers, kindly=kindly)
        threads.shutdown(cancel_futures=True)
        for worker in workers:
            ended(worker)


def aside(work: Callable[[K, T], R], kit: K, item: T, wanted: Callable[[], bool]) -> R:
    """What is made of one item, by a process of its own: this one can go on with what is asked of
    its other threads, and stop waiting. Raises OvertakenError when it did."""
    worker = started(kit)
    try:
        (made,) = worker.answer(work, (item,), wanted)
    except OvertakenError:
        worker.process.terminate()  # it tidies up, and nobody waits for that
        threading.Thread(target=ended, args=(worker,), daemon=True).start()
        raise
    except BaseException:
        worker.process.kill()
        ended(worker)
        raise
    dismiss([worker], kindly=True)
    ended(worker)
    answer: R = made
    return answer


def ended(worker: Worker) -> None:
    worker.process.join()
    worker.pipe.close()


def started(kit: Any) -> Worker:
    context: Any = multiprocessing.get_context("fork" if can_fork() else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=attend, args=(kit, theirs), daemon=True)
    process.start()
    theirs.close()  # else its end could not be told by ours
    return Worker(process, ours)


def dismiss(workers: list[Worker], *, kindly: bool) -> None:
    """`kindly`: nobody is at work."""
    for worker in workers:
        if kindly:
            with suppress(OSError):
                worker.pipe.send_bytes(NOTHING_MORE)
        else:
            worker.process.kill()
    for worker in workers:
        worker.process.join(PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()


def can_fork() -> bool:
    """macOS can, but its own libraries do not survive it."""
    return os.name == "posix" and os.uname().sysname == "Linux"


# ------------------------------------------------------------------------- in the workers


def attend(kit: Any, pipe: Connection) -> None:
    """What a worker does all its life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the build, which ends us
    signal.signal(signal.SIGTERM, leave)
    threading.Thread(target=end_with_parent, daemon=True).start()
    with suppress(EOFError, OSError):
        while asked := pipe.recv_bytes():
            pipe.send_bytes(worked(kit, asked))
            give_back()


def leave(_number: int, _frame: object) -> None:
    """Temporary folders are removed on the way out."""
    raise SystemExit(0)


def worked(kit: Any, asked: bytes) -> bytes:
    """Answers and no fault, or the fault."""
    try:
        work, chunk = pickle.loads(asked)
        made = [work(kit, item) for item in chunk]
        return pickle.dumps((made, None), pickle.HIGHEST_PROTOCOL)
    except Exception as fault:  # whatever it is, the build will tell
        return pickle.dumps((None, sendable(fault)), pickle.HIGHEST_PROTOCOL)


def sendable(fault: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(fault))
    except Exception:
        return RuntimeError(repr(fault))
    return fault


def end_with_parent() -> None:
    """A worker waits for work for ever, also when the build it waits for was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
