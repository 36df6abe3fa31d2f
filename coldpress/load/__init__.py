"""content/ -> Content: every text, picture and data file, read and typed; and all its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from msgspec import Struct

from coldpress.expiry import is_expired
from coldpress.load import links
from coldpress.load.expired import expired_trouble
from coldpress.load.offers import offers_trouble
from coldpress.load.texts import Text, read_text
from coldpress.load.walk import Found, walk
from coldpress.model import Config, Content, Media, Options, Source
from coldpress.problems import BuildError, Place, Problem
from coldpress.reading import decode, read_bytes
from coldpress.schema import Finding, GlossaryTerm, Key, Offer, Reference, Synonym
from coldpress.slugs import id_of
from coldpress.translations.words import language_of, read_words, words_trouble
from coldpress.yamltext import DATA_BYTES, read

__all__ = [
    "Data",
    "Found",
    "Read",
    "Text",
    "is_live",
    "join",
    "load",
    "picture_or_trouble",
    "read_data",
    "text_or_trouble",
    "walk",
]

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


class Read(Struct, frozen=True):
    """The files of content/, each read by itself, by path: values, or the problems of those that
    could not be read."""

    texts: Mapping[str, Text | BuildError]
    pictures: Mapping[str, Media | BuildError]
    data: Data


class Data(NamedTuple):
    """The data files."""

    records: Mapping[str, Mapping[str, Any]]
    """By name of the file ("findings"): empty when there is none."""
    unread: Mapping[str, frozenset[str]]
    """Keys of those with an error."""
    places: Mapping[str, Place]
    words: Mapping[str, Any]
    """By language: what translations say of them."""
    problems: tuple[Problem, ...]


def load(config: Config, options: Options) -> tuple[Content, tuple[Problem, ...]]:
    """All of it at once, for who reads a site a single time."""
    found = walk(options.source)
    read = Read(
        {path: text_or_trouble(options.source, path, config) for path in found.texts},
        {path: picture_or_trouble(options.source, path) for path in found.pictures},
        read_data(options.source, found.data),
    )
    return join(options, found, read)


def text_or_trouble(
    site: Path, path: str, config: Config, before: Source | None = None
) -> Text | BuildError:
    """`before`: as `read_text` takes it."""
    try:
        return read_text(site, path, config, before)
    except BuildError as bad:
        return bad


def picture_or_trouble(site: Path, path: str) -> Media | BuildError:
    from coldpress.load.pictures import read_picture  # what opens pictures, where one is new

    try:
        return read_picture(site, path)
    except BuildError as bad:
        return bad


def join(options: Options, found: Found, read: Read) -> tuple[Content, tuple[Problem, ...]]:
    """What could be read, and every problem, errors among them: a text with an error is not among
    the sources, and the stages after this one can still find what is wrong with the others. Of a
    data file with an error the keys are known, so that what refers to them is not wrong too.
    """
    problems = list(found.problems)
    data, unread, places, words, bad_data = read.data
    keys = {name: entries.keys() | unread.get(name, ()) for name, entries in data.items()}
    texts, bad_texts = _sorted_out(read.texts)
    pictures, bad_pictures = _sorted_out(read.pictures)
    problems += [*bad_data, *bad_texts, *bad_pictures]
    problems += words_trouble(words, places, data)
    problems += [problem for text in texts for problem in text.problems]

    ids = {id_of(path) for path in found.texts}
    sources = [text.source for text in texts]
    refused = _refused(found, read.pictures)
    shown = refused.union(found.pictures)
    problems += links.of_sources(sources, ids, keys["findings"], shown)
    problems += links.of_findings(data["findings"], keys["references"], ids, places)
    problems += links.of_glossary(data["glossary"], places)
    problems += links.of_synonyms(data["synonyms"], ids, places)
    problems += offers_trouble(data["offers"], sources, ids, places)
    problems += expired_trouble(sources, ids)
    live = tuple(source for source in sources if options.drafts or is_live(source, options.now))
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
        expired=()
        if options.drafts
        else tuple(source for source in sources if is_expired(source, options.now)),
        left_out=left_out,
        refused=refused,
        unread_keys=unread,
        unreadable=frozenset(found.texts) - {source.path for source in sources},
        words=words,
        synonyms=data["synonyms"],
        offers=data["offers"],
    )
    return content, tuple(sorted(set(problems)))


def _refused(found: Found, pictures: Mapping[str, Media | BuildError]) -> frozenset[str]:
    """Files that are there and have an error: drawings with scripts and links among them."""
    unread = {path for path, one in pictures.items() if isinstance(one, BuildError)}
    return frozenset(unread | {one.path for one in found.problems if one.level == "error"})


def _sorted_out(read: Mapping[str, T | BuildError]) -> tuple[list[T], list[Problem]]:
    values = [one for one in read.values() if not isinstance(one, BuildError)]
    problems = [p for one in read.values() if isinstance(one, BuildError) for p in one.problems]
    return values, problems


def read_data(site: Path, paths: Sequence[str]) -> Data:
    originals = [path for path in paths if not language_of(path)]
    records, unread, places, problems = _data(site, originals)
    translated = [path for path in paths if language_of(path)]
    words, word_places, bad_words = read_words(site, translated)
    return Data(records, unread, places | word_places, words, (*problems, *bad_words))


def _data(
    site: Path, paths: Iterable[str]
) -> tuple[dict[str, dict[str, Any]], dict[str, frozenset[str]], dict[str, Place], list[Problem]]:
    """The data files by name ("findings"), a missing one empty; the keys of those with an error;
    and the places."""
    data: dict[str, dict[str, Any]] = {name: {} for name in MODELS}
    unread: dict[str, frozenset[str]] = {}
    places: dict[str, Place] = {}

    problems: list[Problem] = []
    for path in paths:
        name = path.rpartition("/")[2].removesuffix(".yaml")
        text = ""
        try:
            text = decode(read_bytes(site, path, DATA_BYTES), path)
            data[name], found = read(text, path, MODELS[name], max_bytes=DATA_BYTES)
            places.update((f"{name}.{field}", place) for field, place in found.items())
        except BuildError as bad:
            unread[name] = frozenset(TOP_KEY.findall(text))
            problems += bad.problems
    return data, unread, places, problems


def is_live(source: Source, now: datetime) -> bool:
    """Whether a visitor may see it at this moment."""
    started = source.publish_at is None or source.publish_at <= now
    ended = source.expires_at is not None and source.expires_at <= now
    return started and not ended and not source.matter.draft
