"""content/ -> rows: files that changed are read and converted, the others stay as they were."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from sys import intern
from typing import NamedTuple

from msgspec import Struct

from coldpress.load import Data, Found, Read, Text, picture_or_trouble, text_or_trouble
from coldpress.make import Crew, make_all
from coldpress.markdown import Known, convert
from coldpress.memory.canon import digest
from coldpress.memory.inputs import Inputs
from coldpress.memory.session import BodyRow, PictureRow, Session, TextRow
from coldpress.memory.shelves import ROOM, Sources
from coldpress.memory.store import Store
from coldpress.memory.watch import Answers, Name, Same, condensed, watched
from coldpress.model import Config, Converted, Gist, Media, Options, Outline, Source
from coldpress.problems import BuildError, Problem


class Folder(Struct, frozen=True):
    """What a worker needs to read a file."""

    source: Path
    config: Config
    code: str

    @property
    def says(self) -> str:
        """Of what decides what a file means beside the file: where it says no time zone and no
        language, site.yaml does."""
        facts = self.config.facts
        return digest((facts.timezone, facts.languages, self.code))


# ------------------------------------------------------------------------------ texts


def read_texts(
    found: Found, folder: Folder, inputs: Inputs, session: Session, crew: Crew
) -> dict[str, TextRow]:
    """A row for every text, by path, in order."""
    says, root = folder.says, f"{folder.source}/"
    shas = inputs.digests(root, found.texts)
    since, old = session.since, session.rows.texts
    prints = since.each("prints", shas, lambda _path, sha: f"{sha} {says}", intern(says))
    doubtful = since.news("texts", prints, old)
    if doubtful is None:
        doubtful = list(prints)
        rows = {path: old[path] for path in prints if path in old}
    else:
        rows = dict(old)
    wanted = [path for path in doubtful if path not in rows or rows[path].sha != prints[path]]
    few = old if len(wanted) <= BATCH else {}
    asked = [Asked(path, as_read(few.get(path), says, session)) for path in wanted]
    fresh: dict[str, bytes] = {}
    for (path, _), (row, written) in make_all(read_one, folder, asked, crew):
        rows[path] = row._replace(sha="" if will_pass(row.problems) else prints[path])
        if written:
            fresh[row.source] = written
        if len(fresh) >= BATCH:
            session.store.put(fresh)
            fresh.clear()
    session.store.put(fresh)
    if list(rows) != list(prints):
        rows = {path: rows[path] for path in prints}
    if all(rows[path].sha for path in wanted):
        since.came("texts", prints, rows)
    return rows


BATCH = 512
"""Values written at once."""


class Asked(NamedTuple):
    path: str
    before: bytes
    """The file as this program read it once, pickled; nothing when it never did."""


def as_read(row: TextRow | None, says: str, session: Session) -> bytes:
    by_us = row is not None and row.source and row.sha.endswith(says)
    return session.store.get(row.source) or b"" if row and by_us else b""


def read_one(folder: Folder, asked: Asked) -> tuple[TextRow, bytes]:
    path, before = asked
    known = pickle.loads(before) if before else None
    text = text_or_trouble(folder.source, path, folder.config, known)
    if isinstance(text, BuildError):
        return TextRow("", digest(text.problems), "", problems=text.problems), b""
    source = text.source
    written = pickle.dumps(source, pickle.HIGHEST_PROTOCOL)
    key = f"source:{digest((source.digest, folder.says, path))}"
    row = TextRow(
        sha="",
        head=head_of(source, text),
        source=key,
        id=source.id,
        draft=source.matter.draft,
        publish_at=source.publish_at,
        expires_at=source.expires_at,
        problems=text.problems,
    )
    return row, written


def will_pass(problems: Iterable[Problem]) -> bool:
    """Whether something could not be read just now: that is no property of the file, and must not
    be remembered."""
    return any(problem.rule == "unreadable-file" for problem in problems)


def head_of(source: Source, text: Text) -> str:
    """All but the body, and where in the file it stands: problems name lines."""
    return digest((source.path, source.lang, source.matter, source.places, text.problems))


def texts_of(rows: Mapping[str, TextRow], session: Session) -> dict[str, Text | BuildError]:
    """As they were read, from the store."""
    keys = {row.source for row in rows.values() if row.source}
    read = session.sources.several(keys, keep=len(keys) <= ROOM)
    return {
        path: Text(read[row.source], row.problems) if row.source else BuildError(row.problems)
        for path, row in rows.items()
    }


# ------------------------------------------------------------------------------ pictures


def read_pictures(
    found: Found, source: Path, inputs: Inputs, session: Session, crew: Crew
) -> dict[str, PictureRow]:
    shas = {path: inputs.digest(source / path) for path in found.pictures}
    old = session.rows.pictures
    rows = {p: old[p] for p in found.pictures if p in old and old[p].sha == shas[p]}
    wanted = [path for path in found.pictures if path not in rows]
    for path, media in make_all(picture_or_trouble, source, wanted, crew):
        if isinstance(media, Media):
            rows[path] = PictureRow(shas[path], media, ())
        else:
            sha = "" if will_pass(media.problems) else shas[path]
            rows[path] = PictureRow(sha, None, media.problems)
    return {path: rows[path] for path in found.pictures}


def read_of(
    texts: Mapping[str, TextRow],
    pictures: Mapping[str, PictureRow],
    data: Data,
    session: Session,
) -> Read:
    return Read(
        texts_of(texts, session),
        {path: row.media or BuildError(row.problems) for path, row in pictures.items()},
        data,
    )


# ------------------------------------------------------------------------------ conversion


class Desk(Struct, frozen=True):
    """What a worker needs to convert a text."""

    known: Known
    sources: Sources
    code: str

    @property
    def store(self) -> Store:
        return self.sources.store


class Job(NamedTuple):
    path: str
    source: str
    """Where it lies in the store."""


def convert_texts(
    outline: Outline,
    texts: Mapping[str, TextRow],
    desk: Desk,
    session: Session,
    crew: Crew,
    same: bool,
) -> dict[str, BodyRow]:
    """A row for every page in its own language, by path. One whose text, and everything it looked
    up, is as it was keeps its row. `same`: whether the outline, in which all looks up, is."""
    answers = Answers(desk.known)
    old = session.rows.bodies
    one = Same()
    paths = {path: id for id, path in outline.paths.items() if id not in outline.borrowed}
    doubtful = session.since.news("bodies", texts, old) if same else None
    rows = {path: old[path] for path in paths if path in old}
    wanted = [
        Job(path, texts[path].source)
        for path in (paths if doubtful is None else filter(paths.__contains__, doubtful))
        if not (row := rows.get(path))
        or row.sha != texts[path].sha
        or not (same or row.print == answers.print_of(row.names))
    ]
    fresh: dict[str, bytes] = {}
    for job, (row, written) in make_all(convert_one, desk, wanted, crew):
        print_ = answers.print_of(row.names)
        body = f"body:{digest((texts[job.path].sha, print_))}"
        names = one.all(row.names)
        row = row._replace(sha=texts[job.path].sha, print=print_, body=body, names=names)
        before = old.get(job.path)
        if before and before.gist == row.gist:  # the same object: nobody need look into it
            row = row._replace(gist=before.gist)
        rows[job.path] = row
        if written:
            fresh[body] = written
        if len(fresh) >= BATCH:
            session.store.put(fresh)
            fresh.clear()
    session.store.put(fresh)
    return rows if list(rows) == list(paths) else {path: rows[path] for path in paths}


def convert_one(desk: Desk, job: Job) -> tuple[BodyRow, bytes]:
    source: Source = desk.sources.one(job.source)
    names: set[Name] = set()
    converted, problems = convert(source, watched(desk.known, names))
    seen = condensed(names)
    if converted is None:
        return BodyRow("", "", seen, "", Gist(), 0, problems), b""
    gist, words = gist_of(source, converted), len(converted.text.split())
    written = pickle.dumps(converted, pickle.HIGHEST_PROTOCOL)
    return BodyRow("", "", seen, "", gist, words, problems), written


def gist_of(source: Source, converted: Converted) -> Gist:
    image = source.matter.image
    shown = (normpath(join(dirname(source.path), image.src)),) if image else ()
    media = tuple(dict.fromkeys((*converted.media, *shown)))
    return Gist(converted.citations, media)


def live_now(rows: Iterable[TextRow], options: Options) -> str:
    """A digest of what a visitor may see at this moment: it changes at the instants at which the
    site changes by itself, and at no other."""
    now = options.now

    def past(at: datetime | None) -> bool:
        return at is not None and at <= now

    timed = (row for row in rows if row.draft or row.publish_at or row.expires_at)
    return digest(
        [(row.id, row.draft, past(row.publish_at), past(row.expires_at)) for row in timed]
    )
