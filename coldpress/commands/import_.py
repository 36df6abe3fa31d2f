"""import: the pages and pictures of a WordPress site, out of its export."""

from __future__ import annotations

import argparse
from pathlib import Path

from coldpress.commands.given import options_of


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("export", help="the export, a file ending in .xml", metavar="FILE", type=Path)
    words = "a copy of wp-content/uploads, for the pictures"
    to.add_argument("--media", help=words, metavar="DIR", type=Path)
    words = "let public pages that lack nothing go live; without it, all are drafts"
    to.add_argument("--live", help=words, action="store_true")
    words = "say what would come of it, write nothing"
    to.add_argument("--dry-run", help=words, action="store_true")


def run(given: argparse.Namespace) -> int:
    from coldpress.wordpress import FILE_NAME, bring, report, summary, write_files

    options = options_of(given)
    outcome = bring(given.export, given.media, options, live=given.live)
    if not given.dry_run:
        write_files(options.source, {**outcome.files, FILE_NAME: report(outcome).encode()})
    if given.quiet:
        return 0
    print(summary(outcome))
    if given.dry_run:
        print("nothing was written")
    else:
        print(f"{FILE_NAME} says what became of each item, and what waits for you")
        print("next: python3 build.py serve, which shows drafts; and: check --drafts")
    return 0
