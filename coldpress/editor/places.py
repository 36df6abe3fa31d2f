"""a path that a form names -> what may stand there; one that is not the site's own is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from coldpress.problems import OperationError
from coldpress.reference_docs import DATA
from coldpress.schema import KINDS, HubMatter, Key, SiteFacts

SITE = "site.yaml"
PAGE = re.compile(r"content/([a-z]+)/([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
PICTURE = re.compile(
    r"content/([a-z]+)/[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpe?g|webp|avif|gif)", re.IGNORECASE
)
FOLDERS = {kind.folder: kind for kind in KINDS}


class Place(Struct, frozen=True):
    """`type_`: what its fields are, a model or a mapping of them."""

    type_: Any
    page: bool = False
    """Fields with a text below them."""
    single: bool = False
    """A file of its own kind: never made or deleted by a form."""
    records: bool = False


def place_of(path: str) -> Place | None:
    found = PAGE.fullmatch(path)
    if found and (kind := FOLDERS.get(found[1])):
        hub = found[2] == "index"
        own = HubMatter if hub and kind.name != "page" else kind.matter
        return Place(own, page=True, single=hub)
    if path == SITE:
        return Place(SiteFacts, single=True)
    name = path.removeprefix("content/data/").removesuffix(".yaml")
    if path == f"content/data/{name}.yaml" and name in DATA:
        return Place(dict[Key, DATA[name]], single=True, records=True)  # type: ignore[valid-type]
    return None


def picture_allowed(path: str) -> bool:
    found = PICTURE.fullmatch(path)
    return bool(found and found[1] in FOLDERS)


def allowed(root: Path, path: str, *, new: bool = False, picture: bool = False) -> Place:
    """Raises OperationError for anything but a page, a data file, site.yaml or a picture of this
    folder itself."""
    place = (Place(None) if picture_allowed(path) else None) if picture else place_of(path)
    file = root / path
    if place is None:
        raise OperationError(f"{path!r} is not a file that forms may touch", "")
    inside = root.resolve()
    if file.is_symlink() or file.parent.resolve() != inside / Path(path).parent:
        raise OperationError(f"{path!r} leads out of the site's folder", "")
    if not file.is_file() and (file.exists() or not new):
        raise OperationError(f"there is no file {path}", "")
    return place
