"""The stages in order. READ THIS FIRST.

    site.yaml -> Config        content/ -> texts, pictures -> Outline -> bodies    assets/ -> Assets
    all of these -> Site -> views -> keys -> made (bytes and facts) -> checked -> published

Every arrow is remembered. A row (session.py) says what a result was made from; when all of that is
as it was, the result is too. What a text, a page or a check reads of the site is noted while it
reads (watch.py), so an edit costs what depends on it. Nothing is written to output/ until
everything has passed, and then all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from coldpress.addresses import LOCK
from coldpress.assets import SHIPPED as SHIPPED_ASSETS
from coldpress.assets import build_assets
from coldpress.baking import Shown
from coldpress.collect import collect, outline
from coldpress.confidential import secret_problems
from coldpress.config import load_config, unconfirmed
from coldpress.evidence import weigh
from coldpress.hosting import hosted
from coldpress.intake import (
    Folder,
    convert_texts,
    live_now,
    read_of,
    read_pictures,
    read_texts,
    will_pass,
)
from coldpress.keeping import Files, Keep
from coldpress.load import Found, join, walk
from coldpress.make import Crew
from coldpress.markdown import Known, known_of
from coldpress.memory.canon import digest
from coldpress.memory.inputs import Inputs
from coldpress.memory.session import OutputRow, Rows, Session, cache_of
from coldpress.memory.shelves import StoreShelf
from coldpress.memory.store import LostError
from coldpress.model import Config, Made, Options, Outline, Published, Site
from coldpress.oven import bake_all
from coldpress.pictures import with_variants
from coldpress.plan import Prints, template_prints
from coldpress.problems import BuildError, Problem, errors_in
from coldpress.publish import explained, lock, publish, signs_of
from coldpress.render import SHIPPED as SHIPPED_TEMPLATES
from coldpress.render import environment, read_anew, template_folders
from coldpress.routes import route
from coldpress.schedule import Change, note
from coldpress.strings import strings

PACKAGE = Path(__file__).resolve().parent
READ = ("site.yaml", "content", "templates", "assets")
"""What is read of the site's folder."""

Progress = Callable[[str, int, int], None]
"""What is going on, how many of how many."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site, checked; `advice` is what does not stop it."""

    site: Site
    made: Mapping[str, Made]
    advice: tuple[Problem, ...]
    rows: Mapping[str, OutputRow]
    """Digests and sizes of all that was made, by output."""
    changes: tuple[Change, ...]
    """When the site changes by itself, past and to come."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The site as the author wrote it, before anything is drawn or checked."""

    site: Site
    advice: tuple[Problem, ...]
    prints: Prints
    rows: Rows
    """Of this build, without outputs yet."""


def silent(_what: str, _done: int, _of: int) -> None:
    """No progress shown."""


def build(
    options: Options,
    progress: Progress = silent,
    session: Session | None = None,
    crew: Crew | None = None,
) -> tuple[Built, Published]:
    """Compose, check, and put it in place. Raises BuildError or OperationError: then the output
    folder is as it was."""
    session = session or Session(options)

    def work(crew: Crew) -> tuple[Built, Published]:
        built = composed(options, progress, session, crew)
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
    if published.changes or str(options.output) not in session.rows.published:
        signs = {str(options.output): signs_of(options.output, files)}
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
        partial(progress, "making"),
    )
    progress("checking", 0, 1)
    session.rows = rows
    extra = hosted(gathered.site, rows.outputs, session, crew)
    outputs = {**rows.outputs, **extra.rows}
    advice = passed((*gathered.advice, *problems, *extra.problems))
    return Built(gathered.site, Shown(outputs, session.store), advice, outputs, changes)


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


# ------------------------------------------------------------------------------ what is read


def collected(options: Options, session: Session, crew: Crew) -> Gathered:
    source, store = options.source, session.store
    inputs = inputs_of(source, session.rows)
    session.roots, session.looks, session.unsure = inputs.roots, inputs.signs, inputs.unsure
    code = inputs.tree(PACKAGE)
    session.made_by(code)
    config = config_of(options, inputs, code, session)
    found = store.remembered(
        f"walk:{names_of(inputs, source)}:{code}",
        lambda: walk(source),
        lambda found: not will_pass(found.problems),
    )
    folder = Folder(source, config, code)
    texts = read_texts(found, folder, inputs, session, crew)
    pictures = read_pictures(found, source, inputs, session, crew)
    folders = template_folders(source)
    templates = inputs.tree(*folders)

    def plan_site() -> tuple[Outline, Known, tuple[Problem, ...]]:
        read = read_of(texts, pictures, session)
        return outlined(config, options, found, read, folders)

    data = [inputs.digest(source / path) for path in found.data]
    asked = (inputs.digest(source / "site.yaml"), options.base_url, options.drafts)
    heads_read = {path: row.head for path, row in texts.items()}
    seen = {path: row.sha for path, row in pictures.items()}
    live = live_now(texts.values(), options)
    files = (found.problems, found.data, data, heads_read, seen, templates)
    rests_on = digest((code, asked, files, live))
    plan, known, problems = store.remembered(
        f"outline:{rests_on}", plan_site, lambda made: not will_pass(made[2])
    )
    store.forget_memory(("outline:", "walk:"), but=f"outline:{rests_on}")
    bodies = convert_texts(plan, texts, known, code, session, crew)
    found_problems = [p for row in bodies.values() for p in row.problems]
    rows = replace(session.rows, files=inputs.current(), texts=texts, pictures=pictures)
    rows = replace(rows, bodies=bodies)
    session.rows = rows
    doubts = (*unconfirmed(config, release=options.release), *secret_problems(config))
    advice = passed((*problems, *found_problems, *doubts))

    prints = prints_of(folders, templates, code, session)
    assets = store.remembered(
        f"assets:{inputs.tree(source / 'assets', SHIPPED_ASSETS)}:{config.base_path}:{code}",
        lambda: build_assets(source, config.base_path, cache_of(source) / "fonts"),
    )
    language = config.facts.languages[0]
    words = store.remembered(f"strings:{templates}:{language}", lambda: strings(folders, language))
    by_id = {id: bodies[path] for id, path in plan.paths.items()}
    keys = {id: row.body for id, row in by_id.items()}
    gists = {id: row.gist for id, row in by_id.items()}
    heads = {id: digest((texts[path].head, plan.routes[id])) for id, path in plan.paths.items()}
    sources = {id: texts[path].source for id, path in plan.paths.items()}
    shelf = StoreShelf(store, sources, keys, plan.routes)
    site = collect(
        config, plan, shelf, heads, keys, gists, weigh(plan.content, gists), assets, words, options
    )
    return Gathered(site, advice, prints, rows)


def inputs_of(source: Path, rows: Rows) -> Inputs:
    roots: dict[str, tuple[str, ...]] = {str(source): READ, str(PACKAGE.parent): (PACKAGE.name,)}
    for shipped in (SHIPPED_TEMPLATES, SHIPPED_ASSETS):
        here = roots.get(str(shipped.parent), ())
        roots[str(shipped.parent)] = (*here, *({shipped.name} - set(here)))
    return Inputs(roots, rows.files)


def names_of(inputs: Inputs, source: Path) -> str:
    """A digest of which files there are under content/, and of what sort."""
    return digest(inputs.names(source / "content"))


def config_of(options: Options, inputs: Inputs, code: str, session: Session) -> Config:
    written = inputs.digest(options.source / "site.yaml")
    if not written:
        return load_config(options.source, options.base_url)  # says what is wrong with it
    config: Config = session.store.remembered(
        f"config:{written}:{options.base_url}:{code}",
        lambda: load_config(options.source, options.base_url),
    )
    return config


def outlined(
    config: Config, options: Options, found: Found, read: Any, folders: tuple[Path, ...]
) -> tuple[Outline, Known, tuple[Problem, ...]]:
    content, problems = join(options, found, read)
    content = with_variants(content)
    routes, clashes = route(content, config)
    known = known_of(content, routes, config, diagrams(folders))
    return outline(content, routes), known, (*problems, *clashes)


def diagrams(folders: Iterable[Path]) -> frozenset[str]:
    return frozenset(p.stem for folder in folders for p in (folder / "diagrams").glob("*.svg"))


def prints_of(folders: tuple[Path, ...], templates: str, code: str, session: Session) -> Prints:
    read_anew(folders, templates)
    found = session.store.remembered(
        f"templates:{templates}:{code}", lambda: template_prints(environment(folders))
    )
    return Prints(found, code)


def passed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The advice, when there is no error; else all of it is raised."""
    found = tuple(sorted(set(problems)))
    if errors_in(found):
        raise BuildError(found)
    return found
