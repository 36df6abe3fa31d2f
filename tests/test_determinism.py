"""Same input, same bytes: other folder, time zone, locale, hash seed, number of workers."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VARIATIONS: dict[str, dict[str, str]] = {
    "plain": {},
    "far east, Turkish, seed 1": {
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "1",
    },
    "day line, no home, two workers": {"TZ": "Pacific/Kiritimati", "HOME": "", "JOBS": "2"},
}


def tree_digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def build(folder: Path, variation: dict[str, str]) -> dict[str, str]:
    """The real site, copied, built by a process of its own. The moment is an input."""
    source = folder / "site"
    source.mkdir(parents=True)
    shutil.copy(ROOT / "site.yaml", source)
    shutil.copytree(ROOT / "content", source / "content")
    jobs = variation.get("JOBS", "1")
    command = [sys.executable, str(ROOT / "build.py"), "build", "--source", str(source)]
    command += ["--now", "2026-11-23T12:00Z", "--jobs", jobs, "--quiet"]
    environment = {**os.environ, "PYTHONHASHSEED": "0", **variation}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    return tree_digest(source / "output")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("plain"), {})


@pytest.mark.parametrize("name", [name for name in VARIATIONS if name != "plain"])
def test_the_surroundings_do_not_reach_the_bytes(
    name: str, plain: dict[str, str], tmp_path: Path
) -> None:
    assert build(tmp_path / "another" / "place", VARIATIONS[name]) == plain


def test_nothing_of_this_machine_is_in_the_site(plain: dict[str, str], tmp_path: Path) -> None:
    build(tmp_path, {})
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
