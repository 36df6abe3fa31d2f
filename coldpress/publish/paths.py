"""Output paths -> the same paths, known to be safe on every system; and the names beside output/.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file lists what Windows refuses. A site
built on one system is often copied to another, so these rules hold everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from coldpress.problems import OperationError

MANIFEST = ".coldpress.json"
SCRATCH = ".coldpress.tmp"
"""Folder in output/ for files on their way, only while a file-by-file swap is at work."""

LONGEST_SEGMENT = 255
"""Bytes. The limit of ext4, APFS and NTFS."""

_RESERVED = re.compile(r"(?i:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


class Neighbours(Struct, frozen=True):
    """`output` and what we keep beside it, on the same file system."""

    output: Path

    def _beside(self, word: str) -> Path:
        return self.output.with_name(f".{self.output.name}.{word}")

    @property
    def lock(self) -> Path:
        return self._beside("lock")

    @property
    def stage(self) -> Path:
        return self._beside("stage")

    @property
    def undo(self) -> Path:
        return self._beside("undo")

    @property
    def journal(self) -> Path:
        return self._beside("journal")

    @property
    def previous(self) -> Path:
        return self._beside("previous")

    @property
    def spare(self) -> Path:
        return self._beside("spare")


def neighbours(output: Path) -> Neighbours:
    """Where `output` really is. A link is refused: what it points to may be anybody's."""
    if output.is_symlink():
        raise OperationError(
            f"the output folder {shown(output)} is a link to another place",
            "give the real folder with --output, or remove the link",
        )
    real = output.resolve()
    if not real.name:
        raise OperationError(
            f"the output folder {shown(output)} is a whole disk",
            "choose a folder of its own, like --output output",
        )
    return Neighbours(real)


def check_paths(paths: Collection[str]) -> None:
    """Refuse a path that could leave output/, or that some system cannot hold."""
    folders = folders_of(paths)
    known: dict[str, str] = {}
    for path in paths:
        fault = _fault(path) or ("is also a folder" if path in folders else "")
        twin = known.setdefault(folded(path), path)
        if twin != path:
            fault = f"and {twin!r} are one file on many systems"
        if fault:
            raise OperationError(
                f"the output path {path!r} {fault}",
                "this is a fault of the program, not of the content: please report it",
            )


def folded(path: str) -> str:
    """The name a system sees that does not tell letters' case or Unicode forms apart."""
    return unicodedata.normalize("NFC", path).casefold()


def is_safe(path: str) -> bool:
    return not _fault(path)


def parents(path: str) -> Iterator[str]:
    """`a/b/c` -> `a/b`, `a`"""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def folders_of(paths: Iterable[str]) -> set[str]:
    """All that a file stands in, near or far."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def shown(path: Path | str) -> str:
    """A path for a message; names that are not Unicode cannot break it."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _fault(path: str) -> str:
    if path.split("/")[0].casefold() in (MANIFEST, SCRATCH):
        return "is kept for the manifest"
    return next(filter(None, map(_segment_fault, path.split("/"))), "")


@lru_cache(maxsize=65_536)
def _segment_fault(segment: str) -> str:
    if segment in ("", ".", ".."):
        return "is not a plain relative path"
    if _FORBIDDEN.search(segment) or segment.endswith((" ", ".")):
        return "has a character that some systems do not allow there"
    if _RESERVED.match(segment):
        return f"has the name {segment!r}, which Windows keeps for itself"
    try:
        size = len(segment.encode())
    except UnicodeEncodeError:
        return "is not valid Unicode"
    return f"has a part longer than {LONGEST_SEGMENT} bytes" if size > LONGEST_SEGMENT else ""
