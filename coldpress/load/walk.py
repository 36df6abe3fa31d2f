"""content/ -> the files in it, sorted into texts, pictures and data; and what does not belong.

Links, pipes and devices are named and never opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct, field

from coldpress.problems import BuildError, Place, Problem, advice, error, nearest, sentences
from coldpress.reading import UNSHOWN, not_a_file
from coldpress.schema import KINDS, SLUG
from coldpress.slugs import same_name, slug_from

ROOT = "content"
DATA = ("references.yaml", "findings.yaml", "glossary.yaml", "synonyms.yaml", "offers.yaml")
SIGNED = "translated.yaml"
"""Only beside translations: translated.es.yaml"""
BESIDE = re.compile(r"\.[a-z]{2,3}(?=\.yaml$)")
"""The language of a translated data file: findings.es.yaml"""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")
FOLDERS = tuple(kind.folder for kind in KINDS)
LEFTOVER = re.compile(
    r"^[._]|~$|^#.*#$|\.(bak|swp|swo|tmp|orig|part)$|^(thumbs\.db|desktop\.ini)$", re.IGNORECASE
)
"""Hidden files, notes to self (_ideas.md) and what editors and systems leave behind."""
PICTURE_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*$")


class Found(Struct):
    """Paths relative to the site's folder, in order."""

    texts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def walk(site: Path) -> Found:
    """Raises BuildError when there is no content at all."""
    if not (site / ROOT).is_dir() or (site / ROOT).is_symlink():
        hint = "make a folder content/ with a folder for each kind of page: " + ", ".join(FOLDERS)
        raise BuildError([error("missing-site", Place(ROOT), "there is no folder content/", hint)])
    found = Found()
    _folder(site, ROOT, found)
    found.problems += _collisions([*found.texts, *found.pictures, *found.data])
    return found


def _folder(site: Path, folder: str, found: Found) -> None:
    """Sort what lies in a folder, by name: the order the system lists it in means nothing."""
    try:
        entries = sorted(os.scandir(site / folder), key=lambda entry: entry.name)
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        message = f"this folder cannot be read: {why}"
        found.problems.append(
            error("unreadable-file", Place(folder), message, "check that you may open it")
        )
        return
    for entry in entries:
        if not LEFTOVER.search(entry.name):
            _entry(site, f"{folder}/{entry.name}", entry.stat(follow_symlinks=False).st_mode, found)


def _entry(site: Path, path: str, mode: int, found: Found) -> None:
    if not path.isprintable():
        hint = "use letters, digits and hyphens"
        found.problems.append(
            error("bad-file-name", Place(_shown(path)), "signs in this name cannot be shown", hint)
        )
    elif stat.S_ISDIR(mode):
        if path.count("/") == 1 and path.rpartition("/")[2] not in (*FOLDERS, "data"):
            found.problems.append(_unknown_folder(path))
        else:
            _folder(site, path, found)
    elif stat.S_ISREG(mode):
        _file(path, found)
    else:
        found.problems.append(not_a_file(path, mode))


def _shown(path: str) -> str:
    """A path without signs that would spoil the message or the terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in path)


def _unknown_folder(path: str) -> Problem:
    name = path.rpartition("/")[2]
    hint = nearest(name, FOLDERS) or "folders in use: " + ", ".join((*FOLDERS, "data"))
    return advice("unused-file", Place(path), f"nothing in the folder {name!r} is used", hint)


def _file(path: str, found: Found) -> None:
    _, folder, *rest = path.split("/")
    suffix = PurePosixPath(path).suffix
    if folder == "data" and len(rest) == 1 and is_data(rest[0]):
        found.data.append(path)
    elif folder in FOLDERS and len(rest) == 1 and suffix == ".md":
        found.problems += _text_name(path)
        found.texts.append(path)
    elif folder in FOLDERS and suffix.lower() in PICTURES:
        found.problems += _picture_name(path)
        found.pictures.append(path)
    elif folder in FOLDERS and suffix.lower() == ".svg":
        hint = "save it as a PNG; drawings of the design live in templates/diagrams/"
        message = "SVG pictures are not taken from content/: they can hold scripts"
        found.problems.append(error("svg-picture", Place(path), message, hint))
    else:
        found.problems.append(advice("unused-file", Place(path), *_unused(path, rest)))


def is_data(name: str) -> bool:
    original = BESIDE.sub("", name)
    return original in DATA or (original != name and original == SIGNED)


def _unused(path: str, rest: list[str]) -> tuple[str, str]:
    name = path.rpartition("/")[2]
    if path.startswith(f"{ROOT}/data/"):
        return f"{name!r} is not a data file", nearest(name, DATA) or "in use: " + ", ".join(DATA)
    if name.lower().endswith((".md", ".markdown", ".txt", ".mdx")):
        where = "" if len(rest) == 1 else "move it into one of: " + ", ".join(FOLDERS)
        stem = name.rpartition(".")[0].removesuffix(".md")
        ending = "" if name.endswith(".md") else f"name it {stem}.md"
        return "this text is not used", sentences(where, ending)
    if UNSHOWN.search(name):
        return "this picture is not used", "save it as JPEG or PNG"
    return "this file is not used", "remove it, or start its name with _ to keep it as a note"


def _text_name(path: str) -> Iterator[Problem]:
    stem = path.rpartition("/")[2].removesuffix(".md")
    base = re.sub(r"\.[a-z]{2,3}$", "", stem)
    if not re.fullmatch(SLUG, base):
        hint = "use lower-case letters, digits and single hyphens"
        if slug := slug_from(base):
            hint = f"name it {slug}{stem[len(base) :]}.md: {hint[4:]}"
        message = f"{stem!r} cannot be part of an address"
        yield error("bad-file-name", Place(path), message, hint)


def _picture_name(path: str) -> Iterator[Problem]:
    name = path.rpartition("/")[2]
    if not PICTURE_NAME.match(name):
        stem, _, suffix = name.rpartition(".")
        hint = f"name it {slug_from(stem) or 'picture'}.{suffix.lower()}"
        message = f"{name!r} has spaces or signs that do not work in an address"
        yield error("bad-file-name", Place(path), message, hint)


def _collisions(paths: list[str]) -> Iterator[Problem]:
    """Files that are one and the same on some systems: About.md and about.md."""
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(same_name(path), path)
        if first != path:
            message = f"this name and {first!r} are the same on some computers"
            yield error("same-name", Place(path), message, "rename one of them")
