"""build: the site in output/."""

from __future__ import annotations

import argparse
from time import perf_counter
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.unchanged import SECONDS, said_if_unchanged
from coldpress.memory.heap import growing

if TYPE_CHECKING:
    from coldpress.memory.inputs import Look
    from coldpress.model import Published
    from coldpress.pipeline import Built


def arguments(to: argparse.ArgumentParser) -> None:
    from coldpress.commands.fixing import fix_argument

    fix_argument(to)
    words = "say why this output was made again or not: a page's address or file"
    to.add_argument("--explain", help=words, metavar="PATH")
    words = "compare files by their bytes, not by size and time"
    to.add_argument("--verify", help=words, action="store_true")
    words = "let the workers of this Dask cluster make it: tcp://host:8786"
    to.add_argument("--cluster", help=words, metavar="ADDRESS")
    words = "let the cluster's workers fetch and leave files there: s3://bucket/folder"
    to.add_argument("--cluster-store", default="", help=words, metavar="URL")


def run(given: argparse.Namespace) -> int:
    started = perf_counter()
    if given.explain or given.fix or given.cluster:
        return build(given)
    said, look = said_if_unchanged(given)
    if said is None:
        return build(given, look)
    if said:
        print(said.replace(SECONDS, f" in {perf_counter() - started:.2f} s", 1))
    return 0


def build(given: argparse.Namespace, look: Look | None = None) -> int:
    """`look`: at what is read, taken a moment ago."""
    with growing():
        from coldpress import pipeline
        from coldpress.commands.addressing import keep_promises, made_whole
        from coldpress.commands.crews import crew_of
        from coldpress.commands.explaining import explained, output_named
        from coldpress.commands.fixing import fixed
        from coldpress.commands.said import reported, shown
        from coldpress.commands.unchanged import note_unchanged
        from coldpress.memory.session import Session

    made_whole(given)
    options = options_of(given)
    if given.fix:
        fixed(given)
    with growing():
        session = Session(options, verify=given.verify, look=look)
    before = session.rows

    def find(built: Built) -> None:
        """A name that means nothing is wrong usage, and nothing is published then."""
        if given.explain:
            output_named(given.explain, built)

    def work() -> tuple[Built, Published]:
        with crew_of(given, options) as crew:
            return pipeline.build(options, shown(given), session, crew, find)

    def afterwards(built: Built) -> str:
        note_unchanged(given, built, session)
        lines = [keep_promises(given, built)]
        if given.explain:
            lines.append(explained(given.explain, built, before, session))
        return "\n".join(line for line in lines if line)

    return reported(given, work, afterwards)
