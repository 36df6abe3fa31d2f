"""The stages in order. READ THIS FIRST.

    site.yaml -> Config        content/ -> texts, pictures -> Outline -> bodies    assets/ -> Assets
    all of these -> Site -> views -> keys -> made (bytes and facts) -> checked -> published

Every arrow is remembered. A row (session.py) says what a result was made from; when all of that is
as it was, the result is too. What a text, a page or a check reads of the site is noted while it
reads (watch.py), so an edit costs what depends on it. Nothing is written to output/ until
everything has passed, and then all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from coldpress.addresses import LOCK
from coldpress.baking import Shown
from coldpress.blame import of_templates
from coldpress.gathering import collected, passed
from coldpress.hosting import hosted
from coldpress.keeping import Files, Keep
from coldpress.make import Crew
from coldpress.memory.session import OutputRow, Session, cache_of
from coldpress.memory.store import LostError
from coldpress.model import Made, Options, Published, Site
from coldpress.oven import bake_all
from coldpress.problems import Problem
from coldpress.publish import explained, lock, publish, signs_of
from coldpress.schedule import Change, note

Progress = Callable[[str, int, int], None]
"""What is going on, how many of how many."""
T = TypeVar("T")


class Built(Struct, frozen=True):
    """A finished site, checked; `advice` is what does not stop it."""

    site: Site
    made: Mapping[str, Made]
    own: Mapping[str, Made]
    """Without what the host gets beside the site: that is nobody's address."""
    advice: tuple[Problem, ...]
    rows: Mapping[str, OutputRow]
    """Digests and sizes of all that was made, by output."""
    changes: tuple[Change, ...]
    """When the site changes by itself, past and to come."""
    words: int
    """In all texts."""


def silent(_what: str, _done: int, _of: int) -> None:
    """No progress shown."""


def unasked(_built: Built) -> None:
    """Nothing to look for."""


def build(
    options: Options,
    progress: Progress = silent,
    session: Session | None = None,
    crew: Crew | None = None,
    look: Callable[[Built], object] = unasked,
) -> tuple[Built, Published]:
    """Compose, check, and put it in place. Raises BuildError or OperationError: then the output
    folder is as it was. `look`: at the finished site, before it is put in place; it may raise."""
    session = session or Session(options)

    def work(crew: Crew) -> tuple[Built, Published]:
        built = composed(options, progress, session, crew)
        look(built)
        progress("publishing", 0, 1)
        return built, put_in_place(built, options, session)

    with lock(options.output):
        built, published = remembering(work, session, crew or Crew(options.jobs))
        coming = cache_of(options.source) / "next-change.txt"
        with suppress(OSError):  # only a note for schedulers
            coming.write_bytes(note(c for c in built.changes if c.at > options.now))
    with suppress(OSError):  # the site is published
        session.tidy()
    return built, published


def put_in_place(built: Built, options: Options, session: Session) -> Published:
    """Also keeps fingerprinted files of the last builds: a page in somebody's cache names them."""
    keep = Keep(options.output, built.site.config.facts.deploy.keep_builds, built.rows)
    files = Files(built.made, keep.files)
    published = publish(
        files,
        options.output,
        sources=options.source,
        allow_shrink=options.allow_shrink,
        manifest_extra=keep.extra,
        digests={path: (row.sha256, row.size) for path, row in built.rows.items()} | keep.digests,
        signs=session.rows.published.get(str(options.output), {}),
    )
    looks = published.looks
    if published.changes or len(looks) < len(files):
        others = signs_of(options.output, (path for path in files if path not in looks))
        signs = {str(options.output): {**looks, **others}}
        session.rows = replace(session.rows, published=session.rows.published | signs)
    return published


def compose(
    options: Options,
    progress: Progress = silent,
    session: Session | None = None,
    crew: Crew | None = None,
) -> Built:
    """Everything but writing. Raises BuildError with all the problems of the stage that failed."""
    session = session or Session(options)

    def work(crew: Crew) -> Built:
        return composed(options, progress, session, crew)

    return remembering(work, session, crew or Crew(options.jobs))


def remembering(work: Callable[[Crew], T], session: Session, crew: Crew) -> T:
    """What has been found out is kept, also when the site has errors: the next try is quick. It
    only saves time: when it is lost on the way (a full disk, a damaged file), all is made without,
    in this process."""
    try:
        try:
            with explained():
                return work(crew)
        finally:
            session.save()
    except LostError:
        session.begin_anew()
        with explained():
            return work(Crew())


def composed(options: Options, progress: Progress, session: Session, crew: Crew) -> Built:
    progress("reading", 0, 1)
    gathered = collected(options, session, crew)
    rows, problems, changes = bake_all(
        gathered.site,
        options.source,
        gathered.prints,
        gathered.rows,
        session,
        crew,
        promises(options.source),
        gathered.still,
        partial(progress, "making"),
    )
    progress("checking", 0, 1)
    session.rows = rows
    extra = hosted(gathered.site, rows.outputs, session, crew)
    outputs = {**rows.outputs, **extra.rows}
    found = (*gathered.advice, *problems, *extra.problems)
    advice = passed(of_templates(found, options.source))
    own, shown = (Shown(some, session.store) for some in (rows.outputs, outputs))
    return Built(gathered.site, shown, own, advice, outputs, changes, gathered.words)


def promises(source: Path) -> str:
    """The addresses that were ever published: no file, no promise."""
    try:
        return (source / LOCK).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""


def gather(options: Options) -> tuple[Site, tuple[Problem, ...]]:
    """Enough for lists about the content, which must work while a check still fails."""
    session = Session(options)
    gathered = remembering(partial(collected, options, session), session, Crew(options.jobs))
    return gathered.site, gathered.advice
