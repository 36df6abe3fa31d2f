"""A corpus in a folder -> what one build of it costs, stage by stage, in a process of its own.

Stages are timed at the names by which the pipeline calls them, with one process at work, in seconds
of a processor.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.workload import NOW
from coldpress import editions, gathering, oven, pipeline
from coldpress.make import Crew
from coldpress.memory.session import Session
from coldpress.model import Options

STAGES = {
    "read": (gathering, "read_texts"),
    "plan": (gathering, "outlined"),
    "convert": (gathering, "convert_texts"),
    "collect": (editions, "collect"),
    "cite": (editions, "cited"),
    "list": (oven, "other_orders"),
    "make": (oven, "made_of"),
    "links": (oven, "dead_links"),
    "whole": (oven, "whole_problems"),
    "publish": (pipeline, "put_in_place"),
}
PARALLEL = ("read", "convert", "make")
"""Done by as many workers as there are; the others by one process."""


class Clock:
    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def around(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            began = busy()
            try:
                found = work(*given, **named)
                return tuple(found) if stage == "whole" else found
            finally:
                self.spent[stage] = self.spent.get(stage, 0.0) + busy() - began

        return timed


def measure(folder: Path, edited: str) -> dict[str, float]:
    """Seconds by stage of a cold build with one process, and of an edit and an unchanged build
    after it; bytes and counts of what it leaves."""
    options = Options(source=folder, output=folder / "output", now=NOW, jobs=1)
    clock = Clock()
    for stage, (module, name) in STAGES.items():
        setattr(module, name, clock.around(stage, getattr(module, name)))
    cold = seconds(options)
    spent = dict(clock.spent)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    text = folder / "content" / f"{edited}.md"
    text.write_bytes(text.read_bytes() + b"\nOne more sentence.\n")
    edit = seconds(options)
    return {
        **spent,
        "rest": cold - sum(spent.values()),
        "cold": cold,
        "edit": edit,
        "unchanged": seconds(options),
        "memory": memory,
        **left(folder),
    }


def seconds(options: Options) -> float:
    began = busy()
    session = Session(options)
    pipeline.build(options, session=session, crew=Crew(1))
    session.store.close()
    return busy() - began


def busy() -> float:
    """Processor seconds of this process and of those it has waited for: what others do on the
    machine meanwhile does not count, and neither does waiting for a disk."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def left(folder: Path) -> dict[str, float]:
    """What a build leaves on the disk."""
    output = [file for file in (folder / "output").rglob("*") if file.is_file()]
    texts = [file for file in (folder / "content").rglob("*.md") if file.is_file()]
    sizes = {file.relative_to(folder / "output").as_posix(): size(file) for file in output}
    pages = {path: one for path, one in sizes.items() if path.endswith("index.html")}
    return {
        "pages": len(pages),
        "files": len(output),
        "fullest": max(sum(1 for _ in place.iterdir()) for place in folders(output)),
        "source bytes": sum(size(file) for file in texts),
        "output bytes": sum(sizes.values()),
        "store bytes": size(folder / ".coldpress" / "store.sqlite"),
        "largest page": max(pages.values()),
        "sitemap": sum(one for path, one in sizes.items() if path.startswith("sitemap")),
        "list of files": sizes[".coldpress.json"],
    }


def folders(files: list[Path]) -> set[Path]:
    """With those that hold only folders."""
    return {parent for file in files for parent in (file.parent, file.parent.parent)}


def size(file: Path) -> float:
    return float(file.stat().st_size)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), sys.argv[2])))
