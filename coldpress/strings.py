"""templates/strings/<language>.yaml -> the words of the interface.

A site may bring its own file with only the words it wants changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from coldpress.problems import BuildError, Place, error

FOLDER = "strings"


def strings(folders: tuple[Path, ...], lang: str) -> Mapping[str, str]:
    """`folders`: template folders, the site's own first. Later ones are overridden by earlier."""
    words: dict[str, str] = {}
    for folder in reversed(folders):
        path = folder / FOLDER / f"{lang}.yaml"
        if path.is_file():
            words.update(read(path))
    return words


def read(path: Path) -> dict[str, str]:
    """Every value is text as written: BaseLoader makes no dates or truth values of it."""
    place = Place(f"templates/{FOLDER}/{path.name}")
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    except yaml.MarkedYAMLError as bad:
        line = bad.problem_mark.line + 1 if bad.problem_mark else 1
        raise BuildError(
            [
                error(
                    "unreadable-yaml",
                    Place(place.path, line),
                    str(bad.problem),
                    "see the line above",
                )
            ]
        ) from None
    if not isinstance(found, dict) or not all(isinstance(word, str) for word in found.values()):
        raise BuildError(
            [
                error(
                    "unreadable-yaml",
                    place,
                    "the file is not a list of names and words",
                    "name: words",
                )
            ]
        )
    return found
