"""words of the command line -> the command they name, run; and an exit code. Nothing else leaves:
no exception, no traceback."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from pathlib import Path

from coldpress.commands.said import say_failure, show
from coldpress.problems import BuildError, OperationError
from coldpress.usage import module_of, parser


def main(arguments: list[str]) -> int:
    """The exit code. `test` hands its words to pytest as they are."""
    try:
        if arguments[:1] == ["test"]:
            return run(argparse.Namespace(command="test", words=arguments[1:]))
        return run(parser(arguments).parse_args(arguments))
    except OperationError as failed:
        return say_failure(failed.message, failed.hint)
    except KeyboardInterrupt:
        return say_failure("stopped", "your live site was not changed")
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone. Nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 3
    except Exception as fault:
        return say_fault(fault)


def run(given: argparse.Namespace) -> int:
    try:
        code: int = module_of(given.command or "build").run(given)
    except BuildError as failed:
        return show(given, failed.problems, None)
    return code


def say_fault(fault: Exception) -> int:
    """Our own fault. The details go into a file: a traceback helps us, not the person here."""
    log = Path(os.environ.get("TMPDIR", "/tmp" if os.name != "nt" else ".")) / "coldpress-fault.txt"
    try:
        log.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
        where = f"the details are in {log}"
    except OSError:
        where = f"{type(fault).__name__}: {fault}"
    return say_failure(
        "something went wrong inside Coldpress; your live site was not changed",
        f"{where}; please report it with the file you edited last",
    )
