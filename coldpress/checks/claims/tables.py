"""words/<language>/*.yaml -> tables and patterns. A language is a folder: its words are data.

A pattern is written as alternatives, one or more a line. It finds whole words, with or without
their accents. {name} in it is a list of the table itself or of vocabulary.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from coldpress import shipped
from coldpress.checks.claims.folding import plain

FOLDER = Path(__file__).with_name("words")


def read(file: Path) -> dict[str, Any]:
    found = shipped.words(file)
    if not isinstance(found, dict):
        raise TypeError(f"{file.name} is not a table")
    return found


@cache
def languages() -> frozenset[str]:
    """Those whose sentences can be judged."""
    return frozenset(one.name for one in FOLDER.iterdir() if one.is_dir())


@cache
def shared(name: str) -> dict[str, Any]:
    """What is the same in every language."""
    return read(FOLDER / f"{name}.yaml")


@cache
def table(lang: str, name: str) -> dict[str, Any]:
    return read(FOLDER / lang / f"{name}.yaml")


@cache
def vocabulary(lang: str) -> Mapping[str, str]:
    return {name: joined(words) for name, words in table(lang, "vocabulary").items()}


def joined(written: str) -> str:
    """A line break is between two alternatives, within a group too."""
    return plain("|".join(written.strip().splitlines()))


def filled(written: str, lists: Mapping[str, str]) -> str:
    pattern = joined(written)
    for name in re.findall(r"\{([a-z_]+)\}", pattern):
        pattern = pattern.replace(f"{{{name}}}", lists[name])
    return pattern


def whole_words(written: str, lists: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{filled(written, lists)})\b")


def patterns(lang: str, name: str) -> dict[str, re.Pattern[str]]:
    """Of every entry of a table that is a text."""
    lists = vocabulary(lang)
    return {
        field: whole_words(written, lists)
        for field, written in table(lang, name).items()
        if isinstance(written, str)
    }
