"""findings.es.yaml beside findings.yaml -> the same records in another language's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coldpress.problems import BuildError, Place, Problem, advice, error, nearest
from coldpress.reading import decode, read_bytes
from coldpress.schema import (
    Digest,
    FindingWords,
    Key,
    Line,
    OfferWords,
    ReferenceWords,
    Synonym,
    TermWords,
)
from coldpress.translations.standing import digest_of
from coldpress.yamltext import DATA_BYTES, read

MODELS: Mapping[str, Any] = {
    "references": dict[Key, ReferenceWords],
    "findings": dict[Key, FindingWords],
    "glossary": dict[Key, TermWords],
    "synonyms": dict[Key, Synonym],
    "offers": dict[Key, OfferWords],
    "translated": dict[Line, Digest],
}
SIGNED = "translated"
"""translated.es.yaml: the digest of the words that every translated entry ("findings.numbing") was
made from. `translations --sign` writes it."""
NOTE = "# Written by `build.py translations --sign`: what each entry was translated from."
FIELDS: Mapping[str, tuple[str, ...]] = {
    "references": ("in_short", "caution"),
    "findings": ("question", "outcome", "people", "sentence"),
    "glossary": ("term", "definition"),
    "offers": ("text", "label"),
}
"""What a reader sees of an entry."""

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
        signed = files.get(SIGNED, {})
        for name, entries in files.items():
            if name in FIELDS:
                yield from _alone(lang, name, entries, places, data[name])
                yield from _behind(lang, name, entries, places, data[name], signed)


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
        for field in _missing(FIELDS[name], original, entries.get(key)):
            place = places.get(f"{lang}.{name}.{key}", Place(path))
            message = f"{key!r} has {field!r} in {name}.yaml, and not here"
            hint = f"translate it: {key}: {field}: ..."
            yield error("half-translated", place, message, hint)


def _missing(fields: tuple[str, ...], original: Any, words: Any) -> Iterator[str]:
    """Fields that the original has and its words lack."""
    for field in fields:
        if getattr(original, field) and not (words and getattr(words, field)):
            yield field


def _behind(
    lang: str,
    name: str,
    entries: Mapping[str, Any],
    places: Mapping[str, Place],
    originals: Mapping[str, Any],
    signed: Mapping[str, str],
) -> Iterator[Problem]:
    path = f"content/data/{name}.{lang}.yaml"
    hint = f"bring it up to date, then: python3 build.py translations --sign {path}"
    known = [key for key in entries if key in originals]
    unsigned = [key for key in known if f"{name}.{key}" not in signed]
    if unsigned:
        message = (
            f"{len(unsigned)} entries do not say what they were made from, like {unsigned[0]!r}"
        )
        yield advice("unsigned-translation", places[f"{lang}.{name}.{unsigned[0]}"], message, hint)
    for key in known:
        made = signed.get(f"{name}.{key}")
        if made is not None and made != entry_digest(name, originals[key]):
            message = f"{key!r} has changed in {name}.yaml since this was translated"
            yield advice("stale-translation", places[f"{lang}.{name}.{key}"], message, hint)


def entry_digest(name: str, original: Any) -> str:
    """Of the words a reader sees of an entry of that data file."""
    return digest_of([getattr(original, field) or "" for field in FIELDS[name]])


def signed_text(old: Mapping[str, str], name: str, originals: Mapping[str, Any]) -> str:
    """translated.es.yaml with every entry of a data file as it is now."""
    kept = {key: made for key, made in old.items() if not key.startswith(f"{name}.")}
    new = {f"{name}.{key}": entry_digest(name, one) for key, one in originals.items()}
    lines = (f'{key}: "{made}"\n' for key, made in sorted({**kept, **new}.items()))
    return f"{NOTE}\n{''.join(lines)}"


def signed_before(site: Path, path: str) -> Mapping[str, str]:
    """Of a translated.es.yaml as it is on the disk. Raises BuildError when it cannot be read."""
    text = decode(read_bytes(site, path, DATA_BYTES), path)
    signed: Mapping[str, str] = read(text, path, MODELS[SIGNED], max_bytes=DATA_BYTES)[0]
    return signed
