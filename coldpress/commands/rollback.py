"""rollback: the build before the present one is back."""

from __future__ import annotations

import argparse

from coldpress.commands.given import output_of


def arguments(_to: argparse.ArgumentParser) -> None:
    """Only what every command takes."""


def run(given: argparse.Namespace) -> int:
    from coldpress.publish import lock, rollback

    output = output_of(given)
    with lock(output):
        changed = rollback(output)
    print(
        f"the previous build is back: {len(changed.new)} pages and files returned,"
        f" {len(changed.changed)} changed, {len(changed.removed)} gone"
    )
    return 0
