"""the words of the command -> which page, and where it goes."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct

from coldpress.problems import nearest, sentences
from coldpress.schema import KINDS, SLUG, Kind
from coldpress.slugs import RESERVED, slug_from


class RefusedError(Exception):
    """What was asked for makes no sense. `hint` says what would."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


class Asked(Struct, frozen=True):
    path: str
    """content/guides/a.md: the page in the site's first language."""
    kind: Kind
    """Of the folder it goes to."""
    name: str
    """New name, without .md."""
    slug: bool
    """Only a word was given, no file: the address is to follow even where it has its own slug.
    Slugs of translations stay."""


def asked(old: str, new: str, texts: Collection[str], root: Path) -> Asked:
    """`texts`: paths of all content files. Raises RefusedError."""
    path = _existing(_path(old, root), old, texts)
    word = "/" not in new and "\\" not in new and not new.endswith(".md")
    target = f"{path.rpartition('/')[0]}/{new}.md" if word else _path(new, root)
    folders = {kind.folder: kind for kind in KINDS}
    parts = re.fullmatch(r"content/([^/]+)/([^/]+)\.md", target)
    if parts is None or parts[1] not in folders:
        hint = f"write it like content/guides/new-name.md; folders: {', '.join(folders)}"
        raise RefusedError(f"a page cannot be called {new!r}", hint)
    name = parts[2]
    if not re.fullmatch(SLUG, name) or RESERVED.match(name) or name == "index":
        close = slug_from(name)
        hint = sentences(
            f"did you mean {close!r}?" if close not in ("", name, "index") else "",
            "use lower-case letters, digits and single hyphens",
        )
        raise RefusedError(f"{name!r} cannot be part of an address", hint)
    return Asked(path, folders[parts[1]], name, word)


def _path(words: str, root: Path) -> str:
    """`guides/a`, `./content/guides/a.md` or a full path -> content/guides/a.md"""
    if Path(words).is_absolute():
        path = Path(words)
        words = path.relative_to(root).as_posix() if path.is_relative_to(root) else words
    plain = words.replace("\\", "/").removeprefix("./").removeprefix("content/").removesuffix(".md")
    return f"content/{plain}.md"


def _existing(path: str, words: str, texts: Collection[str]) -> str:
    if path not in texts:
        ids = [text.removeprefix("content/").removesuffix(".md") for text in texts]
        close = nearest(path.removeprefix("content/").removesuffix(".md"), ids)
        hint = close or "write the file, like content/guides/cold-or-heat.md"
        raise RefusedError(f"there is no page {words!r}", hint)
    name = path.rpartition("/")[2]
    if name == "index.md":
        hint = "to move what it says, make a new page and copy the text"
        raise RefusedError("an index.md introduces its folder and keeps its name", hint)
    if "." in name.removesuffix(".md"):
        first = re.sub(r"\.[a-z]{2}\.md$", ".md", path)
        raise RefusedError(
            f"{name} is a translation and goes with its page", f"rename {first}, it comes along"
        )
    return path
