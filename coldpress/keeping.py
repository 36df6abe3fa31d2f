"""what was made + what the last builds made -> all files to publish: a page that lies in some cache
may still ask for a picture or a font under the name it had."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coldpress.hosts import is_fingerprinted, kept
from coldpress.memory.session import OutputRow
from coldpress.model import Made
from coldpress.publish import published_extra, published_files

NAME = "assets"
"""In the manifest: the fingerprinted files that each of the last builds made, newest first."""


class Keep:
    """Files of earlier builds that stay, as they lie in the output folder."""

    def __init__(self, output: Path, builds: int, rows: Mapping[str, OutputRow]) -> None:
        earlier = earlier_builds(output)
        new = sorted(path for path in rows if is_fingerprinted(path))
        staying = kept(earlier, new, builds)
        known = published_files(output) if staying else {}
        self.files: dict[str, bytes] = {}
        for path in staying:
            content = standing(output / path)
            if path in known and hashlib.sha256(content).hexdigest() == known[path]:
                self.files[path] = content
        self.digests = {path: (known[path], len(one)) for path, one in self.files.items()}
        changed = not earlier or earlier[0] != new
        builds_made = [new, *earlier] if changed else earlier
        self.extra: Mapping[str, Any] = {NAME: builds_made[: builds + 1]}


def earlier_builds(output: Path) -> list[list[str]]:
    found = published_extra(output, NAME)
    if not isinstance(found, list) or not all(isinstance(one, list) for one in found):
        return []
    return [[str(path) for path in one] for one in found]


def standing(path: Path) -> bytes:
    """Nothing when it is gone: then nobody can have it any more."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


class Files(Mapping[str, bytes]):
    """The bytes of everything, fetched when they are written."""

    def __init__(self, made: Mapping[str, Made], others: Mapping[str, bytes]) -> None:
        self.made, self.others = made, others

    def __getitem__(self, path: str) -> bytes:
        return self.others[path] if path in self.others else self.made[path].content

    def __contains__(self, path: object) -> bool:
        return path in self.made or path in self.others

    def __iter__(self) -> Iterator[str]:
        yield from self.made
        yield from (path for path in self.others if path not in self.made)

    def __len__(self) -> int:
        return sum(1 for _ in self)
