"""words of the command line -> what was asked for, or what can be asked for."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
FORMATS = ("text", "json", "github", "sarif")


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
    "reviews": "which pages wait for a medical review; sign one",
    "evidence": "every claim with its grade and studies, as a table",
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
    elif name == "reviews":
        review_arguments(to)
    elif name == "evidence":
        words = "write the table into FILE; without it, the table is printed"
        to.add_argument("--csv", help=words, metavar="FILE", type=Path, nargs="?")
    elif name == "serve":
        to.add_argument("--port", type=int, default=8000)
        to.add_argument("--no-browser", action="store_true", help="do not open the browser")


def review_arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--ical", help="write a calendar of what is due", metavar="FILE", type=Path)
    to.add_argument("--csv", help="write all pages as a table", metavar="FILE", type=Path)
    to.add_argument("--sign", help="record that a person has read it", metavar="PAGE")
    to.add_argument("--by", help="with --sign: that person's name", metavar="NAME")
    to.add_argument("--credential", help="with --sign: as they sign", metavar="WORDS")
    to.add_argument("--next", help="with --sign: next review", metavar="YYYY-MM-DD", type=day)


def day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2027-12-01") from None


def moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not like 2026-12-01T09:00Z") from None
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no time zone: write 2026-12-01T09:00Z")
    return at.astimezone(UTC)
