"""A folder on this machine, or on a disk that is mounted: one file at a time, each whole or not at
all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coldpress.deploying.model import RECORD, Batch
from coldpress.problems import OperationError

PART = ".coldpress.part"
"""A file on its way. One that a killed deployment left is written over by the next."""


class FolderCarrier:
    keeps_headers = False
    at_once = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def record(self) -> bytes | None:
        with _told(self.folder):
            try:
                return (self.folder / RECORD).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def listing(self) -> frozenset[str]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return frozenset(path.relative_to(self.folder).as_posix() for path in found)

    def send(self, tree: Path, batch: Batch) -> None:
        with _told(self.folder):
            for path in batch.paths:
                self._put(path, tree / path)

    def remove(self, paths: Sequence[str]) -> None:
        with _told(self.folder):
            for path in paths:
                there = self._inside(path)
                there.unlink(missing_ok=True)
                self._prune(there.parent)

    def clear(self, _paths: Sequence[str]) -> None:
        with _told(self.folder):
            (self.folder / PART).unlink(missing_ok=True)

    def note(self, written: bytes) -> None:
        with _told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / PART
            _keep(part, written)
            part.replace(self.folder / RECORD)

    def finish(self, tree: Path) -> None:
        """All is there already."""

    def _put(self, path: str, source: Path) -> None:
        there = self._inside(path)
        there.parent.mkdir(parents=True, exist_ok=True)
        part = self.folder / PART
        shutil.copyfile(source, part)
        shutil.copystat(source, part)
        part.replace(there)

    def _inside(self, path: str) -> Path:
        """A link on the way may lead anywhere: refused."""
        there = self.folder / path
        for step in (there, *there.parents):
            if step == self.folder:
                return there
            if step.is_symlink():
                raise OperationError(f"{step} is a link to another place", "remove the link")
        raise AssertionError("a path outside the folder")

    def _prune(self, folder: Path) -> None:
        with contextlib.suppress(OSError):  # not empty: somebody else's files, or ours
            while folder != self.folder:
                folder.rmdir()
                folder = folder.parent


def _keep(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        where = failure.filename or folder
        raise OperationError(f"{where}: {why}", "mend that, then deploy again") from failure
