"""words or a record -> the kinds of cold they are about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from coldpress.checks.claims.tables import languages, patterns, shared
from coldpress.schema import Reference

WHOLE_BODY = "whole-body"
"""May mean a chamber or a cryosauna."""
ROOMS = frozenset({"walk-in-chamber", "cryosauna"})


@cache
def named() -> frozenset[str]:
    """The kinds there are."""
    return frozenset(shared("kinds"))


@cache
def studied() -> Mapping[str, str]:
    """A record's modality -> the kind of cold."""
    return {word: kind for kind, words in shared("kinds").items() for word in words}


@cache
def names(lang: str) -> Mapping[str, re.Pattern[str]]:
    return patterns(lang, "methods") if lang in languages() else {}


def kinds_in(text: str, lang: str) -> frozenset[str]:
    """Kinds a text (folded) names."""
    found = {kind for kind, pattern in names(lang).items() if pattern.search(text)}
    if WHOLE_BODY in found and not found & ROOMS:
        found |= ROOMS
    return frozenset(found - {WHOLE_BODY})


def kinds_of(record: Reference) -> frozenset[str]:
    """Kinds a record is about; none when that is not known."""
    kinds = {studied().get(word, "") for word in record.modality}
    return frozenset() if "" in kinds else frozenset(kinds)


def in_words(kinds: frozenset[str]) -> str:
    return ", ".join(sorted(" ".join(kind.rsplit("-", 1)) for kind in kinds))
