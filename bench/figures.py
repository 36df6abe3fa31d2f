"""Results as JSON -> the figures that tables and charts show: medians, spread, ratios to Hugo."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench.measure import BenchError

PEER = "hugo"
"""The peer that ratios are taken to."""
NAMES: Mapping[str, str] = {
    "coldpress": "Coldpress",
    "hugo": "Hugo",
    "eleventy": "Eleventy",
    "pelican": "Pelican",
    "mkdocs": "MkDocs",
    "mkdocs-dirty": "MkDocs --dirty",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds: the median, the least and the most; `late` is the 95th percentile. `ratio`, with its
    least and most, is to Hugo in the same round. `work` is processor seconds, 0 when not known."""

    tool: str
    pages: int
    scenario: str
    middle: float
    least: float
    most: float
    late: float
    ratio: tuple[float, float, float] | None
    work: float
    peak: int
    correct: bool | None


@dataclass(frozen=True, slots=True)
class Run:
    """One results file."""

    machine: Mapping[str, Any]
    figures: tuple[Figure, ...]
    notes: tuple[tuple[int, str], ...] = ()
    """Size, and what could not be measured there."""

    def sizes(self) -> list[int]:
        return sorted({one.pages for one in self.figures})

    def tools(self, pages: int) -> list[str]:
        """In the order of NAMES."""
        seen = {one.tool for one in self.figures if one.pages == pages}
        return [name for name in NAMES if name in seen]

    def of(self, tool: str, pages: int, scenario: str) -> Figure | None:
        wanted = (tool, pages, scenario)
        found = (one for one in self.figures if (one.tool, one.pages, one.scenario) == wanted)
        return next(found, None)


def read(path: Path) -> Run:
    try:
        content = json.loads(path.read_text())
        rows: Sequence[Mapping[str, Any]] = content["results"]
        return Run(content, tuple(figures(rows)), tuple(notes(rows)))
    except (OSError, ValueError, LookupError, TypeError) as bad:
        raise BenchError(f"{path} has no results of bench/run.py: {bad}") from None


def figures(rows: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    peers = {(row["pages"], row["scenario"]): row["wall"] for row in rows if row["tool"] == PEER}
    for row in rows:
        wall: list[float] = row["wall"]
        if wall:
            yield Figure(
                tool=row["tool"],
                pages=row["pages"],
                scenario=row["scenario"],
                middle=median(wall),
                least=min(wall),
                most=max(wall),
                late=percentile95(wall),
                ratio=ratio(wall, peers.get((row["pages"], row["scenario"]), [])),
                work=median(row["cpu"]) if row["cpu"] else 0.0,
                peak=row["peak"],
                correct=row["correct"],
            )


def notes(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, str]]:
    for row in rows:
        if row["note"]:
            yield row["pages"], f"{NAMES[row['tool']]}, {row['scenario']}: {row['note']}"


def percentile95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float] | None:
    """Round by round: what slows a machine down for a while slows both."""
    rounds = [one / other for one, other in zip(ours, theirs, strict=False) if other]
    return (median(rounds), min(rounds), max(rounds)) if rounds else None


def seconds(value: float) -> str:
    """Three digits at most, with the unit: 1.92 s, 38 ms."""
    if value < 0.9995:
        return f"{value * 1000:.0f} ms"
    return f"{value:.{digits(value)}f} s"


def times(value: float) -> str:
    return f"{value:.{digits(value)}f}×"


def digits(value: float) -> int:
    """After the point, so that three digits are said in all."""
    return 2 if value < 9.995 else 1 if value < 99.95 else 0


def memory(peak: int) -> str:
    return f"{peak / 2**20:,.0f} MiB" if peak else "–"
