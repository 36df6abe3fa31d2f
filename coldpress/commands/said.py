"""what came of a command -> words on the terminal and an exit code.

0 fine · 1 problems in the site (output untouched) · 2 wrong usage · 3 could not write, locked,
or our own fault (with what to do)
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from coldpress.problems import OperationError, Problem
from coldpress.progress import clear_progress, progress

if TYPE_CHECKING:
    from coldpress.model import Published, Report
    from coldpress.pipeline import Built


LIVE = "the site itself is published"


def reported(
    given: argparse.Namespace,
    run: Callable[[], tuple[Built, Published | None]],
    more: Callable[[Built], str] | None = None,
) -> int:
    """`more`: what else to do then, and to tell, below the problems, a person who reads along."""
    from coldpress.publish.faults import explained
    from coldpress.summary import report_of

    started = perf_counter()
    built, changes = run()
    took = perf_counter() - started
    with explained(LIVE if changes else ""):
        code = show(given, built.advice, report_of(built, changes, took))
        words = more(built) if more is not None else ""
        if words and given.format == "text" and not given.quiet:
            print(words)
    return code


def show(given: argparse.Namespace, problems: Sequence[Problem], report: Report | None) -> int:
    from coldpress import report as reporter

    clear_progress()
    text = reporter.render(
        problems,
        report,
        format=given.format,
        source=given.source.resolve(),
        colour=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
        quiet=given.quiet,
    )
    if text:
        print(text)
    return 0 if report is not None else 1


def shown(given: argparse.Namespace) -> Callable[[str, int, int], None]:
    return progress(wanted=given.format == "text" and not given.quiet)


def write_list(file: Path, text: str) -> None:
    """As it is: the line ends are part of the format."""
    try:
        file.write_bytes(text.encode())
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{file} cannot be written: {why}", "check the folder") from None
    print(f"{file} is written")


def say_failure(message: str, hint: str, code: int = 3) -> int:
    clear_progress()
    sys.stderr.write(f"build.py: {message}\n" + (f"  {hint}\n" if hint else ""))
    return code
