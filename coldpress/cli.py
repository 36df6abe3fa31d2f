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

HERE = Path(__file__).resolve().parent.parent
FORMATS = ("text", "json", "github", "sarif")


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


# --------------------------------------------------------------------------------- arguments


def parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    options(shared, suppress=True)
    front = argparse.ArgumentParser(
        prog="python3 build.py",
        description="Builds the site: site.yaml and content/ -> output/",
        epilog="exit: 0 fine, 1 problems in the site, 2 wrong usage, 3 could not write",
    )
    options(front, suppress=False)
    commands = front.add_subparsers(dest="command", metavar="COMMAND")
    for name, words in HELP.items():
        one = commands.add_parser(name, help=words, description=words, parents=[shared])
        more_arguments(name, one)
    return front


def options(to: argparse.ArgumentParser, *, suppress: bool) -> None:
    """The same options before and after the command; after it, only those given count."""

    def add(flag: str, default: Any, words: str, **more: Any) -> None:
        to.add_argument(
            flag, default=argparse.SUPPRESS if suppress else default, help=words, **more
        )

    add("--source", HERE, "folder of the site (site.yaml, content/)", metavar="DIR", type=Path)
    add("--output", None, "where the site goes (default: SOURCE/output)", metavar="DIR", type=Path)
    add("--base-url", None, "address the site will have, instead of site.yaml's", metavar="URL")
    add("--drafts", False, "include drafts and scheduled pages", action="store_true")
    add("--now", None, "pretend it is this moment", metavar="ISO-TIME", type=moment)
    add("--jobs", 0, "worker processes (default: one a core)", metavar="N", type=int)
    add("--release", False, "refuse unconfirmed facts", action="store_true")
    add("--allow-shrink", False, "publish although many pages are gone", action="store_true")
    add("--quiet", False, "say only what is wrong", action="store_true")
    add("--format", "text", "how problems are printed", choices=FORMATS)


HELP = {
    "build": "make the site in output/",
    "serve": "live preview on http://127.0.0.1:8000, rebuilds on save",
    "check": "look for problems, write nothing",
    "new": 'start a content file: new KIND "Title"',
    "rollback": "put the previous build back",
    "explain": "what a rule means and how to mend it",
    "docs": "write the generated parts of docs/",
    "test": "run the test suite",
}


def more_arguments(name: str, to: argparse.ArgumentParser) -> None:
    if name == "new":
        to.add_argument("kind", help="mechanism, condition, method, guide or page")
        to.add_argument("title", help="the page's title, in quotes")
    elif name == "explain":
        to.add_argument("rule", help="the name in square brackets of a problem")
    elif name == "serve":
        to.add_argument("--port", type=int, default=8000)
        to.add_argument("--no-browser", action="store_true", help="do not open the browser")


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 2026-12-01T09:00Z") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no time zone: write 2026-12-01T09:00Z")
    return at.astimezone(UTC)


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
        return pipeline.build(options_of(given), progress(given))

    return reported(given, run)


def check(given: argparse.Namespace) -> int:
    from coldpress import pipeline

    def run() -> tuple[Any, Any]:
        return pipeline.compose(options_of(given), progress(given)), None

    return reported(given, run)


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
    "explain": explain,
    "docs": docs,
}


# --------------------------------------------------------------------------------- reporting


def reported(given: argparse.Namespace, run: Callable[[], tuple[Any, Any]]) -> int:
    from coldpress.summary import report_of

    started = perf_counter()
    try:
        built, changes = run()
    except BuildError as failed:
        return show(given, failed.problems, None)
    return show(given, built.advice, report_of(built, changes, perf_counter() - started))


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


def progress(given: argparse.Namespace) -> Callable[[str, int, int], None]:
    """A line that rewrites itself on a terminal; nothing in a pipe."""
    on = sys.stderr.isatty() and not given.quiet and given.format == "text"

    def show_line(what: str, done: int, of: int) -> None:
        if on:
            sys.stderr.write(f"\r\033[K{what} {done}/{of}" if of > 1 else f"\r\033[K{what} ...")
            sys.stderr.flush()

    return show_line


def clear_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")


def say_failure(message: str, hint: str) -> int:
    clear_progress()
    sys.stderr.write(f"build.py: {message}\n" + (f"  {hint}\n" if hint else ""))
    return 3


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
