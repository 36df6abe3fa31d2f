"""What is asked of a publish -> nothing, or OperationError before a byte is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from coldpress.problems import OperationError
from coldpress.publish.faults import UNTOUCHED
from coldpress.publish.manifest import has_manifest
from coldpress.publish.paths import folded, folders_of, shown
from coldpress.publish.tree import exists, foreign, is_file, is_folder

SOURCE_FOLDERS = ("content", "templates", "assets", "coldpress", ".git")
AS_GOOD_AS_EMPTY = frozenset({".git", ".DS_Store"})
"""A fresh checkout of an empty branch, and what the Finder leaves: no site, and never touched."""

HOME_PAGE = "index.html"
SHRINK_FROM = 10
SHRINK_PERCENT = 30

_OWN_FOLDER = "choose a folder of its own, like --output output"


def check_place(output: Path, sources: Path) -> None:
    """`output` is resolved. Refuse places where pruning or swapping would take something else."""
    sources = sources.resolve()
    if exists(output) and not is_folder(output):
        raise OperationError(f"the output folder {shown(output)} is a file", _OWN_FOLDER)
    if _holds(output, _home()):
        raise OperationError(f"the output folder {shown(output)} holds your home", _OWN_FOLDER)
    if _holds(output, sources):
        raise OperationError(f"the output folder {shown(output)} holds the sources", _OWN_FOLDER)
    for name in SOURCE_FOLDERS:
        if _holds(sources / name, output):
            raise OperationError(
                f"the output folder {shown(output)} lies in {name}/, among the sources",
                _OWN_FOLDER,
            )


def check_ours(output: Path) -> None:
    """Refuse a folder with files in it that we never published to."""
    if not is_folder(output) or has_manifest(output):
        return
    names = sorted(path.name for path in output.iterdir() if path.name not in AS_GOOD_AS_EMPTY)
    if names:
        raise OperationError(
            f"the output folder {shown(output)} was not made by coldpress: it holds "
            f"{shown(names[0])!r}{' and more' if len(names) > 1 else ''}; nothing was changed",
            "choose an empty or a new folder with --output, or move these files away",
        )


def check_foreign(output: Path, wanted: Collection[str], ours: Collection[str]) -> None:
    """Refuse to write over, or into, something that is not ours."""
    standing = next(_in_the_way(output, wanted, ours), None)
    if standing is not None:
        raise OperationError(
            f"{shown(output / standing)} was not made by coldpress, and the site has a file of "
            f"that name; {UNTOUCHED}",
            "move it away or rename it, then build again",
        )


def check_size(old: Collection[str], new: Collection[str], allow_shrink: bool) -> None:
    """Refuse a site that is empty or, unless allowed, has lost its home or much of the old one."""
    before, after = _pages(old), _pages(new)
    if not after:
        raise OperationError(
            f"there are no pages to publish; {UNTOUCHED}",
            "check that content/ has pages that are not drafts and not expired",
        )
    if allow_shrink:
        return
    if HOME_PAGE in before and HOME_PAGE not in after:
        raise OperationError(
            f"the new site has no home page and the published one has; {UNTOUCHED}",
            "bring content/pages/index.md back, or add --allow-shrink if this is meant",
        )
    lost = len(before) - len(after)
    if len(before) >= SHRINK_FROM and lost * 100 > len(before) * SHRINK_PERCENT:
        raise OperationError(
            f"the new site has {len(after)} pages and the published one {len(before)}; {UNTOUCHED}",
            "check that no content is missing, or add --allow-shrink if this is meant",
        )


def _pages(paths: Collection[str]) -> frozenset[str]:
    return frozenset(path for path in paths if path.endswith(".html"))


def _holds(folder: Path, inner: Path | None) -> bool:
    return inner is not None and inner.is_relative_to(folder)


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (RuntimeError, OSError):  # no home: a bare container
        return None


def _in_the_way(output: Path, wanted: Collection[str], ours: Collection[str]) -> Iterator[str]:
    for folder in sorted(folders_of(wanted)):
        place = output / folder
        if exists(place) and not is_folder(place) and not (is_file(place) and folder in ours):
            yield folder
    known = {folded(path): path for path in ours}
    for path in sorted(wanted):
        place = output / path
        if is_folder(place):
            within = {own.removeprefix(f"{path}/") for own in ours if own.startswith(f"{path}/")}
            if not within:
                yield path
            yield from (f"{path}/{name}" for name, _ in foreign(place, within))
        elif exists(place) and not _is_ours(output, path, known.get(folded(path), "")):
            yield path


def _is_ours(output: Path, path: str, known: str) -> bool:
    """`known` is the name in the manifest: it may differ in case where the disk does not care."""
    place = output / path
    return is_file(place) and (known == path or (known != "" and _same(place, output / known)))


def _same(one: Path, other: Path) -> bool:
    return exists(other) and one.samefile(other)
