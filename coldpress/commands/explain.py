"""explain: what a rule means and how to mend it."""

from __future__ import annotations

import argparse


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("rule", help="the name in square brackets of a problem")


def run(given: argparse.Namespace) -> int:
    from coldpress.reference_docs import rule_text

    print(rule_text(given.rule))
    return 0
