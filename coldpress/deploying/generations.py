"""Files to deploy -> a tree of exactly these under .coldpress/deployed/<target>/, and the two trees
that were deployed before it, for a way back.

    next/       in the making          each: output/      what a visitor gets
    current/    deployed last                record.json  what was in it, by digest
    previous/   before that                  and the files the host wants beside output/
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from coldpress.deploying import record
from coldpress.deploying.model import Entry, There
from coldpress.model import Made
from coldpress.problems import OperationError

OWN, HEADERS = "record.json", "headers.json"
DOTTED = (".well-known", ".nojekyll", ".htaccess")
"""Names with a dot in front that a site may need. All others are somebody's private affair."""


class Generations(Struct, frozen=True):
    """`folder`: of one target."""

    folder: Path

    @property
    def next(self) -> Path:
        return self.folder / "next"

    @property
    def current(self) -> Path:
        return self.folder / "current"

    @property
    def previous(self) -> Path:
        return self.folder / "previous"

    def stage(
        self,
        files: Mapping[str, bytes | Path | Made],
        beside: Mapping[str, bytes],
        headers: Mapping[str, Mapping[str, str]],
    ) -> dict[str, Entry]:
        """`next` holds these. A file that `current` has too is not written twice."""
        with told(self.folder):
            remove(self.next)
            known = self.entries(self.current)
            made: dict[str, Entry] = {}
            for path, source in files.items():
                content = content_of(source)
                made[path] = entry_of(content)
                twin = self.current / "output" / path if known.get(path) == made[path] else None
                put(self.next / "output" / path, content, twin)
            for path, content in beside.items():
                put(self.next / path, content)
            (self.next / "output").mkdir(parents=True, exist_ok=True)
            there = There(made, generation=record.generation_of(made))
            put(self.next / OWN, record.written(there))
            put(self.next / HEADERS, json.dumps(headers).encode())
            return made

    def adopt(self, kept: Mapping[str, Entry]) -> None:
        """Old assets into `next`, where a host takes what is not in the folder for removed."""
        with told(self.folder):
            for path, one in kept.items():
                old = self.current / "output" / path
                if old.is_file() and entry_of(old.read_bytes()).sha256 == one.sha256:
                    put(self.next / "output" / path, old.read_bytes(), old)

    def rotate(self) -> None:
        """What was `next` is deployed. The same site twice leaves the way back as it is."""
        with told(self.folder):
            if self.generation(self.next) == self.generation(self.current):
                remove(self.next)
                return
            if self.current.exists():
                remove(self.previous)
                self.current.rename(self.previous)
            self.next.rename(self.current)

    def swap(self) -> None:
        """The previous one is deployed again."""
        with told(self.folder):
            remove(self.next)
            self.previous.rename(self.next)
            if self.current.exists():
                self.current.rename(self.previous)
            self.next.rename(self.current)

    def back(self) -> tuple[dict[str, Entry], dict[str, dict[str, str]]]:
        """What `previous` holds, each file looked at; and its headers."""
        found = self.entries(self.previous)
        if not found:
            raise OperationError(
                "no earlier deployment to this target is kept here; nothing was changed",
                "one is kept from the second deployment on, in .coldpress/deployed/ of the machine "
                "that deploys",
            )
        with told(self.folder):
            for path, one in found.items():
                file = self.previous / "output" / path
                if not file.is_file() or entry_of(file.read_bytes()).sha256 != one.sha256:
                    raise OperationError(
                        f"the earlier deployment is damaged: {file}; nothing was changed",
                        "check out the older content and deploy that",
                    )
            headers: dict[str, dict[str, str]] = json.loads((self.previous / HEADERS).read_bytes())
        return found, headers

    def entries(self, which: Path) -> dict[str, Entry]:
        file = which / OWN
        try:
            return dict(record.read(file.read_bytes()).files) if file.is_file() else {}
        except OperationError:  # ours, and only a convenience: the way back is lost
            return {}

    def generation(self, which: Path) -> str:
        found = self.entries(which)
        return record.generation_of(found) if found else ""


def own_files(output: Path, ours: Collection[str]) -> dict[str, bytes | Path | Made]:
    """Files in output/ that the author put there (CNAME, .well-known/...), by path."""
    found: dict[str, bytes | Path | Made] = {}
    for folder, folders, names in os.walk(output):
        here = Path(folder)
        top = here == output
        folders[:] = sorted(
            name for name in folders if not (here / name).is_symlink() and _goes(name, top=top)
        )
        for name in sorted(names):
            file = here / name
            path = file.relative_to(output).as_posix()
            wanted = path not in ours and _goes(name, top=top)
            if wanted and file.is_file() and not file.is_symlink():
                found[path] = file
    return found


def _goes(name: str, *, top: bool) -> bool:
    return not name.startswith(".") or (top and name in DOTTED)


def content_of(source: bytes | Path | Made) -> bytes:
    if isinstance(source, Path):
        return source.read_bytes()
    return source if isinstance(source, bytes) else source.content


def entry_of(content: bytes) -> Entry:
    return Entry(hashlib.sha256(content).hexdigest(), len(content))


def put(path: Path, content: bytes, twin: Path | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if twin is not None:
        try:
            path.hardlink_to(twin)
            return
        except OSError:  # another disk, or one that knows no links
            pass
    path.write_bytes(content)


def remove(folder: Path) -> None:
    if folder.is_dir():
        shutil.rmtree(folder)


@contextmanager
def told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        where = failure.filename or folder
        raise OperationError(f"{where}: {why}; the target is as it was", "mend that") from failure
