"""findings.es.yaml beside findings.yaml -> the same records in another language's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coldpress.problems import BuildError, Place, Problem, error, nearest
from coldpress.reading import decode, read_bytes
from coldpress.schema import FindingWords, Key, OfferWords, ReferenceWords, Synonym, TermWords
from coldpress.yamltext import DATA_BYTES, read

MODELS: Mapping[str, Any] = {
    "references": dict[Key, ReferenceWords],
    "findings": dict[Key, FindingWords],
    "glossary": dict[Key, TermWords],
    "synonyms": dict[Key, Synonym],
    "offers": dict[Key, OfferWords],
}
FREE = frozenset({"synonyms"})
"""What people type differs from language to language: its entries need no twin."""

Words = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Language -> data file ("findings") -> key -> its words."""


def language_of(path: str) -> str:
    """content/data/findings.es.yaml -> es; nothing for the original."""
    parts = path.rpartition("/")[2].split(".")
    return parts[1] if len(parts) == 3 else ""


def read_words(site: Path, paths: list[str]) -> tuple[Words, dict[str, Place], list[Problem]]:
    """`paths`: of the translated data files. Places are named "es.findings.numbing.sentence"."""
    words: dict[str, dict[str, Mapping[str, Any]]] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for path in paths:
        lang, name = language_of(path), path.rpartition("/")[2].partition(".")[0]
        try:
            text = decode(read_bytes(site, path, DATA_BYTES), path)
            entries, found = read(text, path, MODELS[name], max_bytes=DATA_BYTES)
        except BuildError as bad:
            problems += bad.problems
            continue
        words.setdefault(lang, {})[name] = entries
        places.update((f"{lang}.{name}.{field}", place) for field, place in found.items())
    return words, places, problems


def words_trouble(
    words: Words, places: Mapping[str, Place], data: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    """What one of the two files has and the other lacks. A sentence in another language in the
    middle of a page helps nobody, so a missing one stops the build."""
    for lang, files in words.items():
        for name, entries in files.items():
            if name not in FREE:
                yield from _alone(lang, name, entries, places, data[name])


def _alone(
    lang: str,
    name: str,
    entries: Mapping[str, Any],
    places: Mapping[str, Place],
    originals: Mapping[str, Any],
) -> Iterator[Problem]:
    path = f"content/data/{name}.{lang}.yaml"
    for key in entries:
        if originals and key not in originals:
            hint = nearest(key, originals) or f"take it out, or add it to {name}.yaml"
            message = f"there is no {key!r} in {name}.yaml"
            yield error("lonely-translation", places[f"{lang}.{name}.{key}"], message, hint)
    for key, original in originals.items():
        for field in _missing(original, entries.get(key)):
            place = places.get(f"{lang}.{name}.{key}", Place(path))
            message = f"{key!r} has {field!r} in {name}.yaml, and not here"
            hint = f"translate it: {key}: {field}: ..."
            yield error("half-translated", place, message, hint)


def _missing(original: Any, words: Any) -> Iterator[str]:
    """Fields that the original has and its words lack."""
    for field in _fields(original):
        if getattr(original, field) and not (words and getattr(words, field)):
            yield field


def _fields(original: Any) -> tuple[str, ...]:
    known = {
        "Reference": ("in_short", "caution"),
        "Finding": ("question", "outcome", "people", "sentence"),
        "GlossaryTerm": ("term", "definition"),
        "Offer": ("text", "label"),
    }
    return known[type(original).__name__]
