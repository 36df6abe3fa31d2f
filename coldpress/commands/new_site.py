"""new-site: a small complete site for another business. On a terminal it asks for what was not
given."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coldpress.commands.said import say_failure


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("folder", type=Path, help="where the site goes: a folder that is not there yet")
    to.add_argument("--name", help="what the business is called")
    to.add_argument("--town", help="where it is")
    to.add_argument("--booking", help="the address where people book", metavar="URL")
    to.add_argument("--topics", help="one to six topics, commas between")
    to.add_argument("--no-questions", help="ask nothing, even on a terminal", action="store_true")


def run(given: argparse.Namespace) -> int:
    from coldpress.asking import Terminal
    from coldpress.newsite import Wish, asked, told, write

    words = (given.name, given.town, given.booking, given.topics, given.base_url)
    wish = Wish(*(one or "" for one in words))
    if sys.stdin.isatty() and not given.no_questions:
        business = asked(wish, Terminal(sys.stdin, sys.stdout))
    elif all((wish.name, wish.town, wish.booking, wish.topics)):
        business = told(wish)
    else:
        hint = (
            'like: python3 build.py new-site ../rest --name "Quiet Rooms" --town Bergen'
            ' --booking https://calendly.com/quiet --topics "massage, stretching"'
        )
        return say_failure("new-site needs a name, a town, a booking address and topics", hint, 2)
    files = write(business, given.folder)
    print(f"{given.folder} holds a site of its own now: {len(files)} files")
    print(f"next: python3 build.py serve --source {given.folder}")
    return 0
