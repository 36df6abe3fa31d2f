#!/usr/bin/env python3
"""python3 bench/regress.py: has building become more work? Exit 1 when it has.

Compares one cold build of 60 articles with bench/baseline.json by two figures that other work on
the machine does not touch: the number of calls, and processor time as a ratio to fixed work. Both
come from processes of their own. A change that means to cost more brings a new baseline: --write.
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

HERE = Path(__file__).resolve().parent
BASELINE = HERE / "baseline.json"
PAGES = 60
REPEATS = 4
TOLERANCE = {"calls": 1.08, "ratio": 1.20}
"""Calls vary by less than a thousandth; the ratio by a few hundredths on a busy machine."""
MEANING = {"calls": "calls in a build", "ratio": "processor time, in units of the reference"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`worse` fails; what has become much better is worth a new baseline."""

    figure: str
    stored: float
    found: float

    @property
    def change(self) -> float:
        return self.found / self.stored

    @property
    def worse(self) -> bool:
        return self.change > TOLERANCE[self.figure]

    @property
    def better(self) -> bool:
        return self.change < 1 / TOLERANCE[self.figure]

    def __str__(self) -> str:
        what = MEANING[self.figure]
        amount = f"{what}: {said(self.found)}, stored {said(self.stored)} ({self.change - 1:+.1%})"
        if self.worse:
            return f"error: {amount}, allowed {TOLERANCE[self.figure] - 1:+.0%}"
        return f"{amount}; much better: store it with --write" if self.better else amount


def said(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser(prog="bench/regress.py", description=__doc__)
    made.add_argument("--write", action="store_true", help="store what is found as the baseline")
    made.add_argument("--baseline", type=Path, default=BASELINE, help="file of stored figures")
    made.add_argument("--pages", type=int, default=PAGES, help="articles in the build (60)")
    made.add_argument("--once", choices=ONCE, help=argparse.SUPPRESS)
    made.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = made.parse_args(arguments)
    if given.once:
        sys.stdout.write(json.dumps(once(given.once, given.folder, given.pages)))
        return 0
    found = measured(given.pages)
    if given.write:
        given.baseline.write_text(json.dumps(found, indent=1) + "\n")
        say(f"{given.baseline} is written: {found['calls']:,} calls, ratio {found['ratio']}")
        return 0
    return judge(given.baseline, found)


def judge(baseline: Path, found: Mapping[str, object]) -> int:
    try:
        stored = json.loads(baseline.read_text())
        verdicts = list(compare(stored, found))
    except (OSError, ValueError, LookupError, TypeError):
        say(f"error: no figures in {baseline}; store them: python3 bench/regress.py --write")
        return 1
    for verdict in verdicts:
        say(str(verdict))
    if any(verdict.worse for verdict in verdicts):
        say("building has become more work: find out where with cProfile, or, when it is meant,")
        say("store the new figures in the same change: python3 bench/regress.py --write")
        return 1
    return 0


def compare(stored: Mapping[str, object], found: Mapping[str, object]) -> Iterator[Verdict]:
    """Another version of Python counts calls otherwise: then the ratio alone speaks."""
    if stored["pages"] != found["pages"]:
        raise LookupError("pages")
    if stored["python"] == found["python"]:
        yield Verdict("calls", number(stored, "calls"), number(found, "calls"))
    yield Verdict("ratio", number(stored, "ratio"), number(found, "ratio"))


def number(figures: Mapping[str, object], name: str) -> float:
    return float(str(figures[name]))


def measured(pages: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        child("prepare", Path(folder, "site"), pages)
        calls = child("calls", Path(folder, "site"), pages)["calls"]
        runs = [child("seconds", Path(folder, "site"), pages) for _ in range(REPEATS)]
    ratio = min(run["build"] for run in runs) / min(run["reference"] for run in runs)
    python = ".".join(map(str, sys.version_info[:2]))
    return {"pages": pages, "python": python, "calls": round(calls), "ratio": round(ratio, 3)}


def child(what: str, folder: Path, pages: int) -> dict[str, float]:
    """A fresh process: what one build has learned must not help the next. Sets are walked in the
    same order each time."""
    words = [sys.executable, __file__, "--once", what, "--folder", folder, "--pages", str(pages)]
    env = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run([*map(str, words)], env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"error: the build to measure failed\n{done.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def once(what: str, folder: Path, pages: int) -> dict[str, float]:
    """In the child."""
    from bench import workload  # noqa: PLC0415  the parent judges and needs no library

    if what == "prepare":
        workload.prepare(folder, pages)
        return {}
    with tempfile.TemporaryDirectory() as place:
        copy = workload.cold_copy(folder, Path(place, "site"))
        return workload.calls(copy) if what == "calls" else workload.seconds(copy, pages)


ONCE = ("prepare", "calls", "seconds")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    # This folder itself must not be on the path: a module in it has the name of a library.
    sys.path[0] = str(HERE.parent)
    sys.exit(main(sys.argv[1:]))
