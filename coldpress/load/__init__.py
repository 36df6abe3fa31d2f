"""content/ -> Content: every text, picture and data file, read and typed; and all its problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from coldpress.load import links
from coldpress.load.offers import offers_trouble
from coldpress.load.pictures import read_picture
from coldpress.load.texts import read_text
from coldpress.load.walk import ROOT, walk
from coldpress.model import Config, Content, Options, Source
from coldpress.problems import BuildError, Place, Problem
from coldpress.reading import decode, read_bytes
from coldpress.schema import Finding, GlossaryTerm, Key, Offer, Reference, Synonym
from coldpress.yamltext import DATA_BYTES, read

__all__ = ["load"]

T = TypeVar("T")

TOP_KEY = re.compile(r"""^["']?([A-Za-z][\w-]*)["']?:""", re.MULTILINE)
"""The keys of a data file that cannot be read otherwise."""

MODELS: Mapping[str, Any] = {
    "references": dict[Key, Reference],
    "findings": dict[Key, Finding],
    "glossary": dict[Key, GlossaryTerm],
    "synonyms": dict[Key, Synonym],
    "offers": dict[Key, Offer],
}


def load(config: Config, options: Options) -> tuple[Content, tuple[Problem, ...]]:
    """What could be read, and every problem, errors among them: a text with an error is not among
    the sources, and the stages after this one can still find what is wrong with the others. Of a
    data file with an error the keys are known, so that what refers to them is not wrong too.
    """
    site = options.source
    found = walk(site)
    problems = list(found.problems)
    data, unread, places, bad_data = _data(site, found.data)
    keys = {name: entries.keys() | unread.get(name, ()) for name, entries in data.items()}
    texts, bad_texts = _each(found.texts, lambda path: read_text(site, path, config))
    pictures, bad_pictures = _each(found.pictures, lambda path: read_picture(site, path))
    problems += [*bad_data, *bad_texts, *bad_pictures]
    problems += [problem for text in texts for problem in text.problems]

    ids = {_id(path) for path in found.texts}
    sources = [text.source for text in texts]
    problems += links.of_sources(sources, ids, keys["findings"], set(found.pictures))
    problems += links.of_findings(data["findings"], keys["references"], ids, places)
    problems += links.of_glossary(data["glossary"], places)
    problems += links.of_synonyms(data["synonyms"], ids, places)
    problems += offers_trouble(data["offers"], sources, ids, places)
    live = tuple(source for source in sources if options.drafts or _live(source, options.now))
    left_out = frozenset(found.texts) - {source.path for source in live}
    content = Content(
        sources=live,
        media={picture.path: picture for picture in pictures},
        references=data["references"],
        findings=data["findings"],
        glossary=data["glossary"],
        places=places,
        scheduled=tuple(
            source for source in sources if source.path in left_out and not source.matter.draft
        ),
        left_out=left_out,
        unread_keys=unread,
        unreadable=frozenset(found.texts) - {source.path for source in sources},
        synonyms=data["synonyms"],
        offers=data["offers"],
    )
    return content, tuple(sorted(set(problems)))


def _each(paths: Iterable[str], one: Callable[[str], T]) -> tuple[list[T], list[Problem]]:
    """Read every file; what cannot be read leaves its problems."""
    values: list[T] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            values.append(one(path))
        except BuildError as bad:
            problems += bad.problems
    return values, problems


def _data(
    site: Path, paths: Iterable[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, frozenset[str]], dict[str, Place], list[Problem]]:
    """The data files by name ("findings"), a missing one empty; the keys of those with an error;
    and the places."""
    data: dict[str, dict[str, Any]] = {name: {} for name in MODELS}
    unread: dict[str, frozenset[str]] = {}
    places: dict[str, Place] = {}

    def one(path: str) -> None:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        text = decode(read_bytes(site, path, DATA_BYTES), path)
        try:
            data[name], found = read(text, path, MODELS[name], max_bytes=DATA_BYTES)
        except BuildError:
            unread[name] = frozenset(TOP_KEY.findall(text))
            raise
        places.update((f"{name}.{field}", place) for field, place in found.items())

    _, problems = _each(paths, one)
    return data, unread, places, problems


def _id(path: str) -> str:
    """content/conditions/arthritis.es.md -> conditions/arthritis"""
    folder, _, name = path.removeprefix(f"{ROOT}/").partition("/")
    return f"{folder}/{name.partition('.')[0]}"


def _live(source: Source, now: datetime) -> bool:
    started = source.publish_at is None or source.publish_at <= now
    ended = source.expires_at is not None and source.expires_at <= now
    return started and not ended and not source.matter.draft
