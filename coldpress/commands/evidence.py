"""evidence: every claim with its grade and studies, as a table."""

from __future__ import annotations

import argparse
from pathlib import Path

from coldpress.commands.given import options_of
from coldpress.commands.said import write_list


def arguments(to: argparse.ArgumentParser) -> None:
    words = "write the table into FILE; without it, the table is printed"
    to.add_argument("--csv", help=words, metavar="FILE", type=Path, nargs="?")


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.checks.claims.table import evidence_csv

    site, _advice = pipeline.gather(options_of(given))
    text = evidence_csv(site)
    if given.csv is None:
        print(text, end="")
    else:
        write_list(given.csv, text)
    return 0
