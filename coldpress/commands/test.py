"""test: the test suite, with every argument passed through to pytest."""

from __future__ import annotations

import argparse
import os

from coldpress.usage import HERE


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("words", nargs="*", help="arguments of pytest")


def run(given: argparse.Namespace) -> int:
    """In this very Python."""
    import pytest

    os.chdir(HERE)
    return int(pytest.main(given.words))
