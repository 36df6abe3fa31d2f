"""what is going on -> a line that rewrites itself on a terminal, and nothing in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable

CLEAR = "\r\033[K"


def progress(*, wanted: bool) -> Callable[[str, int, int], None]:
    """Called with what is done, how many of how many."""
    on = wanted and sys.stderr.isatty()

    def show_line(what: str, done: int, of: int) -> None:
        if on:
            sys.stderr.write(f"{CLEAR}{what} {done}/{of}" if of > 1 else f"{CLEAR}{what} ...")
            sys.stderr.flush()

    return show_line


def clear_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write(CLEAR)
