"""addresses.lock and cut-short renames: what a command does about them before and after a build."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from coldpress.commands.given import source_of

if TYPE_CHECKING:
    from coldpress.pipeline import Built

HALF = ".coldpress/rename"
"""What a rename leaves that was cut short: its JOURNAL, which takes long to import."""


def made_whole(given: argparse.Namespace) -> None:
    """A rename that was cut short is undone before anybody reads its half."""
    source = source_of(given)
    if not (source / HALF).is_dir():
        return
    from coldpress.renaming.transaction import put_back

    for path in put_back(source):
        print(f"{path}: an earlier rename was cut short; it is as it was before")


def keep_promises(given: argparse.Namespace, built: Built) -> str:
    """New addresses are written down once they are live: from then on they may not vanish. Not for
    a pretended day, nor for an address nobody can own."""
    from coldpress.addresses import LOCK, is_published, news, standing_of, updated
    from coldpress.pipeline import promises

    if given.now is not None or not is_published(built.site.config, drafts=given.drafts):
        return ""
    source = source_of(given)
    old = promises(source)
    new = updated(old, standing_of(built.site, built.own), built.site.today)
    if new == old:
        return ""
    temporary = source / f"{LOCK}.new"
    temporary.write_text(new, encoding="utf-8", newline="\n")
    temporary.replace(source / LOCK)
    count = len(news(old, new))
    return f"{count} new addresses in {LOCK}: commit it with your change" if count else ""
