"""{output path: bytes} + the old output/ -> what changes, and the new site as a tree beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from coldpress.problems import OperationError
from coldpress.publish import system, tree
from coldpress.publish.faults import UNTOUCHED
from coldpress.publish.paths import MANIFEST, Neighbours, parents, shown


@dataclass(frozen=True, slots=True)
class Change:
    """Paths, sorted. `unchanged` files keep their modification time; a file in `untidy` has the
    right bytes but not the mode every file of the site has."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    untidy: tuple[str, ...]

    @property
    def written(self) -> tuple[str, ...]:
        return self.new + self.changed

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.changed or self.removed or self.untidy)


def compare(files: Mapping[str, bytes], output: Path, old: Collection[str]) -> Change:
    """Bytes against bytes, not against the manifest: what somebody edited by hand is set right."""
    same = {path for path, content in files.items() if path in old and _is(output / path, content)}
    return Change(
        new=tuple(sorted(files.keys() - old)),
        changed=tuple(sorted((files.keys() & old) - same)),
        removed=tuple(sorted(old - files.keys())),
        unchanged=tuple(sorted(same)),
        untidy=tuple(sorted(path for path in same if not tree.has_file_mode(output / path))),
    )


def _is(path: Path, content: bytes) -> bool:
    if not tree.is_file(path) or path.stat().st_size != len(content):
        return False
    return path.read_bytes() == content


def build(
    places: Neighbours,
    files: Mapping[str, bytes],
    manifest: bytes,
    change: Change,
    old: Collection[str],
    *,
    whole: bool,
) -> None:
    """`whole`: a tree that can stand for output/, with what is unchanged and what is not ours;
    else only what is written anew."""
    stage = places.stage
    tree.make_folder(stage)
    for path in change.written:
        tree.write(stage / path, files[path])
    kept = change.unchanged if whole else change.untidy
    for path in kept:
        tree.keep(places.output / path, stage / path)
    tree.write(stage / MANIFEST, manifest)
    if whole and tree.is_folder(places.output):
        tree.carry(places.output, stage, old)
    _verify(stage, {**{path: files[path] for path in change.written}, MANIFEST: manifest})
    _force(stage, (*change.written, *kept, MANIFEST))


def _verify(stage: Path, written: Mapping[str, bytes]) -> None:
    for path, content in written.items():
        if (stage / path).read_bytes() != content:
            raise OperationError(
                f"the disk gave back other bytes than were written: {shown(path)}; {UNTOUCHED}",
                "check the disk, then build again",
            )


def _force(stage: Path, paths: Collection[str]) -> None:
    folders = {parent for path in paths for parent in parents(path)}
    system.force_to_disk(
        [*(stage / path for path in sorted(paths)), *(stage / f for f in sorted(folders)), stage],
        stage,
    )
