"""the form editor Decap, as its authors publish it -> a folder of its files, fetched once and only
when somebody asks for it. No script of it is run when
it is fetched, and its digest is pinned here."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path, PurePosixPath

from coldpress.problems import OperationError

NAME, VERSION = "decap-cms", "3.16.3"
ARCHIVE = f"{NAME}-{VERSION}.tgz"
SHA512 = (
    "85ff9d3e50a1ed32665a5f3ee954731d839686b8b9c605249eb65b0dec1a59ee"
    "2cf41ef127c3d0ba0a7640779295d3142b36afebecf4a08a7051885424362d63"
)
MAIN = "decap-cms.js"
WANTED = (".decap-cms.js", ".wasm")
"""Endings of what it loads later on."""
LICENCE = ("decap-cms.js.LICENSE.txt", "package.json", "README.md")
SECONDS = 300


def folder_of(cache: Path) -> Path:
    return cache / "decap" / VERSION


def is_there(cache: Path) -> bool:
    """Unpacked, or waiting for it: nothing needs to be fetched."""
    return (folder_of(cache) / MAIN).is_file() or (cache / "decap" / ARCHIVE).is_file()


def fetch(cache: Path) -> Path:
    """The folder with its files. An archive that somebody put into .coldpress/decap/ is taken
    instead of fetching one. Raises OperationError."""
    folder = folder_of(cache)
    if not (folder / MAIN).is_file():
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder.parent) as spare:
                kept = folder.parent / ARCHIVE
                archive = kept if kept.is_file() else packed(Path(spare))
                unpack(archive, Path(spare) / "files")
                shutil.rmtree(folder, ignore_errors=True)
                (Path(spare) / "files").replace(folder)
        except OSError as failure:
            why = (failure.strerror or "unknown reason").lower()
            raise OperationError(f"{folder} cannot be written: {why}", "check the folder") from None
    return folder


def packed(spare: Path) -> Path:
    """npm's own client fetches the archive; no script of the package is run."""
    npm = shutil.which("npm")
    if npm is None:
        raise OperationError(
            "npm is not installed, so the form editor cannot be fetched",
            f"install Node.js (npm comes with it), or put {ARCHIVE} into .coldpress/decap/",
        )
    command = [npm, "pack", f"{NAME}@{VERSION}", "--ignore-scripts", "--silent"]
    hint = f"is this machine online? Else put {ARCHIVE} into .coldpress/decap/"
    try:
        done = subprocess.run(command, cwd=spare, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise OperationError(f"npm took more than {SECONDS} seconds", hint) from None
    if done.returncode != 0 or not (spare / ARCHIVE).is_file():
        raise OperationError("npm could not fetch the form editor", hint)
    return spare / ARCHIVE


def unpack(archive: Path, folder: Path) -> None:
    """What the page needs, flat. Raises OperationError for another archive than the pinned one."""
    if hashlib.sha512(archive.read_bytes()).hexdigest() != SHA512:
        hint = "delete it and fetch it again; if that does not help, do not use it"
        raise OperationError(f"{ARCHIVE} is not the one this version was tested with", hint)
    folder.mkdir()
    with tarfile.open(archive) as files:
        for member in files:
            name = PurePosixPath(member.name).name
            opened = files.extractfile(member) if member.isfile() and wanted(name) else None
            if opened is not None:
                (folder / name).write_bytes(opened.read())


def wanted(name: str) -> bool:
    return name == MAIN or name in LICENCE or name.endswith(WANTED)
