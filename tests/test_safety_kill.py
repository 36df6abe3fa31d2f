"""A whole build, killed: the old site or the new one, never a mixture, and the next build carries
on by itself. Publishing alone, call by call, is in test_publish_kill.py.

COLDPRESS_BUILD_KILLS sets how many for each method; the full size is 1000.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coldpress.publish.paths import neighbours
from coldpress.publish.swap import recover
from tests import whole_builds
from tests.sizes import SEED, measured, size
from tests.whole_builds import METHODS, OWN_FAULT, TRACEBACK, files_of, generation_of

pytestmark = pytest.mark.kill

KILLS = size("BUILD_KILLS", 3, 1000)
PAGES = 70
"""From 64 on a build starts workers."""
EVERY = 20
"""Kills after which the site is compared with one that was built from nothing."""


@dataclass
class Ground:
    source: Path
    method: str
    generation: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    """How many runs ended where."""

    @property
    def output(self) -> Path:
        return self.source / "output"

    def litter(self) -> set[str]:
        known = {"output", ".output.previous", ".output.spare", ".output.lock"}
        known |= {"site.yaml", "content", ".coldpress"}
        return {path.name for path in self.source.iterdir()} - known

    def complete(self) -> dict[str, bytes]:
        whole_builds.built(self.source, self.method)
        assert self.litter() == set()
        files = files_of(self.output)
        assert generation_of(files) == self.generation
        return files

    def renew(self) -> None:
        self.generation += 1
        whole_builds.renew(self.source, self.generation)

    def from_nothing(self) -> dict[str, bytes]:
        fresh = self.source.parent / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        skipped = shutil.ignore_patterns("output", ".output*", ".coldpress")
        shutil.copytree(self.source, fresh, ignore=skipped)
        whole_builds.built(fresh, self.method)
        return whole_builds.pages(files_of(fresh / "output"))


@pytest.fixture(params=METHODS)
def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    site = Ground(whole_builds.site_of(tmp_path / "site", PAGES), str(request.param))
    site.complete()
    return site


def killed(ground: Ground, after: float, victim: str) -> None:
    """Start a build and end it, or one of its workers, after some seconds."""
    with whole_builds.started(ground.source, ground.method) as process:
        time.sleep(after)
        if victim == "worker":
            kill_a_worker(lambda: whole_builds.workers(process))
            out, err = process.communicate(timeout=whole_builds.TIMEOUT)
            assert TRACEBACK not in err, err
            assert OWN_FAULT not in err, err
            assert process.returncode in (0, 3), out + err
            ground.ends[f"worker killed, exit {process.returncode}"] += 1
            return
        with suppress(ProcessLookupError):
            if victim == "all":
                whole_builds.end_all(process)
            else:
                process.kill()
        out, err = process.communicate(timeout=whole_builds.TIMEOUT)
        assert TRACEBACK not in err, err
        ground.ends["killed" if process.returncode == -signal.SIGKILL else "done before"] += 1


def kill_a_worker(found: Callable[[], list[int]]) -> None:
    """The first that appears from now on, if one does."""
    end = time.monotonic() + 1
    while time.monotonic() < end:
        for worker in found():
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
            return
        time.sleep(0.001)


def settled(ground: Ground) -> dict[str, bytes]:
    """What is in output/ after a kill. File by file, a reader could meet both generations: every
    file is whole, and the next build's first act makes it one or the other."""
    if ground.method == "exchange":
        return files_of(ground.output)
    recover(neighbours(ground.output))
    return files_of(ground.output)


def test_a_build_may_be_killed_at_any_moment(ground: Ground) -> None:
    chance = random.Random(SEED)
    began = time.monotonic()
    ground.renew()
    old = ground.complete()
    usual = (time.monotonic() - began) * 1.1
    for number in range(KILLS):
        ground.renew()
        killed(ground, chance.uniform(0.05, usual), chance.choice(["main", "all", "worker"]))
        now = settled(ground)
        if now != old:
            assert generation_of(now) == ground.generation, number
            ground.ends["live already"] += 1
        old = now
        if number % 3 == 0 or number % EVERY == 0 or number == KILLS - 1:
            old = ground.complete()
        if number % EVERY == 0:
            assert whole_builds.pages(old) == ground.from_nothing(), number
    measured("kill", method=ground.method, kills=KILLS, ends=dict(ground.ends))


# ------------------------------------------------------------------------------ what is remembered


def spoilt(path: Path, chance: random.Random) -> None:
    """Cut off, or with another byte in it, or empty: what a power cut leaves."""
    content = bytearray(path.read_bytes())
    how = chance.choice(["cut", "byte", "empty", "noise"])
    if not content or how == "empty":
        content.clear()
    elif how == "cut":
        del content[chance.randrange(len(content)) :]
    elif how == "byte":
        for _ in range(50):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    else:
        content[:] = chance.randbytes(min(len(content), 4096))
    path.write_bytes(content)


def test_what_is_remembered_may_be_spoilt(tmp_path: Path) -> None:
    """.coldpress/ only saves time: whatever becomes of its files, a build ends as ever."""
    chance = random.Random(SEED)
    ground = Ground(whole_builds.site_of(tmp_path / "site", 8), "exchange")
    ground.complete()
    expected = ground.from_nothing()
    rounds = size("SPOILT", 4, 200)
    memory = ground.source / ".coldpress"
    for number in range(rounds):
        files = sorted(path for path in memory.rglob("*") if path.is_file())
        for path in chance.sample(files, chance.randrange(1, len(files) + 1)):
            spoilt(path, chance)
        assert whole_builds.pages(ground.complete()) == expected, number
    measured("spoilt memory", rounds=rounds)
