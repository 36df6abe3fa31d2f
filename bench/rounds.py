"""Tools and sizes -> measured runs. Interleaved: tool A, B, C, then again, each in a fresh folder.

A round of one tool: cold (nothing but sources), unchanged, one edit. In the first round the edited
output is compared, byte for byte, with a clean build of the edited sources.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from pathlib import Path

from bench.articles import EDITABLE
from bench.corpus import Corpus
from bench.dialects import address
from bench.measure import BenchError, Command, Spent, run
from bench.preview import edits, free_port
from bench.tools import Tool

SCENARIOS = ("cold", "unchanged", "edit", "preview")
OURS = ".coldpress"
"""Lists of what we wrote, in output/: not part of the site."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Result:
    """What was measured of one tool at one size in one scenario."""

    tool: str
    pages: int
    scenario: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: int = 0
    correct: bool | None = None
    note: str = ""

    def add(self, spent: Spent) -> None:
        self.wall.append(round(spent.wall, 4))
        self.cpu.append(round(spent.cpu, 4))


@dataclass(slots=True)
class Bench:
    """One size of corpus on one machine."""

    work: Path
    made: Corpus
    tools: Sequence[Tool]
    scenarios: Sequence[str]
    say: Say
    in_memory: bool = True
    """Whether `work` lies in memory. A disk still digests what was deleted while the next one is
    measured, so there nothing is deleted before the end."""
    results: dict[tuple[str, str], Result] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The article that is edited: a guide in the middle."""
        guides = self.made.outlines["guides"]
        return guides[len(guides) // 2].id

    def result(self, tool: Tool, scenario: str) -> Result:
        known = Result(tool.name, self.made.size, scenario)
        return self.results.setdefault((tool.name, scenario), known)


def measure(bench: Bench, rounds: int, edit_count: int) -> list[Result]:
    """A preview alone needs no rounds; any other work needs cold builds to start from."""
    able = list(prepared(bench))
    for number in range(rounds if {*bench.scenarios} - {"preview"} else 0):
        turn = number % len(able) if able else 0
        for tool in (*able[turn:], *able[:turn]):
            guarded(bench, tool, "cold", partial(one_round, bench, tool, number))
    for tool in able:
        if "cold" in bench.scenarios:
            guarded(bench, tool, "cold", partial(sampled, bench, tool))
        if "preview" in bench.scenarios and tool.serve is not None:
            guarded(bench, tool, "preview", partial(previewed, bench, tool, edit_count))
    return list(bench.results.values())


def guarded(bench: Bench, tool: Tool, scenario: str, work: Callable[[], object]) -> None:
    """A tool that fails is noted, and the others go on."""
    try:
        work()
    except BenchError as failed:
        bench.result(tool, scenario).note = str(failed).splitlines()[-1][:200]
        bench.say(f"  {tool.name}: {failed}")


def prepared(bench: Bench) -> Iterator[Tool]:
    """Sources are written once and copied for every round; one build warms the machine up."""
    for tool in bench.tools:
        tool.lay_out(bench.made, pristine(bench, tool))
        folder = fresh(bench, tool, "warm")
        guarded(bench, tool, "cold", partial(run, command(tool, folder)))
        if (tool.name, "cold") not in bench.results:
            yield tool
        remove(bench, folder)


def pristine(bench: Bench, tool: Tool) -> Path:
    return bench.work / tool.name / "sources"


def fresh(bench: Bench, tool: Tool, name: str) -> Path:
    folder = bench.work / tool.name / name
    return shutil.copytree(pristine(bench, tool), folder, symlinks=True)


def remove(bench: Bench, folder: Path) -> None:
    if bench.in_memory:
        shutil.rmtree(folder)


def command(tool: Tool, folder: Path, words: Sequence[str] = ()) -> Command:
    log = folder.with_name(f"{folder.name}.log")
    return Command(words or tool.build, folder, log, tool.env)


def one_round(bench: Bench, tool: Tool, number: int) -> None:
    folder = fresh(bench, tool, f"round-{number}")
    spent = {"cold": run(command(tool, folder))}
    again = command(tool, folder, tool.rebuild)
    if "unchanged" in bench.scenarios:
        spent["unchanged"] = run(again)
    if "edit" in bench.scenarios:
        edit(folder, tool, bench.target)
        spent["edit"] = run(again)
        if number == 0:
            bench.result(tool, "edit").correct = is_correct(bench, tool, folder)
    for scenario, one in spent.items():
        bench.result(tool, scenario).add(one)
    told = ", ".join(f"{name} {one.wall:.2f} s" for name, one in spent.items())
    bench.say(f"  {tool.name:12} {number + 1}: {told}")
    remove(bench, folder)


def edit(folder: Path, tool: Tool, id: str) -> None:
    """One word of one body. Raises BenchError when it is not there once."""
    path = folder / tool.source.format(id=id)
    text = path.read_text()
    if text.count(EDITABLE) != 1:
        raise BenchError(f"{path} has {EDITABLE!r} {text.count(EDITABLE)} times")
    path.write_text(text.replace(EDITABLE, "copper"))


def is_correct(bench: Bench, tool: Tool, folder: Path) -> bool:
    """The output after an edit is what a clean build of the edited sources makes; all of it."""
    clean = fresh(bench, tool, "clean")
    edit(clean, tool, bench.target)
    run(command(tool, clean))
    wrong = differing(folder / "output", clean / "output")
    page = f"{address(bench.target).strip('/')}/index.html"
    there = b"copper" in (clean / "output" / page).read_bytes()
    remove(bench, clean)
    if wrong or not there:
        bench.say(f"  {tool.name}: differs from a clean build: {', '.join(wrong[:4]) or page}")
    return not wrong and there


def differing(one: Path, other: Path) -> list[str]:
    ours, theirs = contents(one), contents(other)
    names = ours.keys() | theirs.keys()
    return sorted(name for name in names if ours.get(name) != theirs.get(name))


def contents(folder: Path) -> Mapping[str, str]:
    """Path -> digest of the file: a large site twice in memory would be too much."""
    return {
        path.relative_to(folder).as_posix(): blake2b(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).parts[0].startswith(OURS)
    }


def sampled(bench: Bench, tool: Tool) -> None:
    """Peak memory of a cold build, in a run of its own."""
    folder = fresh(bench, tool, "memory")
    bench.result(tool, "cold").peak = run(command(tool, folder), sample=True).peak
    remove(bench, folder)


def previewed(bench: Bench, tool: Tool, count: int) -> None:
    if tool.serve is None:
        return
    folder = fresh(bench, tool, "preview")
    port = free_port()
    source = folder / tool.source.format(id=bench.target)
    words = command(tool, folder, tool.serve(port))
    result = bench.result(tool, "preview")
    taken = edits(words, port, source, address(bench.target), count)
    result.wall = [round(seconds, 4) for seconds in taken]
    bench.say(f"  {tool.name:12} preview: {sorted(taken)[len(taken) // 2] * 1000:.0f} ms")
    remove(bench, folder)
