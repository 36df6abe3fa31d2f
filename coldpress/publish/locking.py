"""A context manager: one build at a time for an output folder.

The lock belongs to the open file, so the system frees it the moment its holder ends, however that
happens. What is written in the file is only for the message that the second build shows.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from coldpress.problems import OperationError
from coldpress.publish.faults import explained
from coldpress.publish.paths import neighbours

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # Windows lets nobody read a locked byte: lock one behind the text

    def _take(file: TextIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _spare_children(file: TextIO) -> None:
        """Windows has no fork."""

else:
    import fcntl

    def _take(file: TextIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _spare_children(file: TextIO) -> None:
        """A forked worker shares the open file, and may outlive a killed build for ever: it would
        hold the lock as long. So a child closes its share first thing."""
        held = weakref.ref(file)
        os.register_at_fork(after_in_child=lambda: _close(held()))

    def _close(file: TextIO | None) -> None:
        if file is not None:
            file.close()


@contextmanager
def lock(output: Path) -> Iterator[None]:
    """Hold the folder for this build, or raise OperationError at once when another build does."""
    with explained():
        path = neighbours(output).lock
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    with file:
        with explained():
            if not _take(file):
                raise OperationError(
                    f"another build is at work on this folder: {_holder(file)}",
                    "wait until it has ended, or end it, then build again",
                )
            _spare_children(file)
            _sign(file)
        try:
            yield
        finally:
            with contextlib.suppress(OSError, ValueError):  # ValueError: closed, in a child
                file.truncate(0)


def _machine() -> str:
    """Its name. The standard library's `platform` says the same, after trying patterns for it."""
    return os.uname().nodename if os.name == "posix" else os.environ.get("COMPUTERNAME", "")


def _sign(file: TextIO) -> None:
    file.truncate(0)
    file.write(f"{os.getpid()} {int(time.time())} {_machine()}\n")
    file.flush()


def _holder(file: TextIO) -> str:
    file.seek(0)
    words = file.read(1000).split()
    if len(words) < 2 or not words[1].isdecimal():
        return "it has only just begun"
    age = max(0, int(time.time()) - int(words[1]))
    host = "" if words[2:] in ([], [_machine()]) else f" on {words[2]}"
    return f"process {words[0]}{host}, for {_spoken(age)}"


def _spoken(seconds: int) -> str:
    count, unit = (seconds, "second") if seconds < 120 else (seconds // 60, "minute")
    return f"{count} {unit}{'' if count == 1 else 's'}"
