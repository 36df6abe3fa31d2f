"""bom: what the program is made of, with versions, hashes and licences."""

from __future__ import annotations

import argparse

from coldpress.usage import HERE


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--licences", action="store_true", help="a line for each, instead of CycloneDX")


def run(given: argparse.Namespace) -> int:
    from coldpress.bom import bill, licences

    print(licences(HERE) if given.licences else bill(HERE), end="")
    return 0
