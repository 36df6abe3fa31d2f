"""A site with one bad file -> what came of building it. Anything but a site, or problems with a
place, is a finding, kept in tests/fuzz/corpus."""

from __future__ import annotations

import hashlib
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from coldpress import pipeline
from coldpress.memory.session import Session
from coldpress.problems import BuildError, OperationError, Problem, errors_in
from coldpress.report import render
from tests import sites
from tests.caselib import CASES

CORPUS = Path(__file__).parent / "corpus"
SITE = CASES / "mistakes" / "site"
SECONDS = 10.0
"""Of work: an input that takes more hangs. Not by the clock, which a busy machine makes long."""
PATIENCE = 120.0
"""Seconds by the clock, for what waits instead of working."""


class HangError(Exception):
    pass


@contextmanager
def limited(work: float = SECONDS) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise HangError(f"more than {work:g} s of work, or {PATIENCE:g} s of waiting")

    signals = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {number: signal.signal(number, stop) for number in signals}
    signal.setitimer(signal.ITIMER_PROF, work)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        for number, timer in signals.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


@dataclass
class Ground:
    """A site whose files are spoilt one at a time, and put back. `session`: as a preview keeps it,
    so that an input costs what it changes."""

    source: Path
    session: Session

    @classmethod
    def at(cls, source: Path) -> Ground:
        shutil.copytree(SITE, source)
        for name in ("page.html", "parts/header.html", "components/crumbs.html"):
            own = source / "templates" / name
            own.parent.mkdir(parents=True, exist_ok=True)
            shipped = sites.ROOT / "templates" / name
            if shipped.is_file():
                shutil.copy(shipped, own)
        made = cls(source, Session(sites.options(source)))
        made.compose()
        return made

    def files(self) -> list[str]:
        """Those that may be spoilt, the most interesting ones more often."""
        found = [p.relative_to(self.source).as_posix() for p in sorted(self.source.rglob("*"))]
        texts = [p for p in found if p.endswith((".md", ".yaml", ".html")) and "output" not in p]
        return [*texts, *(p for p in texts if p.startswith("content/") for _ in range(2))]

    def compose(self) -> pipeline.Built:
        return pipeline.compose(sites.options(self.source), session=self.session)

    def outcome(self, path: str, raw: bytes) -> str:
        """In a word. AssertionError: a finding."""
        file = self.source / path
        before = file.read_bytes() if file.exists() else None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        try:
            with limited():
                return self.judged(raw, path)
        finally:
            if before is None:
                file.unlink()
            else:
                file.write_bytes(before)

    def judged(self, raw: bytes, path: str) -> str:
        try:
            problems, end = self.compose().advice, "a site"
        except BuildError as failed:
            problems, end = failed.problems, "problems"
        except OperationError as refused:
            raise AssertionError(f"no operation failed: {refused.message}") from refused
        except (HangError, RecursionError, Exception) as fault:
            raise AssertionError(f"{type(fault).__name__}: {fault}") from fault
        assert end == "a site" or errors_in(problems)
        for problem in problems:
            placed(problem, raw if problem.path == path else None)
        self.shown(problems)
        return end

    def shown(self, problems: tuple[Problem, ...]) -> None:
        """The report can be made of them too, in every form."""
        for form in ("text", "json", "github", "sarif"):
            render(problems, None, format=form, source=self.source, colour=False, quiet=False)


def placed(problem: Problem, raw: bytes | None = None) -> None:
    """It says where, and what to do; the line is one of the file, when that is `raw`."""
    assert problem.path, problem
    assert problem.line >= 1, problem
    assert problem.column >= 1, problem
    assert problem.message, problem
    assert problem.hint or problem.level == "advice", problem
    if raw is not None:
        text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert problem.line <= text.count(b"\n") + 2, problem


def keep(path: str, raw: bytes) -> Path:
    """In the corpus, to be tried again in every run."""
    folder = CORPUS / hashlib.sha256(raw).hexdigest()[:12]
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(raw)
    return folder


def kept() -> list[tuple[str, bytes]]:
    return [
        ("/".join(file.relative_to(CORPUS).parts[1:]), file.read_bytes())
        for file in sorted(CORPUS.rglob("*"))
        if file.is_file()
    ]
