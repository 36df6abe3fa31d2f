"""build: the site in output/."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of
from coldpress.commands.said import reported, shown


def arguments(_to: argparse.ArgumentParser) -> None:
    """Only what every command takes."""


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline

    return reported(given, lambda: pipeline.build(options_of(given), shown(given)))
