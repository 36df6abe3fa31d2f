"""A complete new site -> output/ holds it; the site before it is kept for one way back."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coldpress.model import Published
from coldpress.problems import OperationError
from coldpress.publish import guard, manifest, stage, swap, tree
from coldpress.publish.faults import UNTOUCHED, explained
from coldpress.publish.paths import MANIFEST, Neighbours, check_paths, neighbours, shown


def publish(
    files: Mapping[str, bytes],
    output: Path,
    *,
    sources: Path,
    manifest_extra: Mapping[str, Any] = {},
    allow_shrink: bool = False,
    exchange: bool = True,
    digests: manifest.Digests | None = None,
    signs: Mapping[str, tree.Sign] = {},
) -> Published:
    """Make `output` hold exactly `files` and what is not ours in it. The caller holds the lock.

    `manifest_extra` goes into the manifest: keep the clock out of it, or no build is unchanged.
    `exchange=False` swaps file by file, as systems without an atomic exchange must.
    `digests`: of all files, when they are known: then only what changes is read from `files`.
    `signs`: of files of `output` as they were found after an earlier publish (`signs_of`): one that
    looks the same is taken to hold what the manifest says.
    OperationError: nothing was changed, and why.
    """
    known = manifest.digests_of(files) if digests is None else digests
    with explained():
        places = neighbours(output)
        guard.check_place(places.output, sources)
        swap.recover(places)
        guard.check_ours(places.output)
        old = manifest.published_files(places.output)
        if not files.keys() <= old.keys():  # those were looked at when they were published
            check_paths(files)
        guard.check_size(old, files, allow_shrink)
        written = manifest.compose(known, manifest_extra)
        return _set_in_place(places, files, known, old, signs, written, exchange)


def rollback(output: Path) -> Published:
    """Make `output` hold the generation before; once more, and the newer one is back. What is not
    ours stays as it is now. The caller holds the lock."""
    with explained():
        places = neighbours(output)
        swap.recover(places)
        guard.check_ours(places.output)
        known = manifest.published_files(places.previous)
        if not known:
            raise OperationError(
                f"there is no earlier site to go back to beside {shown(places.output)}",
                "one is kept from the second build on that changes something",
            )
        files = {path: _kept(places.previous / path, sha256) for path, sha256 in known.items()}
        digests = manifest.digests_of(files)
        written = (places.previous / MANIFEST).read_bytes()
        old = manifest.published_files(places.output)
        return _set_in_place(places, files, digests, old, {}, written, True)


def _kept(path: Path, sha256: str) -> bytes:
    content = path.read_bytes() if tree.is_file(path) else b""
    if manifest.digest(content) != sha256:
        raise OperationError(
            f"the earlier site is damaged: {shown(path)}; {UNTOUCHED}",
            "put the content back as it was and build again",
        )
    return content


def _set_in_place(
    places: Neighbours,
    files: Mapping[str, bytes],
    digests: manifest.Digests,
    known: Mapping[str, str],
    signs: Mapping[str, tree.Sign],
    written: bytes,
    exchange: bool,
) -> Published:
    """`known`: what the last publish wrote, by its manifest."""
    old = known.keys()
    trusted = stage.trusted(places.output, digests, known, signs)
    guard.check_foreign(places.output, files.keys() - trusted.keys(), old)
    change = stage.compare(files, places.output, old, trusted)
    kept = places.output / MANIFEST
    if not (change.is_empty and tree.is_file(kept) and kept.read_bytes() == written):
        whole = exchange and swap.can_exchange(places)
        try:
            stage.build(places, files, digests, written, change, old, trusted, whole=whole)
            swap.swap(places, change, old, whole=whole)
        except BaseException:
            _tidy(places)
            raise
    return Published(change.new, change.changed, change.removed, len(change.unchanged), trusted)


def _tidy(places: Neighbours) -> None:
    """Only what no journal speaks of: the rest is for the next build to finish or undo."""
    with contextlib.suppress(OSError):
        if not tree.exists(places.journal):
            tree.remove(places.stage)
            tree.remove(places.undo)
