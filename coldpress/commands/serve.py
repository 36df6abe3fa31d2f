"""serve: the live preview."""

from __future__ import annotations

import argparse
import os

from coldpress.commands.given import options_of
from coldpress.memory.heap import growing


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--port", type=int, default=8000, help="of this machine (8000)")
    to.add_argument("--no-browser", action="store_true", help="do not open the browser")
    to.add_argument(
        "--editor",
        default="",
        metavar="NAME",
        help="what opens files: vscode (default), cursor, idea, zed ..., an address with {path},"
        " {line} and {column} in it, or none; $COLDPRESS_EDITOR does the same",
    )


def run(given: argparse.Namespace) -> int:
    with growing():
        from coldpress.preview import serve

    fixed = given.now is not None or os.environ.get("SOURCE_DATE_EPOCH", "").isdigit()
    options = options_of(given, preview=True)
    return serve(options, given.port, not given.no_browser, given.editor, fixed=fixed)
