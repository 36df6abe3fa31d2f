"""Same input, same bytes and modes: other folder, time zone, locale, hash seed, order of files,
times of files, umask, home, number of workers, and Python.

COLDPRESS_FULL=1: eight surroundings instead of two. COLDPRESS_PYTHONS: paths of more Pythons, with
the libraries (COLDPRESS_VENV=/some/where python3.13 build.py makes an environment with them).
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests import sites
from tests.sizes import FULL, SEED, measured

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parent.parent
ASKED = os.environ.get("COLDPRESS_PYTHONS", sys.executable)
PYTHONS = [path for path in ASKED.split(os.pathsep) if path]
"""Without more of them, the one that runs this: in a process of its own, with two workers."""
BACKWARDS = """\
import os
listed, scanned = os.listdir, os.scandir
class Scanned:
    def __init__(self, where):
        with scanned(where) as found:
            self.found = iter(sorted(found, key=lambda one: one.name, reverse=True))
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *why):
        pass
    def close(self):
        pass
os.listdir = lambda *where: sorted(listed(*where), reverse=True)
os.scandir = lambda where=".": Scanned(where)
"""
"""A disk that lists files in another order: the start of every Python process."""


@dataclass(frozen=True)
class Surroundings:
    environment: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    jobs: int = 1
    umask: int = 0o022
    backwards: bool = False
    shuffled: bool = False
    """The times of the files."""


VARIATIONS = {
    "plain": Surroundings(),
    "Kathmandu, Turkish, seed 1, backwards, 077": Surroundings(
        {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
        backwards=True,
        umask=0o077,
    ),
    "day line, no home, two workers, times shuffled": Surroundings(
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "random"}, ("HOME", "USER"), 2, shuffled=True
    ),
    "no locale": Surroundings({"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"}),
    "German, four workers": Surroundings({"LC_ALL": "de_DE.UTF-8", "COLUMNS": "20"}, (), 4),
    "anybody may write": Surroundings({"PYTHONHASHSEED": "4294967295"}, umask=0),
    "no asserts, no bytecode": Surroundings(
        {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1"}
    ),
    "far away, backwards, two workers": Surroundings(
        {"TZ": "America/Los_Angeles", "SOURCE_DATE_EPOCH": "1", "TERM": "dumb", "NO_COLOR": "1"},
        jobs=2,
        backwards=True,
        shuffled=True,
    ),
}
SMALL = tuple(VARIATIONS)[1:3]
"""Those of every run hold nearly all of it."""


def tree_digest(folder: Path) -> dict[str, str]:
    """Path -> mode and digest."""
    return {
        path.relative_to(folder).as_posix(): f"{path.stat().st_mode & 0o777:o} "
        + (hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder")
        for path in sorted(folder.rglob("*"))
    }


def build(folder: Path, wanted: Surroundings, python: str = sys.executable) -> dict[str, str]:
    """The real site, copied, built by a process of its own. The moment is an input."""
    source = folder / "site"
    source.mkdir(parents=True)
    shutil.copy(ROOT / "site.yaml", source)
    shutil.copytree(ROOT / "content", source / "content")
    environment = {**os.environ, "PYTHONHASHSEED": "0", **wanted.environment}
    for name in wanted.without:
        environment.pop(name, None)
    if wanted.shuffled:
        shuffle_times(source)
    if wanted.backwards:
        (folder / "start").mkdir()
        (folder / "start/sitecustomize.py").write_text(BACKWARDS)
        environment["PYTHONPATH"] = str(folder / "start")
    command = [python, str(ROOT / "build.py"), "build", "--source", str(source)]
    command += ["--now", sites.TODAY_SAID, "--jobs", str(wanted.jobs), "--quiet"]
    run = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        umask=wanted.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return tree_digest(source / "output")


def shuffle_times(source: Path) -> None:
    chance = random.Random(SEED)
    for path in source.rglob("*"):
        moment = chance.randrange(1_000_000_000, 1_700_000_000)
        os.utime(path, (moment, moment))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("plain"), VARIATIONS["plain"])


@pytest.mark.parametrize("name", tuple(VARIATIONS)[1:] if FULL else SMALL)
def test_the_surroundings_do_not_reach_the_bytes(
    name: str, plain: dict[str, str], tmp_path: Path
) -> None:
    assert build(tmp_path / "another" / "place", VARIATIONS[name]) == plain
    measured("determinism", surroundings=name, files=len(plain), digest=digest_of(plain))


def test_the_files_listed_backwards_are_listed_backwards(tmp_path: Path) -> None:
    """The variation varies."""
    (tmp_path / "sitecustomize.py").write_text(BACKWARDS)
    (tmp_path / "z").touch()
    program = "import os; print([e.name for e in os.scandir('.')][0], os.listdir('.')[0])"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["z", "z"]


@pytest.mark.parametrize("python", PYTHONS)
def test_another_python_makes_the_same_bytes(
    python: str, plain: dict[str, str], tmp_path: Path
) -> None:
    asked = [python, "-c", "import platform; print(platform.python_version())"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    assert build(tmp_path, Surroundings(jobs=2), python) == plain
    measured("determinism", python=version, files=len(plain), digest=digest_of(plain))


def digest_of(tree: dict[str, str]) -> str:
    return hashlib.sha256(repr(sorted(tree.items())).encode()).hexdigest()


def test_nothing_of_this_machine_is_in_the_site(plain: dict[str, str], tmp_path: Path) -> None:
    build(tmp_path, VARIATIONS["plain"])
    canaries = [
        str(ROOT).encode(),
        str(tmp_path).encode(),
        b"livereload",
        b"localhost",
        b"127.0.0.1",
    ]
    for path in (tmp_path / "site" / "output").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not [word for word in canaries if word in content], path.name
