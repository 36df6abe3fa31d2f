"""reviews: which pages wait for a medical review; record that one was read."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of, source_of
from coldpress.commands.said import say_failure, write_list

if TYPE_CHECKING:
    from coldpress.model import Site


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--ical", help="write a calendar of what is due", metavar="FILE", type=Path)
    to.add_argument("--csv", help="write all pages as a table", metavar="FILE", type=Path)
    to.add_argument("--sign", help="record that a person has read it", metavar="PAGE")
    to.add_argument("--by", help="with --sign: that person's name", metavar="NAME")
    to.add_argument("--credential", help="with --sign: as they sign", metavar="WORDS")
    to.add_argument("--next", help="with --sign: next review", metavar="YYYY-MM-DD", type=day)


def day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2027-12-01") from None


def run(given: argparse.Namespace) -> int:
    from coldpress import pipeline
    from coldpress import reviews as waiting

    signed = (given.by, given.credential, given.next)
    if given.sign and None in signed:
        hint = "they are about a real person, who has read the page as it is now"
        return say_failure("--sign needs --by, --credential and --next", hint, 2)
    site, _advice = pipeline.gather(options_of(given))
    if given.sign:
        return sign(given, site)
    entries = waiting.queue(site)
    for file, text in (
        (given.csv, waiting.csv_text(entries)),
        (given.ical, waiting.ical(entries, site)),
    ):
        if file is not None:
            write_list(file, text)
    if not given.quiet:
        print(waiting.table(entries))
    return 0


def sign(given: argparse.Namespace, site: Site) -> int:
    from coldpress.signing import sign as sign_page

    page = sign_page(
        site,
        source_of(given),
        given.sign,
        by=given.by,
        credential=given.credential,
        due=given.next,
    )
    print(f"{page.source.path} is signed by {given.by}; the next review is due on {given.next}")
    return 0
