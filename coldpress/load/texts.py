"""A content file -> Source, with its language, digest and moments; or its problems."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct

from coldpress.frontmatter import halved, matter_of
from coldpress.later import later
from coldpress.load.times import in_utc
from coldpress.model import Config, Source, Written
from coldpress.problems import BuildError, Place, Problem, error, one_of
from coldpress.prompts import unfilled
from coldpress.reading import read_bytes
from coldpress.schema import KINDS, FrontMatter, HubMatter, Kind, zone_named


class Text(Struct, frozen=True):
    """A content file, read. `problems` of a file that could be read are advice, or about its
    moments."""

    source: Source
    problems: tuple[Problem, ...]


def read_text(site: Path, path: str, config: Config, before: Source | None = None) -> Text:
    """Raises BuildError when the file has no usable front matter. `before`: the same file as this
    program read it once; while its front matter is written as it was, it says what it said."""
    kind = next(kind for kind in KINDS if kind.folder == path.split("/")[1])
    name, lang = _language(path, config)
    raw = read_bytes(site, path)
    halves = halved(raw, path)
    written = hashlib.sha256(f"{halves.line} {halves.written}".encode()).hexdigest()
    if before is not None and before.front == written:
        matter, places = before.matter, before.places
    else:
        matter, places = matter_of(halves, path, _model(kind, name))
    moments, problems = _moments(matter, places, config, Place(path))
    source = Source(
        path=path,
        kind=kind,
        name=name,
        lang=lang,
        matter=matter,
        written=later(Written(halves.body, places)),
        body_line=halves.body_line,
        digest=hashlib.sha256(raw).hexdigest(),
        front=written,
        publish_at=moments.get("publish_at"),
        expires_at=moments.get("expires_at"),
    )
    prompts = unfilled(raw.decode("utf-8-sig"), path, draft=matter.draft)
    return Text(source, (*problems, *prompts))


def _model(kind: Kind, name: str) -> type[FrontMatter]:
    return HubMatter if name == "index" and kind.name != "page" else kind.matter


def _language(path: str, config: Config) -> tuple[str, str]:
    """Name and language: `arthritis.es.md` is Spanish, `arthritis.md` the site's first language."""
    first, *others = config.facts.languages
    stem = path.rpartition("/")[2].removesuffix(".md")
    name, dot, lang = stem.rpartition(".")
    if not dot:
        return stem, first
    if lang in others:
        return name, lang
    if lang == first:
        message = f"{lang!r} is the site's first language and not part of a name"
        raise BuildError([error("unknown-language", Place(path), message, f"name it {name}.md")])
    message = f"the site has no language {lang!r}"
    hint = (
        f"{one_of(others)}; languages stand in site.yaml"
        if others
        else "see languages in site.yaml"
    )
    raise BuildError([error("unknown-language", Place(path), message, hint)])


def _moments(
    matter: FrontMatter, places: Mapping[str, Place], config: Config, top: Place
) -> tuple[dict[str, datetime], list[Problem]]:
    zone = _zone(config)
    moments: dict[str, datetime] = {}
    problems: list[Problem] = []
    for field in ("publish_at", "expires_at"):
        written = getattr(matter, field)
        if written is None:
            continue
        moment = in_utc(written, zone, places.get(field, top))
        if isinstance(moment, Problem):
            problems.append(moment)
        else:
            moments[field] = moment
    if len(moments) == 2 and moments["expires_at"] <= moments["publish_at"]:
        message = "this page would leave the site before it goes live"
        hint = "make expires_at later than publish_at"
        problems.append(error("expires-first", places.get("expires_at", top), message, hint))
    return moments, problems


def _zone(config: Config) -> ZoneInfo | None:
    return zone_named(config.facts.timezone) if config.facts.timezone else None
