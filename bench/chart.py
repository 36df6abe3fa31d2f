#!/usr/bin/env python3
"""python3 bench/chart.py RESULTS.json: tables into documents, and the chart beside them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

# This folder itself must not be on the path: a module in it has the name of a library.
if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from bench.drawing import chart
from bench.figures import read
from bench.measure import BenchError
from bench.tables import asked, fill


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser(prog="bench/chart.py", description=__doc__)
    made.add_argument("results", type=Path, help="what bench/run.py wrote")
    made.add_argument("--before", type=Path, help="results of an earlier run, to compare with")
    made.add_argument("--into", type=Path, action="append", default=[], help="document with marks")
    made.add_argument("--svg", type=Path, help="chart to write")
    made.add_argument("--pages", type=int, help="size the chart shows; else the largest")
    given = made.parse_args(arguments)
    try:
        run = read(given.results)
        before = read(given.before) if given.before else None
        for document in given.into:
            fill(document, run, before)
        if given.svg:
            given.svg.write_text(chart(run, given.pages or run.sizes()[-1]))
        if not given.into and not given.svg:
            sys.stdout.write(asked("all", run, before))
    except BenchError as stopped:
        sys.stderr.write(f"bench: {stopped}\n")
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
