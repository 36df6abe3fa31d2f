"""Figures -> Markdown tables, put into documents between marks.

`<!-- speed:1000 -->` asks for the table of that size (or of `all`), `<!-- speed:work -->` for
processor time, `<!-- speed:before -->` for this run beside an earlier one. Where it ends stands
`<!-- speed:end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bench.figures import NAMES, PEER, Figure, Run, memory, seconds, times
from bench.measure import BenchError

MARK = re.compile(
    r"(<!-- speed:(?P<what>all|before|work|\d+) -->\n).*?(<!-- speed:end -->)", re.DOTALL
)
SCENARIOS = {
    "cold": "cold build",
    "unchanged": "nothing changed",
    "edit": "one edit",
    "preview": "edit in the preview",
}


def fill(path: Path, run: Run, before: Run | None) -> None:
    """Writes the tables a document asks for."""
    text = path.read_text()
    if not MARK.search(text):
        raise BenchError(f"{path} has no mark like <!-- speed:1000 --> and <!-- speed:end -->")

    def filled(mark: re.Match[str]) -> str:
        return f"{mark[1]}\n{asked(mark['what'], run, before)}\n{mark[3]}"

    path.write_text(MARK.sub(filled, text))


def asked(what: str, run: Run, before: Run | None) -> str:
    if what == "before":
        return compared(before, run) if before else "No earlier run was given.\n"
    if what == "work":
        return worked(run)
    sizes = run.sizes() if what == "all" else [int(what)]
    return "\n".join(table(run, size) for size in sizes)


def table(run: Run, pages: int) -> str:
    """One size. A cell: median (least to most), times Hugo's."""
    return "\n".join(
        [
            f"{pages:,} articles: {about(run)}.",
            "",
            f"| | {' | '.join(SCENARIOS.values())} | peak memory | edit = clean build |",
            f"|---|{'--:|' * (len(SCENARIOS) + 1)}:-:|",
            *(row(run, tool, pages) for tool in run.tools(pages)),
            "",
            *(f"Not measured: {note}\n" for size, note in run.notes if size == pages),
        ]
    )


def about(run: Run) -> str:
    versions = run.machine["versions"]
    named = ", ".join(f"{NAMES[t]} {v}" for t, v in versions.items() if t != "mkdocs-dirty")
    place = "in memory" if run.machine["in_memory"] else "on disk"
    return f"{named}; {run.machine['cores']} cores, {place}, {run.machine['date']}"


def row(run: Run, tool: str, pages: int) -> str:
    found = {name: run.of(tool, pages, name) for name in SCENARIOS}
    cells = [cell(one) if one else "–" for one in found.values()]
    cold, edit = found["cold"], found["edit"]
    right = {True: "yes", False: "no", None: "–"}[edit.correct if edit else None]
    name = f"**{NAMES[tool]}**" if tool == "coldpress" else NAMES[tool]
    return f"| {name} | {' | '.join(cells)} | {memory(cold.peak if cold else 0)} | {right} |"


def cell(one: Figure) -> str:
    if one.scenario == "preview":
        shown = f"{seconds(one.middle)}, 95 % within {seconds(one.late)}"
    else:
        shown = f"{seconds(one.middle)} ({seconds(one.least)} to {seconds(one.most)})"
    return f"{shown}, {times(one.ratio[0])}" if one.ratio and one.tool != "hugo" else shown


def worked(run: Run) -> str:
    """Processor seconds of all processes, times Hugo's: what a busy machine stretches least."""
    names = [name for name in SCENARIOS if name != "preview"]
    head = f"| articles | | {' | '.join(SCENARIOS[name] for name in names)} |"
    rows = [
        f"| {pages:,} | {NAMES[tool]} | {' | '.join(effort(run, tool, pages, n) for n in names)} |"
        for pages in run.sizes()
        for tool in run.tools(pages)
    ]
    return "\n".join([head, f"|--:|---|{'--:|' * len(names)}", *rows, ""])


def effort(run: Run, tool: str, pages: int, scenario: str) -> str:
    ours, theirs = run.of(tool, pages, scenario), run.of(PEER, pages, scenario)
    if ours is None or not ours.work:
        return "–"
    shown = seconds(ours.work)
    return f"{shown}, {times(ours.work / theirs.work)}" if theirs and tool != PEER else shown


def compared(before: Run, now: Run) -> str:
    rows = [
        f"| {pages:,} | {SCENARIOS[name]} | {pair} |"
        for pages in now.sizes()
        for name in SCENARIOS
        for pair in changes(before, now, pages, name)
    ]
    head = "| articles | | before | now | times as fast | × Hugo before | × Hugo now | less work |"
    return "\n".join([head, f"|--:|---|{'--:|' * 6}", *rows, ""])


def changes(before: Run, now: Run, pages: int, scenario: str) -> Iterator[str]:
    then, here = (run.of("coldpress", pages, scenario) for run in (before, now))
    if then and here:
        hugo = [times(one.ratio[0]) if one.ratio else "–" for one in (then, here)]
        faster = times(then.middle / here.middle)
        less = times(then.work / here.work) if then.work and here.work else "–"
        yield " | ".join([seconds(then.middle), seconds(here.middle), faster, *hugo, less])
