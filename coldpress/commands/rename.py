"""rename: a page's file under another name; its old address and every link to it go along."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.said import say_failure

if TYPE_CHECKING:
    from coldpress.renaming import Rename


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("page", help="the file, like content/guides/cold-or-heat.md")
    to.add_argument("to", help="its new file, or one word for a new name beside the old one")
    to.add_argument("--dry-run", help="only say what would change", action="store_true")


def run(given: argparse.Namespace) -> int:
    from coldpress.renaming import RefusedError, carry_out, plan_rename, prove, put_back

    options = options_of(given)
    if undone := put_back(options.source):
        print(f"an earlier rename was cut short: {len(undone)} files are as they were before it")
    try:
        plan = plan_rename(options, given.page, given.to)
    except RefusedError as refused:
        return say_failure(refused.message, refused.hint, 2)
    prove(options, plan)
    if not given.dry_run:
        carry_out(options.source, plan)
    if given.dry_run or not given.quiet:
        say(plan, done=not given.dry_run)
    return 0


def say(plan: Rename, *, done: bool) -> None:
    for old, new in plan.moves.items():
        print(f"{old} -> {new}")
    for old, new in plan.addresses.items():
        way = "the old address leads on" if old in plan.kept else "it was never public"
        print(f"{old} -> {new} ({way})")
    for change in plan.changes:
        for place, was, becomes in change.spots:
            what = f"{was} -> {becomes}" if was else f"+ {becomes}"
            print(f"  {place.path}:{place.line}:{place.column}: {what}")
    spots = sum(len(change.spots) for change in plan.changes)
    verdict = "changed" if done else "would change; nothing was written"
    print(f"{spots} places in {len(plan.changes)} files {verdict}")
