#!/usr/bin/env python3
"""The front door: python3 build.py [COMMAND]

Needs only Python 3.11 or newer. When the pinned libraries are not there it makes `.venv` beside
this file, installs them with their hashes checked, and goes on with them: in this very process
where it can, because another start of Python is a third of a build that finds nothing to do. When
they are there (any environment manager will do) it just runs. Standard library only, and no syntax
newer than 3.7, so that a Python that is too old can read this file and say so.
"""

from __future__ import annotations

import gc
import importlib.util
import os
import sys

# Every command starts here: nothing is imported but what is there anyway, and paths are words.
ROOT = os.path.dirname(os.path.realpath(__file__))
OLDEST = (3, 11)
WINDOWS = os.name == "nt"
LIBRARIES = {
    "requirements.txt": (
        "babel brotli bs4 fontTools jinja2 lightningcss livereload markdown markdownify msgspec nh3"
        " PIL resvg_py segno selectolax spellchecker watchfiles yaml"
    ),
    "requirements-test.txt": (
        "feedparser hypothesis lxml mypy pagefind playwright pytest pytest_cov rdflib ruff xdist"
    ),
}
OFFLINE = ("NewConnectionError", "timed out", "No matching distribution", "SSLError")


class SetUpError(Exception):
    """Set-up cannot go on. The text says why, and what to do."""


def main(arguments: list[str]) -> int:
    try:
        check_python()
        needed = list(LIBRARIES)[: 2 if "test" in arguments[:1] else 1]
        if missing(needed):
            folder = environment(needed)
            if not (enter(folder, needed) and not missing(needed)):
                return run_in(python_of(folder), arguments)
    except SetUpError as stopped:
        say(f"build.py: {stopped}")
        return 3
    except KeyboardInterrupt:
        say("\nbuild.py: stopped; run the same command to go on")
        return 3
    sys.path.insert(0, ROOT)
    # Only now can the package be imported: the lines above made sure that it can.
    from coldpress.cli import main as command_line

    code = command_line(arguments)
    gc.freeze()  # at its end Python looks through all that is still there, and nobody needs it
    return code


def check_python() -> None:
    if sys.version_info < OLDEST:
        raise SetUpError(
            f"this is Python {sys.version.split()[0]}, and Coldpress needs 3.11 or newer\n"
            "  get it from python.org or your system's packages, then run it by name:"
            " python3.11 build.py"
        )


def missing(needed: list[str]) -> bool:
    """Whether some library cannot be imported. Looks, does not import: a few milliseconds."""
    return any(importlib.util.find_spec(name) is None for name in libraries(needed))


def libraries(needed: list[str]) -> list[str]:
    return " ".join(LIBRARIES[name] for name in needed).split()


def enter(folder: str, needed: list[str]) -> bool:
    """Make the environment's libraries those of this process, and not the system's. False, with
    nothing done, where another Python made it, or where one of them is at work already."""
    if made_by(folder) != os.path.realpath(sys.executable):
        return False
    home = ("Lib",) if WINDOWS else ("lib", "python{}.{}".format(*sys.version_info))
    packages = os.path.join(folder, *home, "site-packages")
    if not os.path.isdir(packages) or not sys.modules.keys().isdisjoint(libraries(needed)):
        return False
    import site

    others = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    first = sys.path.index(others[0]) if others else len(sys.path)
    behind = [path for path in sys.path[first:] if path not in others]
    del sys.path[first:]
    site.addsitedir(packages)
    sys.path += behind
    sys.prefix = sys.exec_prefix = folder
    sys.executable = python_of(folder)  # for whoever starts a Python like this one
    return True


def made_by(folder: str) -> str:
    """The Python that an environment is of, as its own description says."""
    try:
        rows = read(os.path.join(folder, "pyvenv.cfg")).decode().splitlines()
    except (OSError, ValueError):
        return ""
    return dict(row.partition(" = ")[::2] for row in rows).get("executable", "")


def python_of(folder: str) -> str:
    return os.path.join(folder, *(("Scripts", "python.exe") if WINDOWS else ("bin", "python")))


def environment(needed: list[str]) -> str:
    """The folder of `.venv`, made or brought up to date when it must be."""
    folder = os.environ.get("COLDPRESS_VENV") or os.path.join(ROOT, ".venv")
    python = python_of(folder)
    if os.path.realpath(sys.prefix) == os.path.realpath(folder):
        for name in needed:  # we run in it already, and something is gone from it
            unstamp(folder, name)
    if not all(stamped(folder, name) for name in needed):
        say(f"Setting up Coldpress in {os.path.basename(folder)} (once, about a minute)")
        if not os.path.exists(python) or call(python, "-m", "pip", "--version") != 0:
            make(folder)
    for name in needed:
        if not stamped(folder, name):
            install(python, name)
            stamp(folder, name)
    return folder


def make(folder: str) -> None:
    """A new environment, or pip put into one that is there: nothing in it is thrown away."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise no_venv()
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as refused:
        raise SetUpError(
            f"cannot write {folder} ({refused.strerror})\n"
            "  copy the project to a folder you own, or name another place:"
            " COLDPRESS_VENV=/path/you/own python3 build.py"
        ) from None
    if call(sys.executable, "-m", "venv", folder) != 0:
        raise no_venv()


def no_venv() -> SetUpError:
    return SetUpError(
        "this Python cannot make a virtual environment (its venv module is missing or broken)\n"
        "  on Debian or Ubuntu: sudo apt install python3-venv; then run the same command again"
    )


def call(*command: str) -> int:
    import subprocess

    return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def install(python: str, name: str) -> None:
    """pip, with hashes required; one line a library, so that nobody wonders whether it hangs."""
    import subprocess

    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--requirement", os.path.join(ROOT, name)]
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line.rstrip())
            if line.startswith("Collecting "):
                say("  " + line.split()[1].split("=")[0])
    if pip.returncode != 0:
        raise SetUpError(why("\n".join(lines), name))
    say("  ready")


def why(output: str, name: str) -> str:
    """What pip said -> what happened and what to do."""
    end = "\n  ".join(output.splitlines()[-6:])
    if "No space left" in output:
        return f"the disk is full, so the libraries in {name} were not installed"
    if "Permission denied" in output:
        return f"the environment's folder cannot be written\n  {end}"
    if any(word in output for word in OFFLINE):
        return (
            f"the libraries in {name} could not be fetched: is this machine online?\n"
            "  run the same command again when it is; behind a proxy, set HTTPS_PROXY first"
        )
    return f"pip could not install {name}\n  {end}"


def stamp(folder: str, name: str) -> None:
    """The list that was installed, word by word, is put down beside what it installed."""
    with open(stamp_of(folder, name), "wb") as file:
        file.write(read(os.path.join(ROOT, name)))


def unstamp(folder: str, name: str) -> None:
    if os.path.exists(stamp_of(folder, name)):
        os.remove(stamp_of(folder, name))


def stamped(folder: str, name: str) -> bool:
    try:
        return read(stamp_of(folder, name)) == read(os.path.join(ROOT, name))
    except OSError:
        return False


def stamp_of(folder: str, name: str) -> str:
    return os.path.join(folder, f".installed-{name}")


def read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def run_in(python: str, arguments: list[str]) -> int:
    """The same command in another Python, which takes the place of this one where it can."""
    if os.environ.get("COLDPRESS_SET_UP") == "done":
        raise SetUpError(
            f"the environment of {python} is set up, yet libraries are missing from it\n"
            "  delete its folder and run the same command again"
        )
    command = [python, os.path.join(ROOT, "build.py"), *arguments]
    environ = dict(os.environ, COLDPRESS_SET_UP="done")
    if not WINDOWS:
        os.execve(python, command, environ)
    import subprocess

    try:
        return subprocess.call(command, env=environ)
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
