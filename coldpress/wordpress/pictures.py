"""Pictures as old texts name them -> files of a copy of wp-content/uploads, and their new places.

WordPress shows room-300x200.jpg, a small copy of room.jpg: the full one is taken, and the build
makes the sizes it needs. Nothing but the given folder is read, whatever a path says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import unquote, urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from coldpress.load.pictures import FORMATS, MOST_BYTES, read_picture
from coldpress.problems import BuildError
from coldpress.reading import read_bytes
from coldpress.slugs import RESERVED, slug_from
from coldpress.wordpress.addresses import UPLOADS
from coldpress.wordpress.records import Export, Item

SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)")
SUFFIX = re.compile(r"(\.\w+)$")
SIGNS: Mapping[str, re.Pattern[bytes]] = {
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".png": re.compile(rb"\x89PNG"),
    ".gif": re.compile(rb"GIF8"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    ".avif": re.compile(rb"....ftypavi", re.DOTALL),
}
"""How a file begins that may have the ending: plugins put WebP into files called .jpg."""
MOST_ALIKE = 1_000
"""Pictures of one name in one folder."""
ALT = "_wp_attachment_image_alt"
FILE = "_wp_attached_file"


Standing = Literal["new", "known", "changed"]
"""Of the page that shows a picture: an earlier import has written it, and someone changed it."""


class Taken(Struct, frozen=True):
    """A picture with a place in content/. `alt` as WordPress keeps it with the file."""

    path: str
    alt: str


class Missing(Struct, frozen=True):
    """Why there is none."""

    reason: str
    alt: str = ""


class Pictures(Struct):
    """`site`: the folder written to. Remembers what was taken: one copy of each is enough."""

    export: Export
    media: Path | None
    site: Path
    files: dict[str, bytes] = field(default_factory=dict)
    """Path in the site's folder -> content: what is to be written."""
    taken: dict[str, Taken] = field(default_factory=dict)
    """File under uploads/ -> what became of it."""
    claimed: set[str] = field(default_factory=set)
    """Paths given out so far."""
    kept: set[str] = field(default_factory=set)
    """Pictures of an earlier import that were changed since."""
    used: dict[int, Taken | Missing] = field(default_factory=dict)
    """Item id -> what became of its file."""
    attached: dict[str, Item] = field(default_factory=dict)
    """File under uploads/ -> its item: worked out, as are the numbers."""
    numbered: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.attached = {
            file: item
            for item in self.export.items
            if item.type == "attachment" and (file := attached_file(item))
        }
        self.numbered = {item.id: file for file, item in self.attached.items()}

    def find(self, file: str, number: int, folder: str, standing: Standing) -> Taken | Missing:
        """`file`: what a text says after uploads/; `number`: the item it says it is, or 0;
        `folder`, `standing`: of the page."""
        names = list(self._names(file, number))
        item = next((self.attached[name] for name in names if name in self.attached), None)
        known = self.taken.get(names[0]) if names else None
        found = known or self._take(names, folder, standing)
        if names and isinstance(found, Taken):
            self.taken[names[0]] = found
        if item is not None:
            found = replace(found, alt=" ".join(item.meta.get(ALT, "").split()))
            if not isinstance(self.used.get(item.id), Taken):
                self.used[item.id] = found
        return found

    def _names(self, file: str, number: int) -> Iterator[str]:
        """The files it may be, the best first. The last resort is the small copy itself."""
        full = SIZE.sub("", file)
        wanted = (file, full, *(SUFFIX.sub(rf"-{end}\1", full) for end in ("scaled", "rotated")))
        found = [name for name in (*wanted, self.numbered.get(number, "")) if name in self.attached]
        yield from dict.fromkeys([*found[:1], *([full, file] if file else [])])

    def _take(self, names: list[str], folder: str, standing: Standing) -> Taken | Missing:
        if not names:
            return Missing("its address is not one of an upload of the old site")
        if self.media is None:
            return Missing("no folder was given with --media")
        for name in names:
            found = self._read(self.media.resolve(), name)
            if isinstance(found, Missing):
                return found
            if found is not None:
                path = self._place(name, *found, folder, standing)
                return Taken(path, "") if path else Missing("the page was changed here since")
        return Missing(f"it is not in the folder {self.media.name}")

    def _read(self, root: Path, name: str) -> tuple[bytes, str] | Missing | None:
        """Content and ending; or why it cannot be taken; or None when there is no such file."""
        path = PurePosixPath(name)
        if path.suffix.lower() not in FORMATS:
            return Missing(f"a page cannot show a file of the kind {path.suffix or path.name}")
        if "\0" in name or "\\" in name or not (root / path).resolve().is_relative_to(root):
            return Missing("its path leads out of the folder")
        if not (root / path).is_file():
            return None
        try:
            raw = read_bytes(root, name, MOST_BYTES)
            read_picture(root, name)
        except BuildError as failed:
            problem = failed.problems[0]
            if problem.rule != "wrong-ending":
                return Missing(problem.message)
        endings = (end for end, sign in SIGNS.items() if sign.match(raw))
        suffix = next(endings, "")
        own = path.suffix.lower()
        if not suffix:
            return Missing("it is no picture, whatever its name says")
        return raw, own if FORMATS[own] == FORMATS[suffix] else suffix

    def _place(self, name: str, raw: bytes, ending: str, folder: str, standing: Standing) -> str:
        """A path in `folder`. A file with the same content stays where it is; on a page that an
        earlier import has written, one with another content is this picture, changed since. What
        a page changed here no longer shows is not written again: it gets no path."""
        stem = slug_from(PurePosixPath(name).stem) or "picture"
        stem = f"picture-{stem}" if RESERVED.match(stem) else stem
        numbers = ("", *(f"-{number}" for number in range(2, MOST_ALIKE)))
        free = [path for end in numbers if (path := f"{folder}/{stem}{end}{ending}")]
        free = [path for path in free if path not in self.claimed]
        path = next((path for path in free if self._holds(path, raw)), "")
        if not path and standing != "new" and (self.site / free[0]).exists():
            path = free[0]
            self.kept.add(path)
        if not path and standing != "changed":
            path = next(path for path in free if not (self.site / path).exists())
            self.files[path] = raw
        self.claimed.add(path)
        return path

    def _holds(self, path: str, raw: bytes) -> bool:
        file = self.site / path
        return file.is_file() and file.read_bytes() == raw


def attached_file(item: Item) -> str:
    """Of an attachment: its file under uploads/."""
    found = UPLOADS.search(unquote(urlsplit(item.file_url).path))
    return item.meta.get(FILE, "") or (found[1] if found else "")
