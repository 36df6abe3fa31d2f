"""The command line of a measurement: options -> results as JSON, told as they come."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.corpus import ROOT, corpus
from bench.measure import BenchError
from bench.rounds import SCENARIOS, Bench, Result, measure
from bench.tools import Tool, install, tools

TOOLS = "coldpress,hugo,eleventy,pelican,mkdocs"
MEMORY = Path("/dev/shm")
"""A file system without a disk under it: no run waits for what another one deleted."""


def main(arguments: Sequence[str]) -> int:
    given = parser().parse_args(arguments)
    try:
        return session(given)
    except BenchError as stopped:
        say(f"bench: {stopped}")
        return 3
    except KeyboardInterrupt:
        say("bench: stopped; nothing was written")
        return 3


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="bench/run.py", description=__doc__)
    made.add_argument("--pages", type=listed, default=["1000"], help="sizes: 100,1000,10000")
    made.add_argument("--runs", type=int, default=5, help="rounds of every tool (5)")
    made.add_argument("--edits", type=int, default=30, help="edits while a preview runs (30)")
    made.add_argument("--tools", type=listed, default=listed(TOOLS), help=TOOLS)
    made.add_argument("--only", type=listed, default=list(SCENARIOS), help=",".join(SCENARIOS))
    made.add_argument("--seed", type=int, default=1, help="of the articles (1)")
    made.add_argument("--project", type=Path, default=ROOT, help="the Coldpress to measure")
    made.add_argument("--work", type=Path, help="folder to build in; else a new one in memory")
    made.add_argument("--results", type=Path, help="JSON file to write; else it is shown")
    return made


def listed(words: str) -> list[str]:
    return words.split(",")


def session(given: argparse.Namespace) -> int:
    if unknown := set(given.only) - set(SCENARIOS):
        raise BenchError(f"unknown scenario {min(unknown)!r}; there are {', '.join(SCENARIOS)}")
    install()
    chosen = tools(given.tools, given.project.resolve())
    found: list[Result] = []
    for size in map(int, given.pages):
        found += of_size(given, size, chosen)
    write_results(given, chosen, found)
    return 0


def of_size(given: argparse.Namespace, size: int, chosen: Sequence[Tool]) -> list[Result]:
    say(f"{size:,} articles")
    place = given.work or (MEMORY if in_memory(given) else None)
    work = Path(tempfile.mkdtemp(prefix="coldpress-bench-", dir=place))
    try:
        made = corpus(size, given.seed, given.project.resolve())
        bench = Bench(work, made, chosen, given.only, say, in_memory(given))
        return measure(bench, given.runs, given.edits)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def in_memory(given: argparse.Namespace) -> bool:
    return given.work is None and MEMORY.is_dir()


def write_results(
    given: argparse.Namespace, chosen: Sequence[Tool], found: Sequence[Result]
) -> None:
    machine = {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "in_memory": in_memory(given),
        "seed": given.seed,
        "versions": {tool.name: tool.version for tool in chosen},
    }
    text = json.dumps({**machine, "results": [asdict(one) for one in found]}, indent=1) + "\n"
    if given.results is None:
        sys.stdout.write(text)
    else:
        given.results.write_text(text)
        say(f"{given.results} is written; for the table: python3 bench/chart.py {given.results}")


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
