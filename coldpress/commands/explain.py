"""explain: what a rule means and how to mend it."""

from __future__ import annotations

import argparse


def arguments(to: argparse.ArgumentParser) -> None:
    words = "the name in square brackets of a problem; without one, all of them are listed"
    to.add_argument("rule", nargs="?", help=words)


def run(given: argparse.Namespace) -> int:
    from coldpress.reference_docs import rule_list, rule_text

    print(rule_text(given.rule) if given.rule else rule_list())
    return 0
