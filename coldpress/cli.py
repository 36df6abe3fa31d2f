"""words of the command line -> the command they name, run; and an exit code. Nothing else leaves:
no exception, no traceback."""

from __future__ import annotations

import argparse
import os
import sys

from coldpress.usage import module_of, parser, with_command


def main(arguments: list[str]) -> int:
    """The exit code. `test` hands its words to pytest as they are."""
    try:
        if arguments[:1] == ["test"]:
            return run(argparse.Namespace(command="test", words=arguments[1:]))
        arguments = with_command(arguments)
        return run(parser(arguments).parse_args(arguments))
    except KeyboardInterrupt:
        sys.stderr.write("build.py: stopped\n  your live site was not changed\n")
        return 3
    except BrokenPipeError:
        # Whoever read our output (head, less) has gone. Nothing more can be said to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 3
    except Exception as failed:
        return say_failed(failed, live=arguments[:1] == ["deploy"])


def run(given: argparse.Namespace) -> int:
    try:
        code: int = module_of(given.command).run(given)
    except Exception as failed:
        return say_problems(given, failed)
    return code


# What failing needs is imported when something has failed: an unchanged build is done by then.


def say_problems(given: argparse.Namespace, failed: Exception) -> int:
    from coldpress.problems import BuildError

    if not isinstance(failed, BuildError):
        raise failed
    from coldpress.commands.said import show

    return show(given, failed.problems, None)


def say_failed(failed: Exception, *, live: bool) -> int:
    """`live`: whether the command may have been at work on the live site."""
    from coldpress.commands.said import say_failure
    from coldpress.problems import OperationError
    from coldpress.publish.faults import in_words

    if isinstance(failed, OSError):
        failed = in_words(failed)
    if isinstance(failed, OperationError):
        return say_failure(failed.message, failed.hint, failed.code)
    return say_fault(failed, live=live)


def say_fault(fault: Exception, *, live: bool) -> int:
    """Our own fault. The details go into a file: a traceback helps us, not the person here."""
    import traceback
    from pathlib import Path

    from coldpress.commands.said import say_failure

    log = Path(os.environ.get("TMPDIR", "/tmp" if os.name != "nt" else ".")) / "coldpress-fault.txt"
    try:
        log.write_text("".join(traceback.format_exception(fault)), encoding="utf-8")
        where = f"the details are in {log}"
    except OSError:
        where = f"{type(fault).__name__}: {fault}"
    state = "deploy again to complete it" if live else "your live site was not changed"
    return say_failure(
        f"something went wrong inside Coldpress; {state}",
        f"{where}; please report it with the file you edited last",
    )
