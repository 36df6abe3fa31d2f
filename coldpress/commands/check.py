"""check: all problems and all advice; nothing is written."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of
from coldpress.commands.said import reported, shown


def arguments(_to: argparse.ArgumentParser) -> None:
    """Only what every command takes."""


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress.summary import booking_table

    return reported(
        given, lambda: (pipeline.compose(options_of(given), shown(given)), None), booking_table
    )
