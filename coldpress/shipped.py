"""Our own YAML files -> what they say. They are right, and every process that starts needs them.

What was read is kept beside them as Python keeps its own modules, in `__pycache__`, while a file
has the size and the time it had. To read them anew takes 25 ms, most of it to import what reads.
"""

from __future__ import annotations

import marshal
import sys
from pathlib import Path
from typing import Any

from coldpress.memory.soundfile import read_sound, write_sound

PACKAGE = Path(__file__).parent
KEPT = PACKAGE / "__pycache__"
TAG = f"{sys.implementation.cache_tag}.bin"


def values(path: Path) -> Any:
    return read(path, "SafeLoader")


def words(path: Path) -> Any:
    """Every value is text as it is written: "no" is a word."""
    return read(path, "BaseLoader")


def read(path: Path, loader: str) -> Any:
    state = path.stat()
    sign = state.st_size, state.st_mtime_ns
    kept = KEPT / f"{'.'.join(path.relative_to(PACKAGE).parts)}.{loader}.{TAG}"
    if (found := read_sound(kept)) is not None:
        known, value = marshal.loads(found)
        if known == sign:
            return value
    value = parsed(path, loader)
    if not sys.dont_write_bytecode:
        write_sound(kept, marshal.dumps((sign, value)))
    return value


def parsed(path: Path, loader: str) -> Any:
    """By the C reader where there is one: it is ten times as fast."""
    import yaml

    kind = getattr(yaml, f"C{loader}", getattr(yaml, loader))
    return yaml.load(path.read_text(encoding="utf-8"), kind)
