"""a plan -> the files, written and moved; or, when that fails halfway, all as they were.

What the files held stands in .coldpress/rename/ while this is at work. Where that folder is found
later, a rename was cut short (power, kill), and `put_back` undoes it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coldpress.problems import OperationError
from coldpress.renaming.plan import Rename

JOURNAL = ".coldpress/rename"
LIST = "list.json"


def carry_out(root: Path, plan: Rename) -> None:
    """Raises OperationError: then every file is as it was."""
    with _explained("nothing was changed"):
        _refuse_edited(root, plan)
        _note(root, plan)
    try:
        with _explained("every file is as it was"):
            for change in plan.changes:
                _write(root / change.path, change.after)
            for old, new in plan.moves.items():
                (root / new).parent.mkdir(parents=True, exist_ok=True)
                (root / old).rename(root / new)
            _tidy(root, plan)
    except BaseException:
        put_back(root)
        raise
    shutil.rmtree(root / JOURNAL)


def put_back(root: Path) -> tuple[str, ...]:
    """Undo a rename that did not come to its end; the files it was about, none when there was no
    such. A file that somebody has edited since keeps what it holds now."""
    journal = root / JOURNAL
    if not journal.is_dir():
        return ()
    rows = json.loads((journal / LIST).read_text(encoding="utf-8"))
    with _explained("a rename was cut short and could not be undone yet"):
        for old, new in reversed(rows["moves"]):
            if (root / new).exists() and not (root / old).exists():
                (root / old).parent.mkdir(parents=True, exist_ok=True)
                (root / new).rename(root / old)
        for number, (path, after) in enumerate(rows["texts"]):
            _beside(root / path).unlink(missing_ok=True)
            if (root / path).is_file() and _digest((root / path).read_bytes()) == after:
                _write(root / path, (journal / str(number)).read_bytes())
        for folder in rows["folders"]:
            if (root / folder).is_dir() and not list((root / folder).iterdir()):
                (root / folder).rmdir()
        shutil.rmtree(journal)
    return tuple(path for path, _after in rows["texts"])


def _refuse_edited(root: Path, plan: Rename) -> None:
    for change in plan.changes:
        if (root / change.path).read_bytes() != change.before:
            hint = "run it once more"
            raise OperationError(f"{change.path} was saved in the meantime; nothing changed", hint)
    for new in plan.moves.values():
        if (root / new).exists():
            raise OperationError(f"{new} is there by now; nothing changed", "choose another name")


def _note(root: Path, plan: Rename) -> None:
    """Complete or not there at all: the folder gets its name when all of it is on the disk."""
    part = root / f"{JOURNAL}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for number, change in enumerate(plan.changes):
        _force(part / str(number), change.before)
    rows = {
        "moves": list(plan.moves.items()),
        "texts": [(change.path, _digest(change.after)) for change in plan.changes],
        "folders": sorted(_new_folders(root, plan)),
    }
    _force(part / LIST, json.dumps(rows, indent=1).encode())
    part.rename(root / JOURNAL)


def _new_folders(root: Path, plan: Rename) -> Iterator[str]:
    """Deepest first is the order of their names, reversed; there is one level at most."""
    folders = {new.rpartition("/")[0] for new in plan.moves.values()}
    yield from (folder for folder in folders if not (root / folder).exists())


def _tidy(root: Path, plan: Rename) -> None:
    """A page's own folder of pictures, empty now."""
    for folder in {old.rpartition("/")[0] for old in plan.moves}:
        if folder.count("/") > 1 and not list((root / folder).iterdir()):
            (root / folder).rmdir()


def _write(file: Path, content: bytes) -> None:
    """All of it or nothing, with the permissions it has."""
    beside = _beside(file)
    try:
        _force(beside, content)
        shutil.copymode(file, beside)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    return file.with_name(f".{file.name}.renaming")


def _force(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def _explained(outcome: str) -> Iterator[None]:
    try:
        yield
    except OSError as failure:
        name = Path(failure.filename or "a file").name
        why = (failure.strerror or "unknown reason").lower()
        hint = "check that you may write there and that the disk is not full"
        raise OperationError(f"{name} cannot be written: {why}; {outcome}", hint) from failure
