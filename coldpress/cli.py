"""Commands, progress, exit codes.

0 fine · 1 problems in the site (output untouched) · 2 wrong usage · 3 could not write, locked,
or our own fault (with what to do)
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from coldpress.problems import BuildError, OperationError
from coldpress.progress import clear_progress, progress
from coldpress.usage import HERE, parser


def main(arguments: list[str]) -> int:
    """The exit code. Nothing else leaves: no exception, no traceback."""
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    try:
        given = parser().parse_args(arguments)
        return COMMANDS[given.command or "build"](given)
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


def now(given: argparse.Namespace) -> datetime:
    """--now, else SOURCE_DATE_EPOCH, else the clock, read once."""
    if given.now is not None:
        at: datetime = given.now
        return at
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


# --------------------------------------------------------------------------------- commands
# A command imports what it needs when it runs: `--help` must not wait for the Markdown parser.


def build(given: argparse.Namespace) -> int:
    from coldpress import pipeline

    def run() -> tuple[Any, Any]:
        return pipeline.build(options_of(given), shown(given))

    return reported(given, run)


def check(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.summary import booking_table

    def run() -> tuple[Any, Any]:
        return pipeline.compose(options_of(given), shown(given)), None

    return reported(given, run, booking_table)


def serve(given: argparse.Namespace) -> int:
    from coldpress.preview import serve as preview

    return preview(options_of(given, preview=True), given.port, not given.no_browser)


def new(given: argparse.Namespace) -> int:
    from coldpress.scaffold import new as scaffold

    try:
        path = scaffold(given.kind, given.title, given.source.resolve())
    except BuildError as failed:
        return show(given, failed.problems, None)
    print(f"{path.relative_to(given.source.resolve())} is ready to fill")
    print("next: python3 build.py serve --drafts, and open it beside your editor")
    return 0


def reviews(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress import reviews as waiting

    signed = (given.by, given.credential, given.next)
    if given.sign and None in signed:
        hint = "they are about a real person, who has read the page as it is now"
        return say_failure("--sign needs --by, --credential and --next", hint, 2)
    try:
        site, _advice = pipeline.gather(options_of(given))
    except BuildError as failed:
        return show(given, failed.problems, None)
    if given.sign:
        return sign(given, site)
    entries = waiting.queue(site)
    for file, text in (
        (given.csv, waiting.csv_text(entries)),
        (given.ical, waiting.ical(entries, site)),
    ):
        if file is not None:
            write_list(file, text)
    if not given.quiet:
        print(waiting.table(entries))
    return 0


def evidence(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.checks.claims.table import evidence_csv

    try:
        site, _advice = pipeline.gather(options_of(given))
    except BuildError as failed:
        return show(given, failed.problems, None)
    text = evidence_csv(site)
    if given.csv is None:
        print(text, end="")
    else:
        write_list(given.csv, text)
    return 0


def sign(given: argparse.Namespace, site: Any) -> int:
    from coldpress.signing import sign as sign_page

    page = sign_page(
        site,
        given.source.resolve(),
        given.sign,
        by=given.by,
        credential=given.credential,
        due=given.next,
    )
    print(f"{page.source.path} is signed by {given.by}; the next review is due on {given.next}")
    return 0


def write_list(file: Path, text: str) -> None:
    """As it is: the line ends are part of the format."""
    try:
        file.write_bytes(text.encode())
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{file} cannot be written: {why}", "check the folder") from None
    print(f"{file} is written")


def rollback(given: argparse.Namespace) -> int:
    from coldpress.publish import lock
    from coldpress.publish import rollback as back

    output = output_of(given)
    with lock(output):
        changed = back(output)
    print(
        f"the previous build is back: {len(changed.new)} pages and files returned,"
        f" {len(changed.changed)} changed, {len(changed.removed)} gone"
    )
    return 0


def explain(given: argparse.Namespace) -> int:
    from coldpress.reference_docs import rule_text

    print(rule_text(given.rule))
    return 0


def docs(_given: argparse.Namespace) -> int:
    from coldpress.reference_docs import documents

    for path, text in documents().items():
        file = HERE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print("docs/ is up to date")
    return 0


def test(arguments: list[str]) -> int:
    """pytest, in this very Python, with every argument passed through."""
    import pytest

    os.chdir(HERE)
    return int(pytest.main(arguments))


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "serve": serve,
    "check": check,
    "new": new,
    "rollback": rollback,
    "reviews": reviews,
    "evidence": evidence,
    "explain": explain,
    "docs": docs,
}


# --------------------------------------------------------------------------------- reporting


def reported(
    given: argparse.Namespace,
    run: Callable[[], tuple[Any, Any]],
    more: Callable[[Any], str] | None = None,
) -> int:
    """`more`: what else to tell, below the problems, a person who reads along."""
    from coldpress.summary import report_of

    started = perf_counter()
    try:
        built, changes = run()
    except BuildError as failed:
        return show(given, failed.problems, None)
    code = show(given, built.advice, report_of(built, changes, perf_counter() - started))
    if more is not None and given.format == "text" and not given.quiet:
        print(more(built))
    return code


def show(given: argparse.Namespace, problems: Any, report: Any) -> int:
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


def options_of(given: argparse.Namespace, *, preview: bool = False) -> Any:
    from coldpress.model import Options

    source = given.source.resolve()
    if not source.is_dir():
        raise OperationError(f"there is no folder {given.source}", "name one with --source DIR")
    return Options(
        source=source,
        output=output_of(given),
        now=now(given),
        base_url=given.base_url,
        drafts=given.drafts or preview,
        release=given.release,
        allow_shrink=given.allow_shrink,
        jobs=given.jobs or os.cpu_count() or 1,
    )


def output_of(given: argparse.Namespace) -> Path:
    chosen: Path = given.output or given.source / "output"
    return Path(os.path.abspath(chosen))  # noqa: PTH100  resolve() would follow a symlink


def shown(given: argparse.Namespace) -> Callable[[str, int, int], None]:
    return progress(wanted=given.format == "text" and not given.quiet)


def say_failure(message: str, hint: str, code: int = 3) -> int:
    clear_progress()
    sys.stderr.write(f"build.py: {message}\n" + (f"  {hint}\n" if hint else ""))
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
