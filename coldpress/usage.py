"""words of the command line -> what was asked for, or what can be asked for."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from coldpress.commands import COMMANDS

HERE = Path(__file__).resolve().parent.parent
PROGRAM = "python3 build.py"
FORMATS = ("text", "json", "github", "sarif")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in two lines: the list of everything there is comes with --help."""

    def error(self, message: str) -> NoReturn:
        hint = f"see: {self.prog} --help"
        wrong = re.match(r"argument COMMAND: invalid choice: '(.*?)'", message)
        if wrong:
            problems = import_module("coldpress.problems")  # now, not in builds that go well
            message = f"there is no command {wrong[1]!r}"
            hint = problems.sentences(problems.nearest(wrong[1], COMMANDS), hint)
        self.exit(2, f"build.py: {message}\n  {hint}\n")


def parser(words: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Knows what the command among `words` takes: only its module is imported."""
    shared = Parser(add_help=False)
    options(shared, suppress=True)
    front = Parser(
        prog=PROGRAM,
        description="Builds the site: site.yaml and content/ -> output/",
        epilog="exit: 0 fine, 1 problems in the site, 2 wrong usage, 3 could not write",
    )
    options(front, suppress=False)
    commands = front.add_subparsers(dest="command", metavar="COMMAND", prog=front.prog)
    for name in spoken_of(words):
        line = COMMANDS[name]
        one = commands.add_parser(name, help=line, description=line, parents=[shared])
        if name in words:
            module_of(name).arguments(one)
    return front


def with_command(words: Sequence[str]) -> list[str]:
    """The words with their command first: `build` where none is named. A word behind an option that
    takes one is no command, whatever it says: a folder may be called docs."""
    named = COMMANDS.keys() & set(words)
    if (words and words[0] in named) or (not named and {"-h", "--help"} & set(words)):
        return list(words)
    front = Parser(prog=PROGRAM, add_help=False)
    options(front, suppress=True)
    module_of("build").arguments(front)
    _, others = front.parse_known_args(words)
    first = next((word for word in others if not word.startswith("-")), None)
    if first is None:
        return ["build", *words]
    at = len(words) - 1 - words[::-1].index(first)
    return [first, *words[:at], *words[at + 1 :]]


def spoken_of(words: Sequence[str]) -> Sequence[str]:
    """Commands the answer will speak of: all of them in a help. To get them all ready takes longer
    than to see that nothing has changed."""
    named = [name for name in COMMANDS if name in words]
    return list(COMMANDS) if not named or {"-h", "--help"} & set(words) else named


def module_of(command: str) -> ModuleType:
    name = command.replace("-", "_") + ("_" if iskeyword(command) else "")
    return import_module(f"coldpress.commands.{name}")


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
    words = "pretend it is this day or moment, in the site's time zone when none is written"
    add("--now", None, words, metavar="ISO-TIME", type=moment_or_local)
    add("--jobs", 0, "worker processes (default: one a core)", metavar="N", type=int)
    add("--release", False, "refuse unconfirmed facts", action="store_true")
    add("--allow-shrink", False, "publish although many pages are gone", action="store_true")
    add("--quiet", False, "say only what is wrong", action="store_true")
    add("--format", "text", "how problems are printed", choices=FORMATS)


def moment_or_local(text: str) -> datetime:
    """A day is its first moment. Without a zone it is for whoever knows the site's to read."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 2026-12-01T09:00") from None
    return at if at.tzinfo is None else at.astimezone(UTC)


def moment(text: str) -> datetime:
    at = moment_or_local(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no time zone: write 2026-12-01T09:00Z")
    return at
