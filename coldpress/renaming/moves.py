"""A spot + what moves -> how it is written from now on, in the form its author chose."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from urllib.parse import quote, unquote

from msgspec import Struct

from coldpress.markdown.known import beside
from coldpress.markdown.links import PARTS
from coldpress.renaming.spots import Spot


class Moves(Struct, frozen=True):
    files: Mapping[str, str]
    """Texts and pictures: old path -> new path, from the site's folder."""
    addresses: Mapping[str, str]
    """Old address -> new address, of the pages whose address changes."""
    known: frozenset[str]
    """Every text and picture of the site, by its old path."""
    base_url: str


def written_anew(spot: Spot, here: str, moves: Moves) -> str:
    """`here`: the file the spot is in, by its old path. The same text when nothing changes."""
    if spot.form == "id":
        return _id(spot.written, moves)
    if spot.form == "name":
        return _name(spot.written, spot.folder, moves)
    if spot.form == "address":
        return _address(spot.written, moves)
    return _link(spot.written, here, moves)


def _id(written: str, moves: Moves) -> str:
    core = written.removeprefix("content/").removesuffix(".md")
    old = f"content/{core}.md"
    new = moves.files.get(old, old).removeprefix("content/").removesuffix(".md")
    head = "content/" if written.startswith("content/") else ""
    return f"{head}{new}{'.md' if written.endswith('.md') else ''}"


def _name(written: str, folder: str, moves: Moves) -> str:
    """A page that leaves the folder cannot be named there: it stays, and the proof tells."""
    new = moves.files.get(f"content/{folder}/{written}.md", "")
    inside = posixpath.dirname(new) == f"content/{folder}"
    return posixpath.basename(new).removesuffix(".md") if inside else written


def _address(written: str, moves: Moves) -> str:
    parts = PARTS.fullmatch(written)
    assert parts is not None, "matches any text"
    path = moves.addresses.get(unquote(parts[1]), parts[1])
    return f"{path}{parts[2] or ''}{parts[3] or ''}"


def _link(written: str, here: str, moves: Moves) -> str:
    base = moves.base_url
    if written.startswith(f"{base}/"):
        return base + _address(written.removeprefix(base), moves)
    parts = PARTS.fullmatch(written)
    assert parts is not None, "matches any text"
    path = unquote(parts[1])
    target = f"content{path}" if path.startswith("/") else beside(here, path)
    if not path or target not in moves.known:
        return _address(written, moves) if path.startswith("/") else written
    new = moves.files.get(target, target)
    if (target, posixpath.dirname(here)) == (new, posixpath.dirname(moves.files.get(here, here))):
        return written
    return _file(parts[1], new, moves.files.get(here, here)) + (parts[2] or "") + (parts[3] or "")


def _file(written: str, target: str, here: str) -> str:
    """The path to a file, from the root or from here, as it was written."""
    path = posixpath.relpath(target, posixpath.dirname(here))
    if written.startswith("/"):
        path = target.removeprefix("content")
    elif written.startswith("./") and not path.startswith("../"):
        path = f"./{path}"
    return quote(path) if "%" in written else path
