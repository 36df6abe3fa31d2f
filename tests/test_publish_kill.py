"""Publishing cut off or starved at any point: the old site, the new one, never a mixture.

COLDPRESS_KILLS sets how many random kills there are; the full size is 1000.
"""

from __future__ import annotations

import contextlib
import errno
import io
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from coldpress.problems import OperationError
from coldpress.publish import publish, published_files, rollback
from coldpress.publish.manifest import compose, digests_of
from coldpress.publish.paths import MANIFEST, neighbours
from coldpress.publish.swap import recover
from tests.publishing import Tree, add_foreign, generation, site_tree, snapshot
from tests.sizes import size

pytestmark = pytest.mark.kill

KILLS = size("KILLS", 20, 1000)
ROOT = Path(__file__).parent.parent

OLD = {  # a page's words are the files it needs
    "index.html": b"a.0123abcd.css gone/index.html same/index.html",
    "same/index.html": b"",
    "gone/index.html": b"a.0123abcd.css",
    "turns": b"file",
    "a.0123abcd.css": b"old",
    "Case.txt": b"case",
}
NEW = {
    "index.html": b"b.89abcdef.css came/in/index.html same/index.html turns/index.html",
    "same/index.html": b"",
    "came/in/index.html": b"b.89abcdef.css same/index.html",
    "turns/index.html": b"b.89abcdef.css",
    "b.89abcdef.css": b"new",
    "case.txt": b"case",
}
OLDER = {**OLD, "same/index.html": b"index.html"}


@pytest.fixture(params=["exchange", "file by file"])
def method(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Ground:
    """A folder with sources, an output with the old site and somebody else's files."""

    def __init__(self, folder: Path, old: dict[str, bytes], method: str) -> None:
        self.output, self.sources = folder / "output", folder / "sources"
        self.exchange = method == "exchange"
        self.sources.mkdir(parents=True)
        self.publish(old)
        bare = snapshot(self.output)
        add_foreign(self.output)
        self.foreign = {k: row for k, row in snapshot(self.output).items() if k not in bare}
        if old is OLD:  # so that there is an earlier generation as well
            self.publish(OLDER)
            self.publish(old)

    def publish(self, files: dict[str, bytes]) -> None:
        publish(files, self.output, sources=self.sources, exchange=self.exchange)

    def tree(self, files: dict[str, bytes]) -> Tree:
        return {**self.foreign, **site_tree(files)}

    def litter(self) -> set[str]:
        known = {"output", "sources", ".output.previous", ".output.spare"}
        return {path.name for path in self.output.parent.iterdir()} - known


# ------------------------------------------------------------------------------ random kills


def killed_at_random(ground: Ground, method: str, chance: random.Random) -> None:
    """Start a process that publishes A and B in turn, and kill it in the middle of that."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publishing", ground.output, ground.sources, method],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)  # one is published: it is at work on the next
        time.sleep(chance.uniform(0, 0.2))
        process.kill()
        assert process.stderr.read() == b""
    assert process.returncode == -signal.SIGKILL


def test_random_kills(tmp_path: Path, method: str) -> None:
    letters = {letter: generation(letter) for letter in "AB"}
    ground = Ground(tmp_path, letters["A"], method)
    trees = {letter: ground.tree(files) for letter, files in letters.items()}
    pieces = {
        letter: {**files, MANIFEST: compose(digests_of(files), {})}
        for letter, files in letters.items()
    }
    chance = random.Random(2026)
    for number in range(KILLS):
        killed_at_random(ground, method, chance)
        if not ground.exchange:
            assert_no_file_is_torn(ground.output, pieces, ground.foreign)
            recover(neighbours(ground.output))
        assert snapshot(ground.output) in trees.values(), f"kill {number}"
        if number % 5 == 0:  # otherwise the next process recovers
            letter = chance.choice("AB")
            ground.publish(letters[letter])
            assert snapshot(ground.output) == trees[letter]
            assert ground.litter() == set()


def assert_no_file_is_torn(
    output: Path, generations: dict[str, dict[str, bytes]], foreign: Tree
) -> None:
    found = snapshot(output)
    assert {path: found.get(path) for path in foreign} == foreign
    for path, (sort, row) in found.items():
        if sort == "file" and path not in foreign and not path.startswith(".coldpress.tmp/"):
            assert row in [(files.get(path), 0o644) for files in generations.values()], path


# ------------------------------------------------------------------------------ every n-th call

WATCHED = (
    *("chmod", "fsync", "link", "listdir", "lstat", "mkdir", "open", "readlink", "remove"),
    *("rename", "replace", "rmdir", "scandir", "stat", "symlink", "unlink", "utime"),
)

Event = Callable[[int], None]


@contextmanager
def before_calls(event: Event) -> Iterator[list[str]]:
    """Do `event(n)` before the n-th call of the operating system, from 1. Yields their names. What
    an event itself calls is not counted."""
    calls: list[str] = []
    busy = threading.Lock()
    real = {(os, name): getattr(os, name) for name in WATCHED}
    real[io, "open"] = io.open

    def watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **options: Any) -> Any:
            if busy.acquire(blocking=False):
                with contextlib.ExitStack() as after:
                    after.callback(busy.release)
                    calls.append(name)
                    event(len(calls))
            return call(*arguments, **options)

        return made

    for (module, name), call in real.items():
        setattr(module, name, watched(name, call))
    try:
        yield calls
    finally:
        for (module, name), call in real.items():
            setattr(module, name, call)


def failing(code: int, first: int, last: int | None = None) -> Event:
    """From the `first` call to the `last`, or for good."""

    def event(number: int) -> None:
        if first <= number and (last is None or number <= last):
            raise OSError(code, os.strerror(code))

    return event


def only_at(call: int, work: Callable[[], object]) -> Event:
    def event(number: int) -> None:
        if number == call:
            work()

    return event


def calls_of(work: Callable[[], object]) -> int:
    with before_calls(lambda _number: None) as calls:
        work()
    return len(calls)


def killed_at(call: int, work: Callable[[], object]) -> bool:
    """Do `work` in a child that ends before that call; False when there are not so many."""
    child = os.fork()
    if child == 0:
        ended = 0
        try:
            with before_calls(lambda number: os._exit(9) if number == call else None):
                work()
        except BaseException:  # or a second run of the tests would go on from here
            traceback.print_exc()
            ended = 1
        finally:
            os._exit(ended)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 9), f"the child ended with {code}"
    return code == 9


def settle(ground: Ground, files: dict[str, bytes], earlier: dict[str, bytes] = OLDER) -> None:
    """`files` in place as if nothing had happened, with an earlier generation and a spare."""
    ground.publish(files)
    assert snapshot(ground.output) == ground.tree(files)
    assert ground.litter() == set()
    while not neighbours(ground.output).spare.is_dir():  # a killed build may have used it up
        ground.publish(earlier)
        ground.publish(files)


class Calls:
    """The old site in place, and how many calls it takes to publish the new one."""

    def __init__(self, folder: Path, method: str) -> None:
        self.ground = Ground(folder, OLD, method)
        self.old, self.new = self.ground.tree(OLD), self.ground.tree(NEW)
        settle(self.ground, OLD)
        self.total = calls_of(self.publish)
        settle(self.ground, OLD)

    def publish(self) -> None:
        self.ground.publish(NEW)

    def earlier(self) -> dict[str, bytes]:
        """What a rollback would bring."""
        folder = neighbours(self.ground.output).previous
        return {path: (folder / path).read_bytes() for path in published_files(folder)}

    def now(self) -> Tree:
        return snapshot(self.ground.output)

    def recover(self) -> None:
        recover(neighbours(self.ground.output))


@pytest.fixture
def calls(tmp_path: Path, method: str) -> Calls:
    return Calls(tmp_path, method)


CODES = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EMFILE)


def test_any_call_may_fail(calls: Calls) -> None:
    refused = 0
    for number in range(1, calls.total + 1):
        said, made = told(calls.publish, failing(CODES[number % 4], number, number))
        assert not said or said.endswith("your live site was not changed"), (said, made)
        assert calls.now() == (calls.old if said else calls.new), (number, made)
        refused += bool(said)
        settle(calls.ground, OLD)
    assert refused > calls.total // 2


def told(work: Callable[[], object], event: Event) -> tuple[str, list[str]]:
    """What is said when it is refused, and the calls that were made."""
    with before_calls(event) as made:
        try:
            work()
        except OperationError as fault:
            return fault.message, made
    return "", made


def test_all_calls_may_fail_from_any_on(calls: Calls) -> None:
    for number in range(1, calls.total + 1):
        said, made = told(calls.publish, failing(errno.EROFS, number))
        if "neither be published nor put back" in said:
            assert not calls.ground.exchange
            calls.recover()
            assert calls.now() == calls.old, (number, made)
        else:
            assert calls.now() == (calls.old if said else calls.new), (number, said, made)
        settle(calls.ground, OLD)


def test_any_call_may_be_the_last(calls: Calls) -> None:
    found = set()
    for number in range(1, calls.total + 1):
        calls.ground.publish(OLDER)
        calls.ground.publish(OLD)
        assert killed_at(number, calls.publish)
        if calls.ground.exchange:
            assert calls.now() in (calls.old, calls.new), number
        calls.recover()
        now = calls.now()
        assert now in (calls.old, calls.new), number
        assert calls.earlier() == (OLDER if now == calls.old else OLD), number
        found.add(now == calls.new)
        settle(calls.ground, OLD)
    assert found == {True, False}


def test_a_recovery_may_be_cut_off_as_well(calls: Calls) -> None:
    for first in range(1, calls.total + 1, 4):
        killed_at(first, calls.publish)
        second = 1
        while killed_at(second, calls.recover):
            second += 3
        assert calls.now() in (calls.old, calls.new), (first, second)
        settle(calls.ground, OLD)


def test_a_rollback_may_be_cut_off(tmp_path: Path) -> None:
    calls = Calls(tmp_path, "exchange")
    settle(calls.ground, NEW, earlier=OLD)
    number = 1
    while killed_at(number, lambda: rollback(calls.ground.output)):
        assert calls.now() in (calls.old, calls.new), number
        settle(calls.ground, NEW, earlier=OLD)
        number += 1
    assert calls.now() == calls.old


def test_files_of_others_that_come_and_go_meanwhile(calls: Calls) -> None:
    """The proof for a certificate must not get lost because a build is at work."""
    proofs = calls.ground.output / ".well-known" / "acme"
    late, token = proofs / "late", proofs / "token"

    def come_and_go() -> None:
        late.touch()
        token.unlink()

    for number in itertools.count(1):
        with before_calls(only_at(number, come_and_go)) as made:
            calls.publish()
        if len(made) < number:  # a file that is written anew takes other calls than one that stood
            break
        assert late.exists(), number
        late.unlink()
        token.write_text("proof")
        settle(calls.ground, OLD)
    assert number > 100


def test_a_reader_never_meets_a_page_that_lacks_something(calls: Calls) -> None:
    output = calls.ground.output
    faults: list[tuple[int, str]] = []

    def look(number: int) -> None:
        pages = {path: path.read_bytes().decode() for path in output.rglob("*.html")}
        needed = {word for words in pages.values() for word in words.split()}
        faults.extend((number, word) for word in needed if not (output / word).exists())
        if (output / "Case.txt").exists() and (output / "case.txt").exists():
            faults.append((number, "one file on some systems"))
        if published_files(output).keys() == NEW.keys():
            faults.extend((number, name) for name in NEW if not (output / name).exists())

    with before_calls(look) as made:
        calls.publish()
    assert faults == []
    assert len(made) > 100


def test_a_disk_that_gives_back_other_bytes_is_found_out(calls: Calls) -> None:
    staged = neighbours(calls.ground.output).stage / "index.html"

    def spoil(_number: int) -> None:
        if staged.is_file() and staged.read_bytes() == NEW["index.html"]:
            staged.write_bytes(NEW["index.html"].upper())

    said, _ = told(calls.publish, spoil)
    assert said.startswith("the disk gave back other bytes than were written: index.html; ")
    assert calls.now() == calls.old
    settle(calls.ground, NEW)
