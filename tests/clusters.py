"""A Dask cluster of real processes on this machine, for tests: started here and ended here.

Its workers run in a folder of their own and are refused every file below the folders they are to
know nothing of, as on another machine.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = 60.0
"""Seconds a scheduler may take to start on a busy machine."""
REFUSE = """
import os, sys

HIDDEN = {hidden!r}

def refuse(event, given):
    if event in ("open", "os.scandir", "os.listdir", "sqlite3.connect") and given:
        path = given[0]
        if not isinstance(path, int) and os.fsdecode(path).startswith(HIDDEN):
            raise PermissionError(f"{{path}} is on another machine")

sys.addaudithook(refuse)
"""
PLAIN = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")


@dataclass(slots=True)
class Cluster:
    folder: Path
    address: str
    scheduler: subprocess.Popen[bytes]
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def join(self, count: int = 1, code: Path = ROOT) -> None:
        """More workers, with the code in some folder."""
        environment = {**self.environment, "PYTHONPATH": path(self.folder / "hook", code)}
        for _ in range(count):
            here = ("--local-directory", str(self.folder / "scratch"))
            words = ("worker", self.address, "--no-nanny", "--nthreads", "1", *here, *PLAIN)
            self.workers.append(dask(words, self.folder, environment))

    def kill(self, worker: int) -> None:
        """As the power does."""
        self.workers[worker].send_signal(signal.SIGKILL)
        self.workers[worker].wait()

    def stop(self) -> None:
        """The workers first: without a scheduler they hope for its return."""
        end(self.workers)
        end([self.scheduler])


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5)
        process.kill()
        process.wait()


@contextlib.contextmanager
def cluster(
    folder: Path,
    workers: int,
    hidden: Sequence[Path] = (),
    settings: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """`hidden`: folders on another machine. `settings`: of Dask, as its environment names them."""
    (folder / "hook").mkdir(parents=True)
    closed = tuple(f"{place}/" for place in hidden)
    (folder / "hook" / "sitecustomize.py").write_text(REFUSE.format(hidden=closed))
    told = folder / "scheduler.json"
    environment = {**os.environ, **(settings or {}), "PYTHONPATH": path(ROOT)}
    words = ("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
    scheduler = dask((*words, *PLAIN), folder, environment)
    made = Cluster(folder, "", scheduler, environment)
    try:
        made.address = address_in(told)
        made.join(workers)
        yield made
    finally:
        made.stop()


def address_in(file: Path) -> str:
    end = time.monotonic() + START
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError):
            return str(json.loads(file.read_text())["address"])
        time.sleep(0.05)
    raise TimeoutError(f"no scheduler wrote {file}")


def dask(
    words: Sequence[str], folder: Path, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    with (folder / f"{words[0]}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def path(*folders: Path) -> str:
    return os.pathsep.join(map(str, folders))
