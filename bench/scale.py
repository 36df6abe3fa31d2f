#!/usr/bin/env python3
"""python3 bench/scale.py: what a page costs on this machine, and what a million of them would.

Builds two corpora with one process, takes the difference per page (so that what every build costs
drops out) and carries it on. Straight lines only: what bends is in docs/scale.md. The table is
Markdown, for that file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# This folder itself must not be on the path: a module in it has the name of a library.
ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

from bench.corpus import corpus, write_coldpress  # noqa: E402  the line above makes it importable
from bench.scaling import PARALLEL, STAGES  # noqa: E402

BEGIN, END = "<!-- scale:table -->\n", "<!-- scale:end -->\n"
MEMORY = Path("/dev/shm")
SHOWN = {
    "edit": "one edit, from the command line",
    "unchanged": "nothing changed, decided by the engine",
}
SIZES = {
    "memory": "memory at the most, one process",
    "source bytes": "texts",
    "output bytes": "output",
    "files": "files of the output",
    "fullest": "entries of the fullest folder",
    "store bytes": "store",
    "largest page": "largest page",
    "sitemap": "sitemap",
    "list of files": "list of published files",
}
Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through two sizes."""

    fixed: float
    each: float

    def at(self, pages: float) -> float:
        return max(self.fixed + self.each * pages, 0.0)


def main(words: Sequence[str]) -> int:
    given = parser().parse_args(words)
    small, large = sorted(map(int, given.pages.split(",")))
    found = {n: measured(n, given.runs, given.work) for n in (small, large)}
    lines = {name: line(found[small], found[large], name) for name in found[large]}
    table = "\n".join(report(given, lines, found[large])) + "\n"
    if given.into is None:
        sys.stdout.write(table)
    else:
        given.into.write_text(placed(given.into.read_text(), table))
    return 0


def placed(text: str, table: str) -> str:
    """The table between its marks."""
    head, _, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not end:
        raise SystemExit(f"scale: there is no {BEGIN.strip()} followed by {END.strip()}")
    return f"{head}{BEGIN}{table}{END}{tail}"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="bench/scale.py", description=__doc__)
    made.add_argument("--pages", default="300,1000", help="two sizes (300,1000)")
    made.add_argument("--runs", type=int, default=3, help="builds of each size (3)")
    made.add_argument("--project", type=int, default=1_000_000, help="pages to plan for")
    made.add_argument("--cores", default="4,16,64", help="workers to plan for (4,16,64)")
    made.add_argument("--busy", type=float, default=0.8, help="part of the time workers work (0.8)")
    made.add_argument("--price", type=float, help="of one core for one hour, in your currency")
    made.add_argument("--into", type=Path, help="docs/scale.md: replace the table in it")
    made.add_argument("--work", type=Path, help="folder to build in; else a new one in memory")
    return made


def measured(pages: int, runs: int, work: Path | None) -> Figures:
    """Medians, each from a folder and a process of its own."""
    found = [once(pages, work or (MEMORY if MEMORY.is_dir() else None)) for _ in range(runs)]
    return {name: median(one[name] for one in found) for name in found[0]}


def once(pages: int, work: Path | None) -> Figures:
    with tempfile.TemporaryDirectory(prefix="coldpress-scale-", dir=work) as folder:
        site = Path(folder) / "site"
        made = corpus(pages)
        write_coldpress(made, site)
        edited = made.outlines["guides"][0].id
        words = [sys.executable, "-m", "bench.scaling", str(site), edited]
        run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        if run.returncode:
            raise SystemExit(f"scale: a build failed\n{run.stderr[-2000:]}")
        figures: Figures = json.loads(run.stdout)
        return figures


def line(small: Figures, large: Figures, name: str) -> Line:
    pages = large["pages"] - small["pages"]
    each = (large.get(name, 0.0) - small.get(name, 0.0)) / pages
    return Line(large.get(name, 0.0) - each * large["pages"], each)


def report(given: argparse.Namespace, lines: Mapping[str, Line], large: Figures) -> Iterator[str]:
    n = given.project
    yield f"Measured with {large['pages']:,.0f} pages, medians of {given.runs} (one core):"
    yield ""
    yield f"| a cold build | every build | each page | {n:,} pages, one core |"
    yield "|---|--:|--:|--:|"
    for name in (*STAGES, "rest"):
        where = "workers" if name in PARALLEL else "one process"
        yield row(f"{name} ({where})", lines[name], n)
    yield row("all of it", lines["cold"], n)
    for name, words in SHOWN.items():
        yield row(words, lines[name], n)
    yield ""
    yield f"| sizes | every build | each page | {n:,} pages |"
    yield "|---|--:|--:|--:|"
    for name, words in SIZES.items():
        unit = count if name in ("files", "fullest") else amount
        one = lines[name]
        yield f"| {words} | {unit(one.fixed)} | {unit(one.each)} | {unit(one.at(n))} |"
    yield ""
    yield from plans(given, lines)


def row(words: str, line: Line, pages: int) -> str:
    each = f"{line.each * 1000:.3f} ms"
    return f"| {words} | {line.fixed * 1000:.0f} ms | {each} | {lasting(line.at(pages))} |"


def plans(given: argparse.Namespace, lines: Mapping[str, Line]) -> Iterator[str]:
    """Time and cost with so many workers. While one process plans, the workers wait and cost."""
    n = given.project
    shared = sum(lines[name].at(n) for name in PARALLEL)
    alone = sum(lines[name].at(n) for name in (*STAGES, "rest") if name not in PARALLEL)
    yield f"| workers | {n:,} pages, cold | of it one process alone | core hours | cost |"
    yield "|--:|--:|--:|--:|--:|"
    for cores in map(int, given.cores.split(",")):
        wall = alone + shared / (cores * given.busy)
        hours = cores * wall / 3600
        cost = f"{hours * given.price:.2f}" if given.price is not None else "hours × price"
        yield f"| {cores} | {lasting(wall)} | {lasting(alone)} | {hours:.1f} | {cost} |"


def lasting(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def amount(size: float) -> str:
    for unit in ("B", "kB", "MB"):
        if abs(size) < 1000:
            return f"{size:.1f} {unit}" if unit != "B" else f"{size:.0f} B"
        size /= 1000
    return f"{size:.1f} GB"


def count(many: float) -> str:
    return f"{many:,.0f}" if many >= 10 else f"{many:.2f}"


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main(sys.argv[1:]))
