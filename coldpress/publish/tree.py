"""Files and folders: write, keep, carry over, remove. Never through a link."""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from operator import itemgetter
from pathlib import Path

from coldpress.publish.paths import MANIFEST, folders_of, parents

FILE_MODE = 0o644
FOLDER_MODE = 0o755

Sign = tuple[int, int, int, int]
"""Size, time of the last change of the bytes (ns), inode, mode. Not the time of the last change of
the entry: a second name for the same file changes that."""

_PAUSES = (0.05, 0.15, 0.3, 0.5) if os.name == "nt" else ()


def _mode(path: Path) -> int:
    """0 when nothing is there. pathlib's own questions follow links and, from Python 3.13 on, take
    a fault of the disk for a no: that would have us delete what we are to keep."""
    try:
        return path.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def exists(path: Path) -> bool:
    return _mode(path) != 0


def is_file(path: Path) -> bool:
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    return stat.S_ISDIR(_mode(path))


def is_link(path: Path) -> bool:
    return stat.S_ISLNK(_mode(path))


def standing(root: Path, paths: Collection[str]) -> list[str]:
    """Those that are regular files under `root`, reached through real folders only."""
    folders = folders_of(paths)
    linked = {folder for folder in folders if is_link(root / folder)}
    return [path for path in paths if linked.isdisjoint(parents(path)) and is_file(root / path)]


def make_folder(folder: Path) -> None:
    """With its parents, readable by a web server whatever the umask."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir()
        folder.chmod(FOLDER_MODE)


def write(path: Path, content: bytes) -> None:
    make_folder(path.parent)
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as fault:
        fault.filename = fault.filename or str(path)  # a full disk does not say which file
        raise
    path.chmod(FILE_MODE)


def has_file_mode(path: Path | str) -> bool:
    return os.name == "nt" or stat.S_IMODE(os.lstat(path).st_mode) == FILE_MODE


def keep(source: Path, target: Path) -> None:
    """The same file under a second name: one of ours, with its modification time."""
    make_folder(target.parent)
    if has_file_mode(source):
        link(source, target)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
        target.chmod(FILE_MODE)


def signs_of(root: Path, paths: Iterable[str]) -> dict[str, Sign]:
    """Of those that are regular files."""
    top = os.fspath(root)
    found: dict[str, Sign] = {}
    for path in paths:
        try:
            state = os.lstat(f"{top}/{path}")
        except OSError:
            continue
        if stat.S_ISREG(state.st_mode):
            found[path] = state.st_size, state.st_mtime_ns, state.st_ino, state.st_mode
    return found


def renewed(spare: Path, stage: Path, live: Mapping[str, Sign]) -> frozenset[str]:
    """An old tree under a new name, less everything that is not one and the same file as in
    the output: what is left need not be linked again. Of 10,000 files a hundred are then touched.
    `live`: signs of what stays, as it stands in the output."""
    if not is_folder(spare) or os.name == "nt":
        return frozenset()
    spare.rename(stage)
    here = signs_of(stage, live)
    standing = frozenset(path for path, sign in here.items() if sign == live.get(path))
    try:
        for path, entry in reversed(list(foreign(stage, standing))):
            if entry.is_dir(follow_symlinks=False):
                (stage / path).rmdir()
            else:
                (stage / path).unlink()
    except PermissionError:  # a folder carried over is read-only: begin with nothing
        remove(stage)
        return frozenset()
    return standing


def keep_all(source: Path, target: Path, paths: Collection[str]) -> None:
    """`keep` for many, in a third of the time: names are words, and each folder is made once."""
    old, new = os.fspath(source), os.fspath(target)
    for folder in sorted(folders_of(paths)):  # outer ones first
        with suppress(FileExistsError):
            os.mkdir(f"{new}/{folder}")  # noqa: PTH102
            os.chmod(f"{new}/{folder}", FOLDER_MODE)  # noqa: PTH101
    for path in paths:
        try:
            if has_file_mode(f"{old}/{path}"):
                os.link(f"{old}/{path}", f"{new}/{path}")
                continue
        except OSError:
            pass
        keep(source / path, target / path)


def replace(source: Path, target: Path) -> None:
    """Give `source` the name of `target`. On Windows a scanner or an editor may hold the file for
    a moment: try for a second."""
    for pause in _PAUSES:
        try:
            source.replace(target)
            return
        except PermissionError:
            time.sleep(pause)
    source.replace(target)


def link(source: Path, target: Path) -> None:
    """A hard link, or a copy where the file system or the owner's rights allow none. Symbolic
    links are made anew, so that a relative one still says the same."""
    if is_link(source):
        target.symlink_to(source.readlink())
        return
    try:
        target.hardlink_to(source)
    except FileExistsError:
        raise
    except OSError:
        if not is_file(source):  # a pipe: to open one is to wait for ever
            raise
        shutil.copy2(source, target, follow_symlinks=False)


def foreign(root: Path, ours: Collection[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """What stands under `root` and is not ours: files, links, and folders that hold nothing of
    ours (a folder comes before what is in it). A file of ours that somebody turned into
    something else is no longer ours."""
    our_folders = folders_of(ours)
    top = os.fspath(root)
    pending = [""]
    while pending:
        prefix = pending.pop()
        folders: list[str] = []
        found: list[tuple[str, os.DirEntry[str]]] = []
        with os.scandir(f"{top}/{prefix}") as listing:
            for entry in listing:
                path = prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                    if path in our_folders:
                        continue
                elif path in ours and entry.is_file(follow_symlinks=False):
                    continue
                found.append((path, entry))
        if folders:  # most folders hold one file of ours
            pending += sorted(folders)
        if found:
            yield from sorted(found, key=itemgetter(0))


def carry(source: Path, target: Path, ours: Collection[str]) -> None:
    """Give everything foreign under `source` a second name under `target`, where it is missing."""
    folders = []
    for path, entry in foreign(source, {*ours, MANIFEST}):
        there = target / path
        if exists(there):
            continue
        make_folder(there.parent)
        if entry.is_dir(follow_symlinks=False):
            there.mkdir()
            folders.append(path)
        else:
            _carry_file(source / path, there)
    for folder in reversed(folders):  # last, because a folder may be read-only
        shutil.copystat(source / folder, target / folder)


def _carry_file(source: Path, target: Path) -> None:
    try:
        link(source, target)
    except FileNotFoundError:
        if exists(source):  # else its owner removed it a moment ago
            raise


def remove(path: Path) -> None:
    """Whatever it is, if it is there."""
    if not is_folder(path):
        path.unlink(missing_ok=True)
        return
    try:
        shutil.rmtree(path)
    except PermissionError:  # a folder carried over may be read-only
        for folder, _, _ in os.walk(path):
            Path(folder).chmod(0o700)
        shutil.rmtree(path)


def remove_empty(folder: Path) -> bool:
    """A folder, if it is there and empty; True when it is gone."""
    if not is_folder(folder):
        return not exists(folder)
    if any(folder.iterdir()):
        return False
    folder.rmdir()
    return True
