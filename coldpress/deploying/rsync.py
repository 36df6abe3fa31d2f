"""A place rsync reaches: a folder, user@server:/folder over ssh, or a daemon's module."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from coldpress.deploying.model import RECORD, Batch
from coldpress.deploying.program import Said, ran

ABSENT = 23
"""rsync's "partial transfer": among others when what was asked for is not there."""
ROW = re.compile(r"^-\S+\s+[\d,.]+\s+\S+\s+\S+ (.+)$")


class RsyncCarrier:
    keeps_headers = False
    at_once = False

    def __init__(self, to: str, options: Sequence[str] = ()) -> None:
        self.to = to.rstrip("/") + "/"
        self.options = tuple(options)

    def record(self) -> bytes | None:
        if RECORD not in self._listed("--include", f"/{RECORD}", "--exclude", "*"):
            return None
        with tempfile.TemporaryDirectory() as folder:
            self._rsync("-t", f"{self.to}{RECORD}", f"{folder}/")
            return (Path(folder) / RECORD).read_bytes()

    def listing(self) -> frozenset[str]:
        return frozenset(self._listed())

    def send(self, tree: Path, batch: Batch) -> None:
        """--checksum: by content, whatever the clocks say. --delay-updates: each file is put in
        place at the end, all of the step close together."""
        names = b"".join(path.encode() + b"\0" for path in batch.paths)
        self._rsync(
            "-rt", "--chmod=D755,F644", "--checksum", "--delay-updates", "--mkpath",
            "--from0", "--files-from=-", f"{tree}/", self.to, input=names,
        )  # fmt: skip

    def remove(self, paths: Sequence[str]) -> None:
        """From an empty folder, with all but these names protected: rsync removes nothing else.
        A folder with something in it is left, and said to be so."""
        self._removed(map(_literal, paths))

    def clear(self, paths: Sequence[str]) -> None:
        """rsync's own names for a file on its way, and for what waits to be put in place."""
        left = (_in_the_making(*path.rpartition("/")) for path in paths)
        self._removed(rule for rules in left for rule in rules)

    def _removed(self, patterns: Iterable[str]) -> None:
        chosen = set(patterns)
        folders = {f"{folder}/" for pattern in chosen for folder in _folders(pattern)}
        rules = "".join(f"+ /{pattern}\n" for pattern in sorted(chosen | folders)) + "- *\n"
        with tempfile.TemporaryDirectory() as folder:
            self._rsync(
                "-r", "--delete", "--filter=merge -", f"{folder}/", self.to, input=rules.encode()
            )

    def note(self, written: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / RECORD).write_bytes(written)
            self._rsync("-t", "--chmod=F644", "--mkpath", f"{folder}/{RECORD}", self.to)

    def finish(self, tree: Path) -> None:
        """All is there already."""

    def _listed(self, *filters: str) -> tuple[str, ...]:
        said = self._rsync("-8", "-r", "--list-only", *filters, self.to, allowed=(0, ABSENT))
        if said.code == ABSENT:
            if "No such file or directory" in said.err:
                return ()
            self._rsync("-8", "-r", "--list-only", *filters, self.to)  # says what is wrong
        rows = map(ROW.match, said.out.decode("utf-8", "surrogateescape").splitlines())
        return tuple(row[1] for row in rows if row)

    def _rsync(self, *words: str, allowed: Sequence[int] = (0,), input: bytes = b"") -> Said:
        return ran(("rsync", *self.options, *words), allowed=allowed, input=input)


def _folders(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _in_the_making(folder: str, slash: str, name: str) -> tuple[str, str]:
    here = _literal(folder + slash)
    return f"{here}.{_literal(name)}.??????", f"{here}.~tmp~/***"


def _literal(path: str) -> str:
    return re.sub(r"([\[*?\\])", r"\\\1", path)
