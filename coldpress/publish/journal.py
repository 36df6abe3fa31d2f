"""How far a swap has come -> a small file beside output/, and back.

- no journal: output/ is whole; a stage or an undo tree beside it are leftovers
- exchange: the stage, whose folder has this inode, is about to change places with output/
- replace: output/ may be a mixture; the undo tree holds every file of the old site
- keep: output/ is the new site; the undo tree is to become the previous generation
"""

from __future__ import annotations

import json

from msgspec import Struct
from msgspec.structs import asdict

from coldpress.problems import OperationError
from coldpress.publish import system, tree
from coldpress.publish.paths import Neighbours, shown


class Journal(Struct, frozen=True):
    step: str
    inode: int = 0
    new: tuple[str, ...] = ()
    """Files the old site did not have."""
    folders: tuple[str, ...] = ()
    """Folders that were not there before, outer ones first."""


def record(places: Neighbours, journal: Journal) -> None:
    """Its last step is one rename: when this fails, the journal says what it said before. Only
    `force` makes the rename outlast a power cut."""
    temporary = places.journal.with_name(places.journal.name + ".new")
    temporary.unlink(missing_ok=True)
    tree.write(temporary, json.dumps(asdict(journal)).encode())
    system.force_to_disk([temporary], temporary.parent)
    tree.replace(temporary, places.journal)


def force(places: Neighbours) -> None:
    """What has been renamed so far, the journal and output/ itself, to the disk."""
    beside = places.journal.parent
    system.force_to_disk([beside], beside)


def recorded(places: Neighbours) -> Journal | None:
    if not tree.is_file(places.journal):
        return None
    try:
        row = json.loads(places.journal.read_bytes())
        return Journal(row["step"], row["inode"], tuple(row["new"]), tuple(row["folders"]))
    except (ValueError, LookupError, TypeError) as damage:
        raise OperationError(
            f"an earlier build was cut off and its journal is damaged: {shown(places.journal)}",
            f"delete that file and the folder {places.output.name!r} (keep what is your own in "
            "it, like CNAME or .git), then build again",
        ) from damage


def clear(places: Neighbours) -> None:
    places.journal.unlink(missing_ok=True)
    places.journal.with_name(places.journal.name + ".new").unlink(missing_ok=True)
