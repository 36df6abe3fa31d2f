"""words or a record -> the kinds of cold they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from coldpress.checks.claims.tables import read
from coldpress.schema import Reference

FILE = Path(__file__).with_name("methods.yaml")


@cache
def named() -> Mapping[str, re.Pattern[str]]:
    return {kind: re.compile(rf"\b(?:{row['words']})\b") for kind, row in _table().items()}


@cache
def studied() -> Mapping[str, str]:
    """A record's modality -> the kind of cold."""
    return {word: kind for kind, row in _table().items() for word in row["modality"]}


def kinds_in(text: str) -> frozenset[str]:
    """Kinds a text (folded) names. `whole-body` may mean a chamber or a cryosauna."""
    found = {kind for kind, pattern in named().items() if pattern.search(text)}
    if "whole-body" in text and not found & {"walk-in-chamber", "cryosauna"}:
        found |= {"walk-in-chamber", "cryosauna"}
    return frozenset(found)


def kinds_of(record: Reference) -> frozenset[str]:
    """Kinds a record is about; none when that is not known."""
    kinds = {studied().get(word, "") for word in record.modality}
    return frozenset() if "" in kinds else frozenset(kinds)


def in_words(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(" ".join(kind.rsplit("-", 1)) for kind in kinds))


def _table() -> dict[str, dict[str, str]]:
    return read(FILE)
