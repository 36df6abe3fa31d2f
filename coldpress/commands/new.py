"""new: a content file to fill in."""

from __future__ import annotations

import argparse

from coldpress.commands.given import source_of


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("kind", help="mechanism, condition, method, guide or page")
    to.add_argument("title", help="the page's title, in quotes")


def run(given: argparse.Namespace) -> int:
    from coldpress.scaffold import new

    source = source_of(given)
    path = new(given.kind, given.title, source)
    print(f"{path.relative_to(source)} is ready to fill")
    print("next: python3 build.py serve --drafts, and open it beside your editor")
    return 0
