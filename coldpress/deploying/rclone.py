"""A place rclone reaches: S3, R2, B2, SFTP, FTP, WebDAV and the rest, by the name of a remote from
its own configuration (a file or RCLONE_CONFIG_... in the environment), which holds the keys."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from coldpress.deploying.model import RECORD, Batch
from coldpress.deploying.program import Said, ran

NO_FOLDER, NO_FILE = 3, 4
STEADY = ("--retries", "3", "--low-level-retries", "5")


class RcloneCarrier:
    at_once = False

    def __init__(self, to: str, options: Sequence[str] = ()) -> None:
        self.to = to if to.endswith((":", "/")) else f"{to}/"
        self.options = tuple(options)
        self.keeps_headers = self._is_bucket()

    def record(self) -> bytes | None:
        if not self._rows("--include", f"/{RECORD}"):
            return None
        return self._rclone("cat", f"{self.to}{RECORD}").out

    def listing(self) -> frozenset[str]:
        return frozenset(row["Path"] for row in self._rows("-R", "--no-mimetype", "--no-modtime"))

    def _rows(self, *flags: str) -> list[dict[str, str]]:
        words = ("lsjson", "--files-only", *flags, self.to)
        said = self._rclone(*words, allowed=(0, NO_FOLDER))
        rows: list[dict[str, str]] = [] if said.code else json.loads(said.out)
        return rows

    def send(self, tree: Path, batch: Batch) -> None:
        """What is listed is sent, unasked: the plan knows better than sizes and clocks."""
        headers = [
            word
            for name, value in batch.headers.items()
            for word in ("--header-upload", f"{name}: {value}")
        ]
        with _listed(batch.paths) as names:
            self._rclone(
                "copy", "--files-from-raw", str(names), "--no-traverse", "--ignore-times",
                *headers, f"{tree}/", self.to,
            )  # fmt: skip

    def remove(self, paths: Sequence[str]) -> None:
        if not paths:  # an empty list would mean everything to rclone
            return
        with _listed(paths) as names:
            words = ("delete", "--files-from-raw", str(names), self.to)
            self._rclone(*words, allowed=(0, NO_FOLDER, NO_FILE))
        if not self.keeps_headers:  # a bucket has no folders
            for top in sorted({path.split("/")[0] for path in paths if "/" in path}):
                self._rclone("rmdirs", f"{self.to}{top}", allowed=(0, NO_FOLDER))

    def clear(self, _paths: Sequence[str]) -> None:
        """A file that was cut short lies under its own name, and is sent again."""

    def note(self, written: bytes) -> None:
        kind = ("--header-upload", "Content-Type: application/json") if self.keeps_headers else ()
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / RECORD).write_bytes(written)
            self._rclone("copy", "--ignore-times", *kind, f"{folder}/", self.to)

    def finish(self, tree: Path) -> None:
        """All is there already."""

    def _is_bucket(self) -> bool:
        said = self._rclone("backend", "features", self.to)
        return bool(json.loads(said.out)["Features"].get("BucketBased"))

    def _rclone(self, *words: str, allowed: Sequence[int] = (0,)) -> Said:
        return ran(("rclone", *STEADY, *self.options, *words), allowed=allowed)


@contextmanager
def _listed(paths: Sequence[str]) -> Iterator[Path]:
    """A file with a path a line, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        names = Path(folder) / "names"
        names.write_bytes(b"".join(path.encode() + b"\n" for path in paths))
        yield names
