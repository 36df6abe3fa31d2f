"""the look of every file of the last build -> whether anything is different now, and what to say if
not. Decided before anything heavy is imported: of 10,000 pages in a tenth of a second.

One binary file, read once. It is believed only between the moments for which it holds: pages come
and go by themselves, and some advice names the day.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from coldpress.memory.inputs import Look, Sign, look_at
from coldpress.memory.soundfile import read_sound, write_sound

FORMAT = 1


class Quick(NamedTuple):
    """`since` and `until`: seconds since 1970 between which it holds. `roots`: folder -> what was
    read in it. `texts`: what a build that changes nothing says, without and with colour."""

    since: float
    until: float
    roots: Mapping[str, tuple[str, ...]]
    inputs: Mapping[str, Sign]
    output: str
    outputs: Mapping[str, tuple[int, int, int, int]]
    texts: tuple[str, str]


def file_of(source: Path, asked: str) -> Path:
    """`asked`: a digest of the options, for builds that ask for other things."""
    return source / ".coldpress" / f"quick-{asked}.bin"


def remember(file: Path, quick: Quick) -> None:
    """Where it cannot be written, the next build looks at everything."""
    rows = (
        FORMAT,
        quick.since,
        quick.until,
        dict(quick.roots),
        dict(quick.inputs),
        quick.output,
        dict(quick.outputs),
        quick.texts,
    )
    write_sound(file, marshal.dumps(rows))


def forget(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


def recall(file: Path, now: float) -> tuple[tuple[str, str] | None, Look | None]:
    """The texts, when nothing is different: anything doubtful is an answer of None. And the look
    that was taken, for the build that then follows."""
    try:
        rows = marshal.loads(read_sound(file) or b"")  # marshal does not take damage well
        format_, since, until, roots, inputs, output, outputs, (plain, coloured) = rows
    except (OSError, ValueError, EOFError, TypeError):
        return None, None
    if format_ != FORMAT or not since <= now < until:
        return None, None
    look = look_at(roots)
    same = look.signs == inputs and all(
        output_sign(f"{output}/{path}") == sign for path, sign in outputs.items()
    )
    return (plain, coloured) if same else None, look


def output_sign(path: str) -> tuple[int, int, int, int] | None:
    """As publish makes them."""
    try:
        state = os.lstat(path)
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns, state.st_ino, state.st_mode
