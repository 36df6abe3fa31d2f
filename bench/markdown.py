#!/usr/bin/env python3
"""python3 bench/markdown.py: what converting a page's Markdown costs, beside another state of it.

    bench/markdown.py                      beside the same rules on the untuned library
    bench/markdown.py --against FOLDER     beside another checkout of this project, such as the
                                           one before: git worktree add FOLDER COMMIT
    bench/markdown.py --profile            where the time goes, on this checkout

Two corpora: generated articles of about 825 words and the content of the project. Both states
convert both, turn by turn, in a process each; results are compared first (--against: must be
equal), then processor time is. Ratios are what counts: machines are busy.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import io
import json
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
# This folder itself must not be on the path: this file has the name of the library.
sys.path[0] = str(ROOT)

from bench.corpus import corpus, write_coldpress  # noqa: E402  the line above makes it importable

ARTICLES = 60


def main(arguments: Sequence[str]) -> int:
    made = argparse.ArgumentParser(prog="bench/markdown.py", description=__doc__)
    made.add_argument("--against", type=Path, help="another checkout")
    made.add_argument("--rounds", type=int, default=9)
    made.add_argument("--profile", action="store_true")
    made.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    given = made.parse_args(arguments)
    if given.worker:
        return worker(*given.worker)
    with tempfile.TemporaryDirectory() as folder:
        write_coldpress(corpus(ARTICLES), Path(folder))
        sites = {"generated": Path(folder), "project": ROOT}
        if given.profile:
            return profiled(sites["generated"])
        return max([compared(name, site, given) for name, site in sites.items()])


def compared(name: str, site: Path, given: argparse.Namespace) -> int:
    """One line; 1 when two checkouts that should agree do not."""
    other = given.against.resolve() if given.against else ROOT
    before = Worker(other, site, "as it is" if given.against else "untuned")
    after = Worker(ROOT, site, "as it is")
    try:
        old, new = before.said(), after.said()
        took = [(before.asked(), after.asked()) for _ in range(given.rounds)]
    finally:
        before.end()
        after.end()
    same = "equal" if old["digest"] == new["digest"] else "NOT EQUAL"
    ratio = median(a / b for a, b in took)
    then, now = median(a for a, _ in took), median(b for _, b in took)
    pages, words = new["pages"], new["words"] // new["pages"]
    line = f"{pages} pages of {words} words, results {same}"
    say(f"{name:10} {then:6.2f} -> {now:5.2f} ms a page: {ratio:.2f} times as fast ({line})")
    return int(same != "equal")


class Worker:
    """A process that converts all pages of a site once for every line it is sent."""

    def __init__(self, checkout: Path, site: Path, how: str) -> None:
        command = [sys.executable, __file__, "--worker", str(checkout), str(site), how]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def said(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._pipe(self.process.stdout).readline())
        return found

    def asked(self) -> float:
        to = self._pipe(self.process.stdin)
        to.write("again\n")
        to.flush()
        return float(self._pipe(self.process.stdout).readline())

    def end(self) -> None:
        self._pipe(self.process.stdin).close()
        self._pipe(self.process.stdout).close()
        self.process.wait()

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def worker(checkout: str, site: str, how: str) -> int:
    sys.path.insert(0, checkout)
    pages = Pages(Path(site), how)
    results = pages.converted()
    say(json.dumps({**pages.size(results), "digest": digest(results)}))
    for _line in sys.stdin:
        start = time.process_time()
        pages.converted()
        say(str((time.process_time() - start) / len(pages.sources) * 1000))
    return 0


class Pages:
    """The pages of a site, read, and all they may refer to. Imports by name: which checkout's
    modules these are is known only when the worker has started."""

    def __init__(self, site: Path, how: str) -> None:
        model = import_module("coldpress.model")
        options = model.Options(site, site / "output", datetime(2027, 1, 1, tzinfo=UTC))
        config = import_module("coldpress.config").load_config(site, None)
        content, _ = import_module("coldpress.load").load(config, options)
        routes, _ = import_module("coldpress.routes").route(content, config)
        markdown = import_module("coldpress.markdown")
        drawn = {path.stem for path in (ROOT / "templates" / "diagrams").glob("*.svg")}
        self.sources = content.sources
        self.known = markdown.known_of(content, routes, config, drawn)
        self.convert = markdown.convert
        self.converter = untuned() if how == "untuned" else markdown.engine()

    def converted(self) -> list[Any]:
        return [self.convert(one, self.known, self.converter) for one in self.sources]

    @staticmethod
    def size(results: list[Any]) -> dict[str, int]:
        words = sum(len(page.text.split()) for page, _ in results if page)
        return {"pages": len(results), "words": words}


def untuned() -> Any:
    tables = import_module("markdown.extensions.tables").TableExtension
    extensions = [
        kind(use_align_attribute=True) if kind is tables else kind()
        for kind in import_module("coldpress.markdown.engine").EXTENSIONS
    ]
    return import_module("markdown").Markdown(extensions=extensions, output_format="html")


def digest(results: object) -> str:
    """Of everything in them, by value: two equal strings may pickle differently."""
    return hashlib.sha256(repr(plain(results)).encode()).hexdigest()


def plain(value: Any) -> Any:
    if is_dataclass(value):
        parts = [plain(getattr(value, field.name)) for field in fields(value)]
        return (type(value).__name__, *parts)
    if isinstance(value, dict):
        return [(key, plain(one)) for key, one in value.items()]
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return (type(value).__name__, str(value))


def profiled(site: Path) -> int:
    pages = Pages(site, "as it is")
    pages.converted()
    profile = cProfile.Profile()
    profile.enable()
    pages.converted()
    profile.disable()
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("tottime").print_stats(40)
    say(out.getvalue())
    return 0


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
