"""The disk fails in the middle of a build: at any call, with any fault. No traceback; a clear word
and the old site, or the new one. Publishing alone is in test_publish_kill.py.

COLDPRESS_FAULTS sets at how many calls, spread evenly; the full size is all of them.
"""

from __future__ import annotations

import builtins
import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coldpress import cli
from coldpress.commands.said import LIVE
from coldpress.memory.heap import settle
from tests import whole_builds
from tests.sizes import SEED, measured, size
from tests.test_publish_kill import Event, before_calls, failing, only_at
from tests.whole_builds import NOW, OWN_FAULT, TRACEBACK, files_of, generation_of

pytestmark = pytest.mark.kill

FAULTS = size("FAULTS", 14, 1_000_000)
CODES = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE, errno.ENOENT)
PAGES = 6


class Ground:
    """A site whose first generation is published, and whose second waits to be built."""

    def __init__(self, folder: Path) -> None:
        self.kept, self.source = folder / "kept", folder / "site"
        self.builds = 0
        whole_builds.site_of(self.source, PAGES)
        self.build()
        self.old = files_of(self.source / "output")
        whole_builds.renew(self.source, 1)
        self.source.rename(self.kept)
        self.again()

    def again(self) -> None:
        shutil.rmtree(self.source, ignore_errors=True)
        shutil.copytree(self.kept, self.source)

    def build(self) -> int:
        self.builds += 1
        if self.builds % 50 == 0:  # a build is made to be the only one of its process
            settle()
        return cli.main(["build", "--source", str(self.source), "--now", NOW, "--jobs", "1"])

    def now(self) -> dict[str, bytes]:
        return files_of(self.source / "output")


@pytest.fixture
def ground(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ground:
    made = Ground(tmp_path)
    capsys.readouterr()
    return made


@contextmanager
def opens_watched(event: Event) -> Iterator[list[str]]:
    """As `before_calls`, and the builtin name of `open` as well."""
    with before_calls(event) as calls:
        real = builtins.open
        builtins.open = __import__("io").open
        try:
            yield calls
        finally:
            builtins.open = real


def calls_of(ground: Ground) -> int:
    """Of a build like those to come: what a process reads once, it has read before."""
    assert ground.build() == 0
    ground.again()
    with opens_watched(lambda _number: None) as calls:
        assert ground.build() == 0
    ground.again()
    return len(calls)


def spread(total: int) -> range:
    return range(1, total + 1, max(1, total // FAULTS))


def judged(ground: Ground, code: int, said: str) -> str:
    """What came of it, or AssertionError."""
    assert TRACEBACK not in said, said
    assert OWN_FAULT not in said, said
    if code == 0:
        assert generation_of(ground.now()) == 1
        return "built all the same"
    assert code in (1, 3), said
    assert said.strip()
    now = ground.now()
    if LIVE in said:
        assert generation_of(now) == 1
        return "built, and said what failed after it"
    assert now == ground.old, said
    return "refused, in words" if code == 3 else "a problem, with its file"


def recovered(ground: Ground) -> None:
    assert ground.build() == 0
    assert generation_of(ground.now()) == 1
    left = {path.name for path in ground.source.iterdir()}
    known = {"output", "content", "site.yaml", ".coldpress", ".output.lock"}
    assert left <= known | {".output.previous", ".output.spare"}


def run_through(
    ground: Ground, total: int, event: Callable[[int], Event], said: Callable[[], str]
) -> Counter[str]:
    ends: Counter[str] = Counter()
    for number in spread(total):
        with opens_watched(event(number)) as made:
            code = ground.build()
        words = said()
        try:
            ends[judged(ground, code, words)] += 1
            recovered(ground)
        except AssertionError as wrong:
            raise AssertionError(f"call {number} of {total}: {made[-1]}; {words}") from wrong
        said()
        ground.again()
    return ends


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    def read() -> str:
        out, err = capsys.readouterr()
        return str(out + err)

    return read


def test_any_call_may_fail_once(ground: Ground, said: Callable[[], str]) -> None:
    total = calls_of(ground)
    ends = run_through(ground, total, lambda n: failing(CODES[n % 5], n, n), said)
    measured("faults, one call", calls=total, ends=dict(ends))


def test_all_calls_may_fail_from_any_on(ground: Ground, said: Callable[[], str]) -> None:
    total = calls_of(ground)

    def for_good(number: int) -> Event:
        return failing((errno.EROFS, errno.ENOSPC, errno.EIO)[number % 3], number)

    ends = run_through(ground, total, for_good, said)
    measured("faults, for good", calls=total, ends=dict(ends))


def test_a_file_may_vanish_at_any_moment(ground: Ground, said: Callable[[], str]) -> None:
    """Somebody switches branches in the middle of a build."""
    total = calls_of(ground)
    victims = ["content/guides/g3.md", "content/guides/sign.png", "site.yaml", "content/guides"]
    chance = random.Random(SEED)
    rounds = min(size("VANISHED", 12, 400), total)
    ends: Counter[str] = Counter()
    for number in sorted(chance.sample(range(1, total + 1), rounds)):
        victim = ground.source / victims[number % len(victims)]
        gone = only_at(number, lambda one=victim: one.rename(one.with_name("away")))  # type: ignore[misc]
        with opens_watched(gone):
            code = ground.build()
        words = said()
        assert TRACEBACK not in words, (number, victim.name, words)
        assert OWN_FAULT not in words, (number, victim.name, words)
        if code:
            assert ground.now() == ground.old, (number, words)
        else:
            assert generation_of(ground.now()) == 1, number
        ends[f"exit {code}"] += 1
        victim.with_name("away").rename(victim)
        recovered(ground)
        said()
        ground.again()
    measured("faults, a file vanished", rounds=rounds, ends=dict(ends))


# ------------------------------------------------------------------------------ the store


class Failing(sqlite3.Connection):
    """Counts what is asked of it, and fails as it is told. Set by the test."""

    event: Event = staticmethod(lambda _number: None)
    number = 0

    @classmethod
    def asked(cls) -> None:
        Failing.number += 1
        Failing.event(Failing.number)

    def execute(self, *arguments: Any) -> Any:
        self.asked()
        return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        self.asked()
        return super().executemany(*arguments)


def test_the_store_may_fail_at_any_question(
    ground: Ground, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = sqlite3.connect

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        return real(*arguments, factory=Failing, **options)

    monkeypatch.setattr(sqlite3, "connect", connect)
    ways = (sqlite3.OperationalError("disk I/O error"), sqlite3.DatabaseError("malformed"))

    def at(number: int, way: sqlite3.Error, *, for_good: bool) -> Event:
        def event(count: int) -> None:
            if count == number or (for_good and count > number and in_file[0]):
                raise way

        return event

    in_file = [True]
    monkeypatch.setattr(Failing, "number", 0)
    assert ground.build() == 0
    total = Failing.number
    ground.again()
    ends: Counter[str] = Counter()
    for number in spread(total):
        Failing.number = 0
        Failing.event = staticmethod(at(number, ways[number % 2], for_good=False))
        code = ground.build()
        words = said()
        Failing.event = staticmethod(lambda _number: None)
        ends[judged(ground, code, f"question {number}: {words}")] += 1
        recovered(ground)
        said()
        ground.again()
    assert ends.keys() == {"built all the same"}
    measured("faults, the store", questions=total, ends=dict(ends))


def test_a_site_in_a_folder_that_cannot_be_written_is_built(
    tmp_path: Path, said: Callable[[], str]
) -> None:
    """Nothing can be remembered, and there are enough pages for workers: they remember nothing of
    each other either."""
    source = whole_builds.site_of(tmp_path / "site", 70)
    (source / ".coldpress/store.sqlite").mkdir(parents=True)
    words = ["build", "--source", str(source), "--output", str(tmp_path / "out"), "--now", NOW]
    assert cli.main([*words, "--jobs", "2"]) == 0, said()
    assert generation_of(files_of(tmp_path / "out")) == 0


# ------------------------------------------------------------------------------ every read


def traced(source: Path, *inject: str) -> tuple[int, str]:
    """A build in a process of its own, whose calls fail as strace is told."""
    own = [str(path) for path in source.rglob("*")] + [str(source)]
    only = [word for path in own for word in ("-P", path)]
    words = ["strace", "-f", "-qq", "-o", "/dev/null", *only, *inject]
    words += [*whole_builds.command(source, "exchange"), "--jobs", "1"]
    run = subprocess.run(words, cwd=whole_builds.ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.mark.skipif(
    not shutil.which("strace") and not os.environ.get("COLDPRESS_CI"), reason="needs strace"
)
def test_the_system_may_refuse_any_read_or_write(ground: Ground) -> None:
    """The real thing: also what SQLite, Pillow and Python itself ask for."""
    chance = random.Random(SEED)
    ends: Counter[str] = Counter()
    rounds = size("STRACE", 3, 300)
    for number in range(rounds):
        call, most = chance.choice(
            [("read", 60), ("openat", 80), ("pread64", 40), ("pwrite64", 60), ("write", 20)]
        )
        fault = chance.choice(["EIO", "ENOSPC", "EACCES", "EMFILE"])
        when = chance.randrange(1, most)
        code, words = traced(ground.source, "-e", f"inject={call}:error={fault}:when={when}")
        try:
            ends[judged(ground, code, words)] += 1
        except AssertionError as wrong:
            raise AssertionError(f"round {number}: {call} {when} {fault}; {words}") from wrong
        recovered(ground)
        ground.again()
    measured("faults, system calls", rounds=rounds, ends=dict(ends))


def test_a_build_that_is_told_to_stop_stops(ground: Ground) -> None:
    """Ctrl+C and SIGTERM at random moments: one line, the old site or the new one."""
    chance = random.Random(SEED)
    for number in range(size("STOPS", 3, 60)):
        with whole_builds.started(ground.source, "exchange") as process:
            try:
                process.wait(chance.uniform(0.3, 1.0))
            except subprocess.TimeoutExpired:
                process.send_signal(chance.choice([signal.SIGINT, signal.SIGTERM]))
            out, err = process.communicate(timeout=whole_builds.TIMEOUT)
        assert TRACEBACK not in err, (number, err)
        now = ground.now()
        assert now == ground.old or generation_of(now) == 1, (number, out)
        recovered(ground)
        ground.again()
