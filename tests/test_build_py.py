"""The front door: set-up on a machine that has nothing, and clear words when it cannot."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import build

ROOT = Path(__file__).resolve().parent.parent


def test_the_file_can_be_read_by_a_python_that_is_too_old() -> None:
    """3.7 syntax: compiled as such, so that the message about the version is reached."""
    source = (ROOT / "build.py").read_text()
    compile(source, "build.py", "exec", dont_inherit=True)

    ast.parse(source, feature_version=(3, 7))


def test_an_old_python_is_told_which_one_to_get(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "OLDEST", (99, 0))
    with pytest.raises(build.SetUpError, match=r"needs 3\.11 or newer"):
        build.check_python()


@pytest.mark.parametrize(
    ("output", "says"),
    [
        ("NewConnectionError('...')\nERROR: No matching distribution found", "is this machine on"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "could not install"),
        ("[Errno 13] Permission denied: '/x'", "cannot be written"),
    ],
)
def test_what_pip_said_becomes_what_to_do(output: str, says: str) -> None:
    assert says in build.why(output, "requirements.txt")


def test_without_libraries_and_without_a_way_to_write_it_says_so(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    environment = {**os.environ, "COLDPRESS_VENV": str(blocked / "venv")}
    bare = [sys.executable, "-S", "-I", str(ROOT / "build.py")]
    run = subprocess.run(bare, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 3
    assert "cannot write" in run.stderr
    assert "COLDPRESS_VENV" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(os.name == "nt", reason="the environment's Python is a program there")
def test_the_environments_python_gets_the_same_words_and_its_answer_counts(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text('#!/bin/sh\necho "$COLDPRESS_SET_UP: $*"\nexit 7\n')
    python.chmod(0o755)
    build.stamp(str(tmp_path), "requirements.txt")
    bare = [sys.executable, "-S", "-I", str(ROOT / "build.py"), "serve", "--port", "8001"]
    environment = {**os.environ, "COLDPRESS_VENV": str(tmp_path), "COLDPRESS_SET_UP": ""}
    run = subprocess.run(bare, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 7
    assert run.stdout == f"done: {ROOT / 'build.py'} serve --port 8001\n"


def own_environment(folder: Path, made_by: str) -> Path:
    """One whose Python only says that it was started, and whose libraries are those of this one."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho started\n")
    python.chmod(0o755)
    packages = folder / "lib" / "python{}.{}".format(*sys.version_info) / "site-packages"
    packages.mkdir(parents=True)
    (packages / "libraries.pth").write_text("\n".join(path for path in sys.path if path) + "\n")
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nexecutable = {made_by}\n")
    build.stamp(str(folder), "requirements.txt")
    return folder


def answer_in(environment: Path) -> str:
    """What a Python without libraries says to --help when that environment is there."""
    bare = [sys.executable, "-S", "-I", str(ROOT / "build.py"), "--help"]
    environ = {**os.environ, "COLDPRESS_VENV": str(environment), "COLDPRESS_SET_UP": ""}
    return subprocess.run(bare, env=environ, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(os.name == "nt", reason="the environment's Python is a program there")
def test_what_this_python_made_is_entered_and_no_other_is_started(tmp_path: Path) -> None:
    own = own_environment(tmp_path / "own", os.path.realpath(sys.executable))
    assert answer_in(own).startswith("usage: python3 build.py")
    other = own_environment(tmp_path / "other", "/opt/python3.99/bin/python3.99")
    assert answer_in(other) == "started\n"
    (own / "pyvenv.cfg").unlink()
    assert answer_in(own) == "started\n"


@pytest.mark.skipif(os.name == "nt", reason="the environment's Python is a program there")
def test_libraries_of_the_environment_take_the_place_of_the_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in the environment's own Python: a library of the system is not even found."""
    own = own_environment(tmp_path, os.path.realpath(sys.executable))
    packages = next(own.glob("lib/python*/site-packages"))
    (packages / "libraries.pth").unlink()
    for name in ("prefix", "exec_prefix", "executable"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    system = "/usr/lib/python3/dist-packages"
    monkeypatch.setattr(sys, "path", ["/here", "/lib", system, "/a/site-packages", "/by-a.pth"])
    monkeypatch.setattr(build, "LIBRARIES", {"requirements.txt": "not_imported_yet"})
    assert build.enter(str(own), ["requirements.txt"])
    assert sys.path == ["/here", "/lib", str(packages), "/by-a.pth"]
    assert (sys.prefix, sys.executable) == (str(own), str(own / "bin/python"))


def test_a_library_at_work_already_is_not_exchanged(tmp_path: Path) -> None:
    own = own_environment(tmp_path, os.path.realpath(sys.executable))
    before = list(sys.path)
    assert not build.enter(str(own), ["requirements.txt"])  # this suite has imported some
    assert sys.path == before


def test_what_was_installed_by_another_list_is_installed_anew(tmp_path: Path) -> None:
    assert not build.stamped(str(tmp_path), "requirements.txt")
    build.stamp(str(tmp_path), "requirements.txt")
    assert build.stamped(str(tmp_path), "requirements.txt")
    (tmp_path / ".installed-requirements.txt").write_text("another list")
    assert not build.stamped(str(tmp_path), "requirements.txt")


def test_pinned_files_have_hashes_and_name_no_host() -> None:
    files = sorted(ROOT.glob("requirements*.txt"))
    assert {file.name for file in files} >= build.LIBRARIES.keys()
    for file in files:
        text = file.read_text()
        assert "://" not in text
        pins = [line for line in text.splitlines() if "==" in line]
        assert pins
        assert all(line.rstrip().endswith("\\") for line in pins), "a pin without hashes"
