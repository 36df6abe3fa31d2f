"""What earlier builds made, by key: one SQLite file, `.coldpress/store.sqlite`.

A key says what went into a value (a digest) and what it is ("body:4f1c..."), so a value is never
wrong, only unused. Deleting the file is always safe; moving it to another machine makes a build
there as quick as the next one here.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

T = TypeVar("T")
LARGEST = 1 << 30
"""Bytes of the file before values that the last build did not use are thrown out."""
WORTH = 4
"""The file is rewritten when it then loses one part in so many."""
FORMAT = 4
"""Of the table."""
MANY = 500
"""Keys asked for at once: SQLite takes 32,766, and the list must not grow with the site."""


class LostError(Exception):
    """Something that was kept is gone or damaged, or the file cannot be read: what it saved has to
    be made again."""


class Store:
    """One for each thread of work; forked and pickled copies open the file for themselves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.opened: tuple[int, sqlite3.Connection] | None = None
        self.memory: dict[str, Any] = {}
        self.lasting = True
        """Whether there is a file. Without one, only this process knows what it kept."""

    def __getstate__(self) -> dict[str, Any]:
        return {"path": self.path, "opened": None, "memory": {}, "lasting": self.lasting}

    @property
    def file(self) -> sqlite3.Connection:
        if self.opened is None or self.opened[0] != os.getpid():
            file = open_file(self.path) if self.lasting else None
            self.lasting = file is not None
            self.opened = os.getpid(), file or in_memory()
        return self.opened[1]

    def get(self, key: str) -> bytes | None:
        with reading(key):
            row = self.file.execute(f"{SELECT} = ?", (key,)).fetchone()
        return None if row is None else sound(*row)

    def need(self, key: str) -> bytes:
        """What was kept a moment ago."""
        value = self.get(key)
        if value is None:
            raise LostError(key)
        return value

    def has(self, key: str) -> bool:
        with reading(key):
            found = self.file.execute("select 1 from kept where key = ?", (key,)).fetchone()
        return found is not None

    def several(self, keys: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        wanted = list(keys)
        for start in range(0, len(wanted), MANY):
            some = wanted[start : start + MANY]
            marks = ",".join("?" * len(some))
            with reading(f"{len(some)} values"):
                rows = self.file.execute(f"{SELECT} in ({marks})", some).fetchall()
            yield from ((row[0], sound(*row)) for row in rows)

    def put(self, values: Mapping[str, bytes]) -> None:
        """All of them or none. A full disk only costs time: who needs one and does not find it
        makes it anew."""
        rows = [(key, value, sum_of(key, value)) for key, value in values.items()]
        with suppress(sqlite3.DatabaseError), self.file:
            self.file.executemany("insert or replace into kept values (?, ?, ?)", rows)

    def value(self, key: str) -> Any:
        """None when it is not kept. What was asked for once stays in memory."""
        if key not in self.memory:
            try:
                written = self.get(key)
                if written is None:
                    return None
                self.memory[key] = pickle.loads(written)
            except Exception:  # damaged, or of another version: whatever unpickling can raise
                return None
        return self.memory[key]

    def keep(self, key: str, value: Any) -> None:
        self.memory[key] = value
        self.put({key: pickle.dumps(value, pickle.HIGHEST_PROTOCOL)})

    def remembered(
        self, key: str, make: Callable[[], T], keeps: Callable[[T], bool] = lambda _made: True
    ) -> T:
        """`make` once for a key, on this machine or the one the file came from. `keeps`: whether
        what was made is right the next time as well."""
        found: T | None = self.value(key)
        if found is None:
            found = make()
            if keeps(found):
                self.keep(key, found)
        return found

    def forget_memory(self, kinds: tuple[str, ...], but: str) -> None:
        """A long preview must not keep every state of the site it ever had."""
        old = [key for key in self.memory if key.startswith(kinds) and key != but]
        for key in old:
            del self.memory[key]

    def sweep(self, used: AbstractSet[str], largest: int = LARGEST) -> int:
        """Throw out what was not used, when the file has grown too large; the bytes this frees.
        What this process has in memory counts as used. A site that needs more than `largest` keeps
        all it needs: the file is then bounded by that and a third more."""
        if not self.lasting or not self.path.is_file() or self.path.stat().st_size <= largest:
            return 0
        with suppress(LostError), reading("all"):
            return self.swept(used)
        return 0

    def swept(self, used: AbstractSet[str]) -> int:
        kept: dict[str, int] = dict(self.file.execute("select key, length(value) from kept"))
        stale = kept.keys() - used - self.memory.keys()
        freed = sum(kept[key] for key in stale)
        if freed * WORTH < sum(kept.values()):
            return 0
        with suppress(sqlite3.OperationalError), self.file:  # another build at work, a full disk
            self.file.executemany("delete from kept where key = ?", ((key,) for key in stale))
        with suppress(sqlite3.OperationalError):
            self.file.execute("vacuum")
        return freed

    def begin_anew(self) -> None:
        """Throw the file away, and remember in this process alone from now on."""
        if self.opened is not None:
            with suppress(sqlite3.Error):
                self.opened[1].close()
        discard(self.path)
        self.opened, self.lasting = None, False
        self.memory.clear()

    def close(self) -> None:
        """Everything in the one file, which may then be copied or carried away. It opens again by
        itself."""
        if self.opened is None or self.opened[0] != os.getpid() or not self.lasting:
            return
        with suppress(sqlite3.OperationalError):
            self.file.execute("pragma wal_checkpoint(truncate)")
        self.opened[1].close()
        self.opened = None


SELECT = "select key, value, sum from kept where key"


@contextmanager
def reading(key: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as fault:
        raise LostError(f"{key}: {fault}") from fault


def sum_of(key: str, value: bytes) -> int:
    """SQLite itself notices neither another byte in a value nor another value for a key. Against a
    bad disk, not against bad people: a CRC takes a fifth of the time of a digest."""
    return crc32(value, crc32(key.encode()))


def sound(key: str, value: bytes, sum_: int) -> bytes:
    if not isinstance(value, bytes) or sum_of(key, value) != sum_:
        raise LostError(key)
    return value


def discard(path: Path) -> None:
    """With its log: one that belongs to another file would be played into the next."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def open_file(path: Path) -> sqlite3.Connection | None:
    """A file that cannot be read is thrown away: it only saves time. None where none can be written
    (a folder that is read only, a full disk)."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    for _attempt in range(2):
        try:
            return fresh(sqlite3.connect(path, timeout=30, check_same_thread=False))
        except sqlite3.OperationalError:
            break
        except sqlite3.DatabaseError:
            discard(path)
    return None


def in_memory() -> sqlite3.Connection:
    return fresh(sqlite3.connect(":memory:", check_same_thread=False))


def fresh(file: sqlite3.Connection) -> sqlite3.Connection:
    """What it holds can be made again, so a power cut may cost it its last values."""
    file.execute("pragma journal_mode = wal")
    file.execute("pragma synchronous = off")
    if file.execute("pragma user_version").fetchone() != (FORMAT,):
        file.execute("drop table if exists kept")
        file.execute(f"pragma user_version = {FORMAT}")
    file.execute("create table if not exists kept (key text primary key, value blob, sum integer)")
    return file
