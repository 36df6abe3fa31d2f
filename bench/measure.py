"""A command -> the time, the work and the memory of all its processes. Linux only.

Every command gets a session of its own, so its processes are known even when their parent is gone.
Memory is what they hold together: proportional shares, so that what worker processes have in common
counts once. Reading it costs time, therefore it is only sampled in runs whose time does not count.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
INTERVAL = 0.02
"""Seconds between two looks at the memory."""
TAIL = 1_500
PATIENCE = 5.0
"""Seconds a server has to end by itself."""


class BenchError(Exception):
    """A measurement could not be made. The text says which, and what the command wrote."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds, processor seconds (user and system, all processes), bytes (0: not sampled)."""

    wall: float
    cpu: float
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    words: Sequence[str]
    folder: Path
    log: Path
    env: Mapping[str, str]

    def start(self) -> subprocess.Popen[bytes]:
        with self.log.open("wb") as log:
            return subprocess.Popen(
                self.words,
                cwd=self.folder,
                env={**surroundings(), **self.env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def written(self) -> str:
        return self.log.read_text(errors="replace")[-TAIL:]


def surroundings() -> dict[str, str]:
    """A user's: modules are compiled once and kept, whatever was asked for of this process."""
    return {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(command: Command, *, sample: bool = False) -> Spent:
    """Waits for the command. Raises BenchError when it fails."""
    started = time.perf_counter()
    process = command.start()
    try:
        peak = sampled(process.pid) if sample else 0
        _, status, usage = os.wait4(process.pid, 0)
    except KeyboardInterrupt:
        stop(process)
        raise
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        words = " ".join(command.words)
        raise BenchError(f"{words}\nended with {process.returncode}:\n{command.written()}")
    return Spent(wall, usage.ru_utime + usage.ru_stime, peak)


def sampled(pid: int) -> int:
    """The most its session held at any look, until it ends."""
    peak = 0
    while runs(pid):
        peak = max(peak, memory(pid))
        time.sleep(INTERVAL)
    return peak


def runs(pid: int) -> bool:
    """Whether a child has not ended yet; it stays there to be waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def memory(session: int) -> int:
    """Bytes all processes of a session hold now."""
    return sum(held(pid) for pid in members(session))


def members(session: int) -> Iterator[int]:
    for entry in PROC.iterdir():
        if entry.name.isdecimal() and session_of(entry) == session:
            yield int(entry.name)


def session_of(process: Path) -> int:
    """Field 6 of its stat line; the name before may hold any sign, but no `)` after it."""
    try:
        return int((process / "stat").read_text(errors="replace").rpartition(")")[2].split()[3])
    except (OSError, IndexError):  # gone in the meantime
        return 0


def held(pid: int) -> int:
    """Proportional share of a process, in bytes."""
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        return 0
    return 0


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a server and all it started."""
    for sign in (signal.SIGINT, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
            process.wait(PATIENCE)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
    process.wait(PATIENCE)
