"""There -> the bytes of the record kept at a place, and back. The record is not trusted: whoever
can write there can change it, so a path that leads out of the place is refused."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from coldpress.deploying.model import RECORD, Entry, There
from coldpress.problems import OperationError
from coldpress.publish.paths import is_safe

FORMAT = 1


def written(there: There) -> bytes:
    """Same content, same bytes."""
    content = {
        "format": FORMAT,
        "files": {
            path: [one.sha256, one.size, one.headers] for path, one in sorted(there.files.items())
        },
        "builds": [sorted(build) for build in there.builds],
        "unsure": sorted(there.unsure),
        "generation": there.generation,
    }
    return (json.dumps(content, indent=0, ensure_ascii=False, sort_keys=True) + "\n").encode()


def read(content: bytes) -> There:
    try:
        found = json.loads(content)
        files = {path: Entry(str(row[0]), int(row[1]), str(row[2])) for path, row in _rows(found)}
        builds = tuple(frozenset(map(str, build)) for build in found["builds"])
        unsure = frozenset(map(str, found["unsure"]))
        generation = str(found["generation"])
        known = found["format"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as damage:
        raise _damaged("it cannot be read") from damage
    if known != FORMAT:
        raise _damaged(f"its format is {known!r}, not {FORMAT}")
    for path in (*files, *unsure):
        if not is_safe(path):
            raise _damaged(f"it names {path!r}")
    return There(files, builds, unsure, generation=generation, has_record=True)


def _rows(found: Any) -> Any:
    return found["files"].items()


def _damaged(why: str) -> OperationError:
    return OperationError(
        f"{RECORD} at the target is damaged: {why}; nothing was changed there",
        "delete that one file at the target and deploy again: everything is then uploaded anew",
    )


def generation_of(files: dict[str, Entry]) -> str:
    """A name for exactly these files."""
    rows = sorted((path, one.sha256, one.headers) for path, one in files.items())
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
