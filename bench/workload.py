"""One cold build of a small site in this process -> what it cost, in figures that a busy machine
does not change.

`calls` counts every call of a Python function or of a built-in one: nearly the same on every
machine, like a count of instructions, and blind to what libraries do inside. `build` and
`reference` are processor seconds: of the build, and of a fixed piece of work before and after it.
Their ratio sees the libraries too; a slow machine slows both.
"""

from __future__ import annotations

import cProfile
import pstats
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from markdown import Markdown

from bench.corpus import Corpus, corpus, text_of, write_coldpress
from coldpress import pipeline
from coldpress.model import Options

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
EXTENSIONS = ("tables", "toc", "smarty", "attr_list")


def prepare(folder: Path, pages: int) -> None:
    """A site to copy: written, and built once, so that all that is imported is."""
    write_coldpress(corpus(pages), folder)
    compose(folder)


def cold_copy(prepared: Path, folder: Path) -> Path:
    """Sources: nothing that a build has left."""
    ignored = shutil.ignore_patterns(".coldpress", "output")
    shutil.copytree(prepared, folder, ignore=ignored)
    return folder


def calls(folder: Path) -> dict[str, float]:
    profile = cProfile.Profile()
    profile.runcall(compose, folder)
    total: int = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    return {"calls": total}


def seconds(folder: Path, pages: int) -> dict[str, float]:
    bodies = texts(corpus(pages))
    reference = [processor_time(lambda: plain(bodies))]
    build = processor_time(lambda: compose(folder))
    reference.append(processor_time(lambda: plain(bodies)))
    return {"build": build, "reference": min(reference)}


def texts(made: Corpus) -> list[str]:
    return ["\n".join(text_of(block, one) for block in one.blocks) for one in made.articles()]


def compose(folder: Path) -> None:
    pipeline.compose(Options(source=folder, output=folder / "output", now=NOW))


def plain(bodies: list[str]) -> None:
    """The reference: plain Python-Markdown over the same texts."""
    for body in bodies:
        Markdown(extensions=EXTENSIONS).convert(body)


def processor_time(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
