"""serve: the live preview."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--port", type=int, default=8000)
    to.add_argument("--no-browser", action="store_true", help="do not open the browser")


def run(given: argparse.Namespace) -> int:
    from coldpress.preview import serve

    return serve(options_of(given, preview=True), given.port, not given.no_browser)
