"""folders -> the digest of every file in them. A file whose size, times and place on the disk are
as they were has the digest it had: nothing is read twice.

Imports nothing heavy: a build in which nothing changed ends here.
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from coldpress.memory.canon import digest_of_words

Sign = tuple[int, int, int, int, int]
"""Size, time of the last change of the content and of the entry (ns), inode, sort of file."""
UNSURE = 20_000_000
"""Nanoseconds. A file changed this shortly before it was read could change again within one tick
of the disk's clock (1 to 10 ms on Linux) and keep its sign: it is read again the next time."""
AFTER_SLASH = chr(ord("/") + 1)
SKIPPED = frozenset({"__pycache__", ".git", ".venv", ".coldpress", "node_modules"})


def signs(root: str, folder: str) -> Iterator[tuple[str, Sign]]:
    """Path below `root` and sign of everything in a folder, or of a single file. Links are signs of
    themselves: nothing is followed."""
    try:
        state = os.lstat(os.path.join(root, folder))  # noqa: PTH118  ten thousand times a build
    except OSError:
        return
    if not stat.S_ISDIR(state.st_mode):
        yield folder, sign(state)
        return
    pending = [folder]
    while pending:
        within = pending.pop()
        try:
            entries = os.scandir(os.path.join(root, within))  # noqa: PTH118
        except OSError:
            yield (
                within,
                (0, 0, 0, 0, 0),
            )  # it is there and cannot be read: a problem to report anew
            continue
        with entries:
            for entry in entries:
                path = f"{within}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in SKIPPED:
                        pending.append(path)
                        yield f"{path}/", (0, 0, 0, 0, stat.S_IFDIR)
                else:
                    yield path, sign(entry.stat(follow_symlinks=False))


def sign(state: os.stat_result) -> Sign:
    sort = stat.S_IFMT(state.st_mode)
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino, sort


def file_sign(path: str) -> Sign | None:
    """Of a regular file; None for anything else."""
    try:
        state = os.lstat(path)
    except OSError:
        return None
    return sign(state) if stat.S_ISREG(state.st_mode) else None


class Look(NamedTuple):
    """How the files in some folders looked, under "root/path"."""

    roots: Mapping[str, tuple[str, ...]]
    """Folder -> what counts in it."""
    signs: dict[str, Sign]
    at: int
    """Nanoseconds since 1970, when all had been looked at."""


def look_at(roots: Mapping[str, tuple[str, ...]]) -> Look:
    found = {
        f"{root}/{path}": sign
        for root, folders in roots.items()
        for folder in folders
        for path, sign in signs(root, folder)
    }
    return Look(roots, found, time.time_ns())


class Inputs:
    """The files a build reads. `known`: sign and digest of the last time, under "root/path"."""

    def __init__(self, look: Look, known: Mapping[str, tuple[Sign, str]]) -> None:
        self.roots, self.signs, self.began = look
        self.ordered = sorted(self.signs)
        self.known = {name: row for name, row in known.items() if name in self.signs}
        self.prints: dict[str, str] = {}
        self.listed: dict[str, tuple[Iterable[str], dict[str, str]]] = {}
        """Folder -> the paths in it whose digests were asked for last, and these."""
        self.unsettled: set[str] = set()
        """Files that were saved since, or may change unseen."""

    def follow(self, saved: Iterable[str]) -> bool:
        """Only these files were saved since. False when a look at them does not tell what that
        means, because something has come or gone: then all is to be looked at again. What came and
        went meanwhile, as editors do it, counts as nothing."""
        began, found = time.time_ns(), {}
        for path in saved:
            now = file_sign(path)
            if now and path in self.signs and stat.S_ISREG(self.signs[path][-1]):
                found[path] = now
            elif now or not self.outside(path):
                return False
        self.signs.update(found)
        self.unsettled.update(found)
        self.began = began
        return True

    def covers(self, roots: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether all of that is among what was looked at."""
        return all(set(names) <= set(self.roots.get(root, ())) for root, names in roots.items())

    def outside(self, path: str) -> bool:
        """Whether there is nothing known of a path, and nothing on the disk."""
        below = any(path.startswith(f"{root}/") for root in self.roots)
        known = path in self.signs or f"{path}/" in self.signs
        return below and not known and not os.path.lexists(path)

    def digests(self, folder: str, paths: Sequence[str]) -> dict[str, str]:
        """Of many files, by their paths in a folder."""
        before, found = self.listed.get(folder, ((), {}))
        if before is paths:
            names = [name for name in self.unsettled if name.startswith(folder)]
            old = {path: name for name in names if (path := name[len(folder) :]) in found}
        else:
            found, old = {}, {path: folder + path for path in paths}
        signs, known = self.signs, self.known
        new: dict[str, str] = {}
        for path, name in old.items():
            row = known.get(name)
            if row and signs.get(name) == row[0]:
                new[path] = row[1]
            else:
                new[path] = self.digest(name)
            if name in known and known[name][0] == signs.get(name):
                self.unsettled.discard(name)
            else:
                self.unsettled.add(name)
        self.listed[folder] = paths, {**found, **new}
        return self.listed[folder][1]

    def digest(self, path: str | Path) -> str:
        """Of a file's bytes; nothing when there is none."""
        name = os.fspath(path)
        found = self.signs.get(name)
        before = self.known.get(name)
        if before and found == before[0]:
            return before[1]
        try:
            if not stat.S_ISREG(os.stat(name).st_mode):  # noqa: PTH116  to open a pipe is to wait
                return ""
            with open(name, "rb") as file:  # noqa: PTH123
                made = hashlib.sha256(file.read()).hexdigest()
        except FileNotFoundError:
            return ""
        except OSError:  # equal to nothing, so that nothing is remembered under it
            return f"unread {time.time_ns()}"
        if found and max(found[1], found[2]) < self.began - UNSURE:
            self.known[name] = found, made
        return made

    def tree(self, *folders: str | Path) -> str:
        """Of all files in some folders: their names and bytes."""
        whole = hashlib.sha256()
        for folder in folders:
            start = f"{os.fspath(folder)}/"
            for name in self.below(start):
                if name[-1] != "/":
                    whole.update(f"{name[len(start) :]}\0{self.digest(name)}\0".encode())
            whole.update(b"\1")
        return whole.hexdigest()

    def below(self, start: str) -> list[str]:
        """What begins with the path of a folder, in order."""
        first = bisect_left(self.ordered, start)
        return self.ordered[first : bisect_left(self.ordered, f"{start[:-1]}{AFTER_SLASH}", first)]

    @property
    def unsure(self) -> bool:
        """Whether a file was changed so shortly before that it could change again unseen."""
        edge = self.began - UNSURE
        return any(max(sign[1], sign[2]) >= edge for sign in self.signs.values())

    def print_of(self, folder: Path) -> str:
        """A digest of which files there are in a folder, and of what sort."""
        start = f"{folder}/"
        if start not in self.prints:
            names = ((name[len(start) :], self.signs[name][-1]) for name in self.below(start))
            self.prints[start] = digest_of_words(str(word) for row in names for word in row)
        return self.prints[start]

    def current(self) -> dict[str, tuple[Sign, str]]:
        """What to know the next time: of files that are still there."""
        return dict(self.known)
