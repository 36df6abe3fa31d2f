"""{output path: bytes} -> the manifest's bytes, and back: which files of output/ are ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from msgspec import Raw
from msgspec.json import decode

from coldpress.problems import OperationError
from coldpress.publish.faults import explained
from coldpress.publish.paths import MANIFEST, is_safe, shown
from coldpress.publish.tree import is_file

FORMAT = 1


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


Digests = Mapping[str, tuple[str, int]]
"""Path -> sha256 and size."""


def digests_of(files: Mapping[str, bytes]) -> Digests:
    return {path: (digest(content), len(content)) for path, content in files.items()}


def compose(digests: Digests, extra: Mapping[str, Any]) -> bytes:
    """Same files and extra, same bytes: no clock, no counter, no order of arrival."""
    rows = ",\n".join(
        f'  {encode_basestring(path)}: {{\n   "sha256": "{sha256}",\n   "size": {size}\n  }}'
        for path, (sha256, size) in sorted(digests.items())
    )
    content = {**extra, "format": FORMAT}
    return _written({**content, "generation": digest(_written(content, rows))[:16]}, rows)


def _written(content: Mapping[str, Any], rows: str) -> bytes:
    """As JSON with an indent of 1, one line for each word: it may lie under version control. That
    of Python's own writer, which takes ten times as long for the rows."""
    written = json.dumps({**content, "files": {}}, sort_keys=True, indent=1, ensure_ascii=False)
    files = f'\n "files": {{\n{rows}\n }}' if rows else EMPTY
    return (written.replace(EMPTY, files, 1) + "\n").encode()


EMPTY = '\n "files": {}'
"""Only the topmost has one space before it."""


def has_manifest(folder: Path) -> bool:
    return is_file(folder / MANIFEST)


def published_files(output: Path) -> Mapping[str, str]:
    """Path -> sha256 of every file we wrote there; {} where we never published."""
    if not has_manifest(output):
        return {}
    path = output / MANIFEST
    with explained():
        written = path.read_bytes()
    try:
        rows = decode(written)["files"]
        known = {name: str(row["sha256"]) for name, row in rows.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as damage:
        raise _damaged(path) from damage
    if not all(map(is_safe, known)):
        raise _damaged(path)
    return known


def published_extra(output: Path, name: str) -> Any:
    """What an earlier publish was given to remember; None when there is nothing."""
    if not has_manifest(output):
        return None
    try:
        found = decode((output / MANIFEST).read_bytes(), type=dict[str, Raw]).get(name)
        return None if found is None else decode(found)
    except (OSError, ValueError, RecursionError):
        return None  # published_files says what is wrong with it


def _damaged(path: Path) -> OperationError:
    return OperationError(
        f"the list of published files is damaged: {shown(path)}; nothing was changed",
        f"move the folder {path.parent.name!r} away, build again, then copy the files that are "
        "your own (like CNAME or .git) back into the new folder",
    )
