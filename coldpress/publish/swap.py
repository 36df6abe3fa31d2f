"""A verified stage beside output/ -> output/ is the new site, or still the old one.

Where the system can, two folders change places in one step. Elsewhere, and where output/ is a mount
point, file by file: what pages need first, the pages after, deletions last; so that a reader in
the middle of it never meets a page whose picture is not there yet or no longer there.
"""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Collection
from pathlib import Path

from coldpress.problems import OperationError
from coldpress.publish import journal, system, tree
from coldpress.publish.journal import Journal
from coldpress.publish.manifest import has_manifest, published_files
from coldpress.publish.paths import MANIFEST, SCRATCH, Neighbours, folded, folders_of, parents
from coldpress.publish.stage import Change

_FINGERPRINTED = re.compile(r"[.-][0-9a-f]{8,}\.[^./]+$")
_LISTINGS = re.compile(r"(?:^index\.html|\.xml|\.atom|\.rss)$")


def can_exchange(places: Neighbours) -> bool:
    """Whether it is worth trying; the file system has the last word."""
    return (
        sys.platform in ("linux", "darwin")
        and tree.is_folder(places.output)
        and places.output.stat().st_dev == places.output.parent.stat().st_dev
    )


def swap(places: Neighbours, change: Change, old: Collection[str], *, whole: bool) -> None:
    """An exception means: output/ is as it was (or, where even that failed, says so)."""
    if not tree.exists(places.output):
        places.stage.rename(places.output)
        with contextlib.suppress(OSError):  # it is live already
            journal.force(places)
    elif not (whole and _exchange(places, old)):
        _replace(places, change, old)


def recover(places: Neighbours) -> None:
    """Finish or undo what a killed build left, and remove its leftovers."""
    found = journal.recorded(places)
    if found is not None:
        if found.step == "replace":
            _undo(places, found)
        elif found.step == "keep":
            _finish(places)
        elif _inode(places.output) == found.inode:
            _finish_exchange(places, published_files(places.stage))
    journal.clear(places)  # before the trees: without it they are mere leftovers
    tree.remove(places.stage)
    tree.remove(places.undo)
    tree.remove(places.output / SCRATCH)


# ------------------------------------------------------------------------------ in one step


def _exchange(places: Neighbours, old: Collection[str]) -> bool:
    journal.record(places, Journal("exchange", inode=_inode(places.stage)))
    journal.force(places)
    try:
        system.exchange(places.stage, places.output)
    except OSError as fault:
        journal.clear(places)
        if fault.errno in system.CANNOT_EXCHANGE:
            return False
        raise
    with _live():
        journal.force(places)
        _finish_exchange(places, old)
    return True


def _inode(path: Path) -> int:
    return path.stat().st_ino if tree.is_folder(path) else 0


def _live() -> contextlib.suppress:
    """The new site is live: what fails from here on waits, with its journal, for the next run."""
    return contextlib.suppress(OSError)


def _finish_exchange(places: Neighbours, old: Collection[str]) -> None:
    """The stage is now the old site. What came into it while we built, like the proof file of a
    certificate, is carried over as well."""
    if tree.exists(places.stage):
        tree.carry(places.stage, places.output, old)
        places.stage.rename(places.undo)
    _finish(places)


def _finish(places: Neighbours) -> None:
    """The old site becomes the previous generation. Can be cut off and started again anywhere."""
    if has_manifest(places.undo):
        if tree.is_folder(places.previous):
            tree.remove(places.spare)
            places.previous.rename(places.spare)
        places.undo.rename(places.previous)
    journal.clear(places)
    tree.remove(places.undo)


# ------------------------------------------------------------------------------ file by file


def _replace(places: Neighbours, change: Change, old: Collection[str]) -> None:
    standing = set(tree.standing(places.output, (*old, MANIFEST)))
    for path in standing:
        tree.make_folder((places.undo / path).parent)
        tree.link(places.output / path, places.undo / path)
    tree.make_folder(places.undo)
    system.force_to_disk([*(places.undo / path for path in standing), places.undo], places.undo)
    arriving = (*change.written, *change.untidy, MANIFEST)
    plan = Journal(
        "replace",
        new=tuple(path for path in arriving if path not in standing),
        folders=_missing_folders(places.output, arriving),
    )
    journal.record(places, plan)
    journal.force(places)
    try:
        _replace_in_order(places, change, arriving)
        journal.record(places, Journal("keep"))
    except BaseException:
        _undo_or_say(places, plan)
        raise
    with _live():
        journal.force(places)
        tree.remove(places.stage)
        _finish(places)


def _missing_folders(output: Path, paths: Collection[str]) -> tuple[str, ...]:
    return tuple(
        sorted(folder for folder in folders_of(paths) if not tree.is_folder(output / folder))
    )


def _replace_in_order(places: Neighbours, change: Change, arriving: Collection[str]) -> None:
    blocking = _blocking(change.removed, arriving)
    for path in sorted(blocking):
        _delete(places.output, path)
    for path in sorted(arriving, key=_turn):
        _put(places.stage / path, places.output, path)
    for path in sorted(change.removed, key=_turn, reverse=True):
        if path not in blocking:
            _delete(places.output, path)
    tree.remove(places.output / SCRATCH)
    touched = {places.output / path for path in arriving}
    folders = {path.parent for path in touched}
    system.force_to_disk(sorted(touched | folders), places.output)


def _turn(path: str) -> tuple[int, int, str]:
    """Fingerprinted files, other files, pages (leaves first), listings of pages, manifest: what
    is named comes before what names it (and goes after it)."""
    depth = -path.count("/")
    if path == MANIFEST:
        return 4, 0, path
    if _LISTINGS.search(path):
        return 3, depth, path
    if path.endswith(".html"):
        return 2, depth, path
    return (0 if _FINGERPRINTED.search(path) else 1), depth, path


def _blocking(removed: Collection[str], arriving: Collection[str]) -> frozenset[str]:
    """Old files that cannot stay until the end: where a folder must come, in a folder where a file
    must come, and where the new name differs only by case, which is one file on many disks."""
    folders = folders_of(arriving)
    files, names = set(arriving), set(map(folded, arriving))
    return frozenset(
        path
        for path in removed
        if path in folders or folded(path) in names or not files.isdisjoint(parents(path))
    )


def _put(source: Path, output: Path, path: str) -> None:
    """Through a second name in a folder of output/ itself: a rename cannot cross disks."""
    temporary = output / SCRATCH / "file"
    tree.make_folder(temporary.parent)
    tree.make_folder((output / path).parent)
    temporary.unlink(missing_ok=True)  # a rename onto the very same file leaves it behind
    tree.link(source, temporary)
    tree.replace(temporary, output / path)


def _delete(output: Path, path: str) -> None:
    """A file of ours and the folders it leaves empty."""
    _remove_ours(output, path)
    for folder in parents(path):
        if not tree.remove_empty(output / folder):
            break


def _remove_ours(output: Path, path: str) -> None:
    """Not what somebody put in its place, and nothing behind a link."""
    for name in tree.standing(output, (path,)):
        (output / name).unlink()


def _undo(places: Neighbours, plan: Journal) -> None:
    """Every file of the old site in its place again. Can be cut off and started again anywhere."""
    for path in plan.new:
        _remove_ours(places.output, path)
    for folder in reversed(plan.folders):
        tree.remove_empty(places.output / folder)
    for path, entry in tree.foreign(places.undo, ()):
        target = places.output / path
        if entry.is_dir(follow_symlinks=False):
            continue
        if not (tree.is_file(target) and target.samefile(places.undo / path)):
            _put(places.undo / path, places.output, path)
    tree.remove(places.output / SCRATCH)


def _undo_or_say(places: Neighbours, plan: Journal) -> None:
    try:
        _undo(places, plan)
    except OSError as fault:
        raise OperationError(
            "the site could neither be published nor put back: some of its files are new, some old",
            "remove the cause (a full disk, missing rights) and build again: the next build puts "
            "everything right",
        ) from fault
    journal.clear(places)
