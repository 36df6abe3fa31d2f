"""{output path: bytes} + the old output/ -> what changes, and the new site as a tree beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from coldpress.problems import OperationError
from coldpress.publish import system, tree
from coldpress.publish.faults import UNTOUCHED
from coldpress.publish.manifest import Digests, digest
from coldpress.publish.paths import MANIFEST, Neighbours, folders_of, shown


class Change(Struct, frozen=True):
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


def trusted(
    output: Path, digests: Digests, known: Mapping[str, str], signs: Mapping[str, tree.Sign]
) -> dict[str, tree.Sign]:
    """Files that are to stay as they are, and look as they did when they were published."""
    wanted = [path for path, (sha256, _) in digests.items() if known.get(path) == sha256]
    found = tree.signs_of(output, [path for path in wanted if path in signs])
    return {path: sign for path, sign in found.items() if sign == signs[path]}


def compare(
    files: Mapping[str, bytes], output: Path, old: Collection[str], trusted: Collection[str]
) -> Change:
    """Bytes against bytes, not against the manifest: what somebody edited by hand is set right."""
    doubtful = (path for path in files if path in old and path not in trusted)
    same = {path for path in doubtful if _is(output / path, files[path])}.union(trusted)
    return Change(
        new=tuple(sorted(files.keys() - old)),
        changed=tuple(sorted((files.keys() & old) - same)),
        removed=tuple(sorted(old - files.keys())),
        unchanged=tuple(sorted(same)),
        untidy=tuple(
            sorted(p for p in same if p not in trusted and not tree.has_file_mode(output / p))
        ),
    )


def _is(path: Path, content: bytes) -> bool:
    if not tree.is_file(path) or path.stat().st_size != len(content):
        return False
    return path.read_bytes() == content


def build(
    places: Neighbours,
    files: Mapping[str, bytes],
    digests: Digests,
    manifest: bytes,
    change: Change,
    old: Collection[str],
    trusted: Mapping[str, tree.Sign],
    *,
    whole: bool,
) -> None:
    """`whole`: a tree that can stand for output/, with what is unchanged and what is not ours;
    else only what is written anew. `trusted`: signs of unchanged files, where they are known."""
    stage = places.stage
    kept = change.unchanged if whole else change.untidy
    standing: frozenset[str] = frozenset()
    if whole:
        others = [path for path in kept if path not in trusted]
        live = {**trusted, **tree.signs_of(places.output, others)}
        standing = tree.renewed(places.spare, stage, live)
    tree.make_folder(stage)
    tree.keep_all(places.output, stage, [path for path in kept if path not in standing])
    for path in change.written:
        tree.write(stage / path, files[path])
    tree.write(stage / MANIFEST, manifest)
    if whole and tree.is_folder(places.output):
        tree.carry(places.output, stage, old)
    expected = {path: digests[path][0] for path in change.written}
    _verify(stage, {**expected, MANIFEST: digest(manifest)})
    _force(stage, (*change.written, *(path for path in kept if path not in standing), MANIFEST))


def _verify(stage: Path, written: Mapping[str, str]) -> None:
    for path, sha256 in written.items():
        if digest((stage / path).read_bytes()) != sha256:
            raise OperationError(
                f"the disk gave back other bytes than were written: {shown(path)}; {UNTOUCHED}",
                "check the disk, then build again",
            )


def _force(stage: Path, paths: Collection[str]) -> None:
    top = str(stage)
    system.force_to_disk([*(f"{top}/{one}" for one in (*paths, *folders_of(paths))), top], stage)
