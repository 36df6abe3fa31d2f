"""what the forms ask for -> files of the site, read and written. Nothing outside of content/ and
site.yaml is opened, and no link out of them is followed.

The requests are those of Decap's `proxy` backend (https://decapcms.org/docs/proxy-backend/): a
form gets each value as its schema has it, and a file gets only the values that were changed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from PIL import Image, UnidentifiedImageError

from coldpress.editor.places import allowed, picture_allowed, place_of
from coldpress.editor.sheets import (
    RefusedError,
    Sheet,
    changed,
    form_of,
    fresh,
    save,
    sheet_of,
    wanted,
)
from coldpress.frontmatter import split
from coldpress.problems import BuildError, OperationError, Problem
from coldpress.yamltext import read


class Desk(Struct, frozen=True):
    """`seen`: each file as the forms got it last, so that what somebody else saved meanwhile is
    neither lost nor overwritten."""

    root: Path
    seen: MutableMapping[str, Sheet] = field(default_factory=dict)

    def answer(self, asked: Mapping[str, Any]) -> Any:
        """Raises RefusedError with what the person should know."""
        act = ACTIONS.get(str(asked.get("action")))
        given = asked.get("params") or {}
        if act is None or not isinstance(given, dict):
            raise RefusedError(f"this desk knows no action {asked.get('action')!r}")
        try:
            return act(self, given)
        except BuildError as wrong:
            raise RefusedError(said(wrong.problems)) from None
        except OperationError as failed:
            raise RefusedError(failed.message) from None
        except OSError as failure:
            why = (failure.strerror or "unknown reason").lower()
            raise RefusedError(f"the file cannot be read or written: {why}") from None


def said(problems: tuple[Problem, ...]) -> str:
    return "; ".join(f"line {one.line}: {one.message}: {one.hint}" for one in problems)


# --------------------------------------------------------------------------- reading


def about(_desk: Desk, _given: Mapping[str, Any]) -> Any:
    return {"repo": "site", "publish_modes": ["simple"], "type": "local_fs"}


def entries_in_folder(desk: Desk, given: Mapping[str, Any]) -> Any:
    """Pages of a kind. What introduces the folder (index.md) has a form of its own."""
    folder = str(given.get("folder"))
    names = sorted(path.name for path in (desk.root / folder).glob("*.md"))
    paths = [f"{folder}/{name}" for name in names if not name.startswith("_")]
    return [listed(desk, path) for path in paths if own_form(path)]


def listed(desk: Desk, path: str) -> dict[str, Any]:
    """A page that cannot be read keeps its line in the list; whoever opens it is told why."""
    try:
        return entry_of(desk, path)
    except (RefusedError, BuildError):
        raw = json.dumps({"title": f"{path.rpartition('/')[2]} (cannot be read yet)"})
        return {"data": f"---\n{raw}\n---\n", "file": {"path": path, "id": path}}


def own_form(path: str) -> bool:
    place = place_of(path)
    return place is not None and not place.single


def entries_by_files(desk: Desk, given: Mapping[str, Any]) -> Any:
    wanted = [str(one.get("path")) for one in given.get("files", [])]
    return [entry_of(desk, path) for path in wanted if (desk.root / path).is_file()]


def one_entry(desk: Desk, given: Mapping[str, Any]) -> Any:
    return entry_of(desk, str(given.get("path")))


def entry_of(desk: Desk, path: str) -> dict[str, Any]:
    """Every value in quotes where it is a text: no reader takes `no` or `1.10` for something
    else."""
    place = allowed(desk.root, path)
    sheet = sheet_of(desk.root, path, place)
    desk.seen[path] = sheet
    raw = json.dumps(form_of(sheet, place), ensure_ascii=False, indent=1)
    body = sheet.body.strip("\n")  # the empty lines around it are not for editing
    text = f"---\n{raw}\n---\n{body}" if place.page else f"{raw}\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"data": text, "file": {"path": path, "id": digest}}


# --------------------------------------------------------------------------- writing


def persist(desk: Desk, given: Mapping[str, Any]) -> Any:
    """All of it is looked at before any of it is written."""
    files = given.get("dataFiles") or [given.get("entry")]
    writes: list[tuple[str, bytes]] = []
    for one in files:
        if not isinstance(one, dict) or one.get("newPath", one.get("path")) != one.get("path"):
            raise RefusedError("pages are moved with: python3 build.py rename")
        writes.append((str(one["path"]), page_to_write(desk, str(one["path"]), str(one["raw"]))))
    pictures = [picture_to_write(desk, one) for one in given.get("assets") or []]
    for path, content in (*pictures, *writes):
        save(desk.root / path, content)
    for path, _content in writes:
        desk.seen[path] = sheet_of(desk.root, path, allowed(desk.root, path))
    return {"message": "entry persisted"}


def page_to_write(desk: Desk, path: str, raw: str) -> bytes:
    """Raises BuildError with what the schema has against it."""
    place = allowed(desk.root, path, new=True)
    values, body = wanted(raw, place)
    text = fresh(values, body)
    if (desk.root / path).is_file():
        now = sheet_of(desk.root, path, place)
        text = changed(path, place, (now, desk.seen.get(path, now)), values, body)
    content = text.encode()
    if place.page:
        split(content, path, place.type_)
    else:
        read(text.replace("\r\n", "\n").removeprefix("\ufeff"), path, place.type_)
    return content


# --------------------------------------------------------------------------- pictures, deleting


def pictures_in(desk: Desk, given: Mapping[str, Any]) -> Any:
    return [*_pictures(desk, str(given.get("mediaFolder")))]


def _pictures(desk: Desk, folder: str) -> Iterator[dict[str, Any]]:
    for path in sorted((desk.root / folder).glob("*")):
        name = f"{folder}/{path.name}"
        if path.is_file() and not path.is_symlink() and picture_allowed(name):
            yield picture(desk, name)


def one_picture(desk: Desk, given: Mapping[str, Any]) -> Any:
    return picture(desk, str(given.get("path")))


def picture(desk: Desk, path: str) -> dict[str, Any]:
    allowed(desk.root, path, picture=True)
    content = (desk.root / path).read_bytes()
    return {
        "id": hashlib.sha256(content).hexdigest(),
        "content": base64.b64encode(content).decode(),
        "encoding": "base64",
        "name": path.rpartition("/")[2],
        "path": path,
    }


def add_picture(desk: Desk, given: Mapping[str, Any]) -> Any:
    path, content = picture_to_write(desk, given.get("asset") or {})
    save(desk.root / path, content)
    return picture(desk, path)


def picture_to_write(desk: Desk, asset: Mapping[str, Any]) -> tuple[str, bytes]:
    path = str(asset.get("path"))
    allowed(desk.root, path, picture=True, new=True)
    try:
        content = base64.b64decode(str(asset.get("content")), validate=True)
        with Image.open(BytesIO(content)) as image:
            image.verify()
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise RefusedError(f"{path.rpartition('/')[2]} is not a picture that can be read") from None
    return path, content


def delete(desk: Desk, given: Mapping[str, Any]) -> Any:
    paths = [str(path) for path in given.get("paths") or [given.get("path")]]
    for path in paths:
        place = None if picture_allowed(path) else allowed(desk.root, path)
        if place is not None and place.single:
            raise RefusedError(f"{path} belongs to every site: it cannot be deleted here")
        if place is None:
            allowed(desk.root, path, picture=True)
    for path in paths:
        (desk.root / path).unlink()
        desk.seen.pop(path, None)
    return {"message": "deleted"}


ACTIONS: Mapping[str, Callable[[Desk, Mapping[str, Any]], Any]] = {
    "info": about,
    "entriesByFolder": entries_in_folder,
    "entriesByFiles": entries_by_files,
    "getEntry": one_entry,
    "persistEntry": persist,
    "getMedia": pictures_in,
    "getMediaFile": one_picture,
    "persistMedia": add_picture,
    "deleteFile": delete,
    "deleteFiles": delete,
    "getDeployPreview": lambda _desk, _given: None,
}

__all__ = ["Desk", "RefusedError"]
