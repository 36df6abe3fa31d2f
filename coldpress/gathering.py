"""site.yaml and content/ -> Site: everything that is read, before anything is drawn or checked.

config -> walk -> texts, translations completed -> pictures -> one outline a language
-> bodies -> Site (editions.py)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coldpress.assets import SHIPPED as SHIPPED_ASSETS
from coldpress.assets import build_assets
from coldpress.confidential import secret_problems
from coldpress.config import load_config, unconfirmed
from coldpress.echoes import ECHOES, without_echoes
from coldpress.editions import site_of, still_of, unmoved
from coldpress.intake import (
    Desk,
    Folder,
    convert_texts,
    live_now,
    read_of,
    read_pictures,
    read_texts,
    will_pass,
)
from coldpress.load import Data, Found, read_data, walk
from coldpress.make import Crew
from coldpress.memory.canon import digest, digest_of_words
from coldpress.memory.inputs import Inputs, look_at
from coldpress.memory.libraries import versions
from coldpress.memory.session import BodyRow, Rows, Session, TextRow, cache_of
from coldpress.memory.store import Store
from coldpress.model import Config, Options, Site
from coldpress.outlining import Plans, outlined, spoken
from coldpress.plan import Prints, template_prints
from coldpress.problems import BuildError, Problem, errors_in
from coldpress.render import SHIPPED as SHIPPED_TEMPLATES
from coldpress.render import environment, read_anew, template_folders
from coldpress.schedule import day_at
from coldpress.social import TEMPLATE, made_by
from coldpress.translations import completed

PACKAGE = Path(__file__).resolve().parent
OURS = (PACKAGE, SHIPPED_TEMPLATES, SHIPPED_ASSETS)
READ = ("site.yaml", "content", "templates", "assets")
"""What is read of the site's folder."""


class Gathered(Struct, frozen=True):
    """The site as the author wrote it, before anything is drawn or checked."""

    site: Site
    advice: tuple[Problem, ...]
    prints: Prints
    rows: Rows
    """Of this build, without outputs yet."""
    still: tuple[object, ...]
    """What in the site is surely as it was in the last build."""
    words: int
    """In all texts."""


def collected(options: Options, session: Session, crew: Crew) -> Gathered:
    source, store = options.source, session.store
    inputs = session.inputs = inputs_of(source, session)
    code = session.code or program_of(inputs)
    session.made_by(code)
    before = session.rows
    config = config_of(options, inputs, code, session)
    found = walked(source, inputs, code, store)
    folder = Folder(source, config, code)
    texts = read_texts(found, folder, inputs, session, crew)
    pictures = read_pictures(found, source, inputs, session, crew)
    read_rows, complete = texts, completed(texts, session)
    texts = read_rows | complete
    session.sources.only({row.source for row in (*read_rows.values(), *complete.values())})
    folders = template_folders(source)
    templates = inputs.tree(*folders)
    words, tongues = store.remembered(
        f"strings:{templates}:{config.facts.languages}:{code}",
        lambda: spoken(folders, config),
    )

    shas = [inputs.digest(source / path) for path in found.data]
    asked = (inputs.digest(source / "site.yaml"), options.base_url, options.drafts)
    seen = {path: row.sha for path, row in pictures.items()}
    live = live_now(texts.values(), options)
    files = (found.problems, found.data, shas, heads_of(texts, session), seen, templates)
    outlined_by = f"outline:{digest((code, asked, files, live))}"

    def plan_site() -> Plans:
        data = data_of(found, shas, source, code, store)
        read = read_of(texts, pictures, data, session)
        return outlined(config, options, found, read, folders, words)

    plans = store.remembered(outlined_by, plan_site, lambda made: not will_pass(made.problems))
    store.forget_memory(("outline:",), but=outlined_by)
    same = before.outline == outlined_by
    bodies = converted(plans, texts, code, session, crew, same=same)
    session.since.came("bodies", texts, bodies)
    quiet = unmoved(bodies, before.bodies)
    found_problems = [p for row in bodies.values() for p in row.problems]
    rows = session.rows = replace(
        before,
        files=inputs.current(),
        texts=read_rows,
        completed=complete,
        pictures=pictures,
        bodies=bodies,
        outline="" if will_pass(plans.problems) else outlined_by,
        answered=before.answered if quiet else "",
    )
    today = day_at(config, options.now)
    doubts = (*unconfirmed(config, today, release=options.release), *secret_problems(config))
    advice = passed(without_echoes((*plans.problems, *found_problems, *doubts), names_in(plans)))

    # A page is weighed as exactly as its limit asks for, so its weight rests on the limit.
    limit = config.facts.budgets.page
    prints = replace(prints_of(folders, templates, code, session), code=digest((code, limit)))
    assets = store.remembered(
        f"assets:{inputs.tree(source / 'assets', SHIPPED_ASSETS)}:{config.base_path}:{code}",
        lambda: build_assets(source, config.base_path, cache_of(source) / "fonts"),
    )

    maker = made_by(prints.templates.get(TEMPLATE, ""))
    site = site_of(plans, texts, bodies, assets, (words, tongues), maker, options, session)
    still = still_of(plans, site, quiet=quiet) if before.answered == outlined_by else ()
    return Gathered(
        site,
        advice,
        prints,
        rows,
        still=tuple(still),
        words=sum(row.words for row in bodies.values()),
    )


def walked(source: Path, inputs: Inputs, code: str, store: Store) -> Found:
    """The files of content/: the same object, as long as there are the same."""
    key = f"walk:{inputs.print_of(source / 'content')}:{code}"
    store.forget_memory(("walk:",), but=key)
    return store.remembered(key, lambda: walk(source), lambda found: not will_pass(found.problems))


def heads_of(texts: Mapping[str, TextRow], session: Session) -> str:
    """A digest of every front matter."""
    heads = session.since.each("heads", texts, lambda _path, row: row.head)
    words = partial(chain.from_iterable, heads.items())
    return session.worked_out("heads", (heads,), lambda: digest_of_words(words()))


def data_of(found: Found, shas: Sequence[str], source: Path, code: str, store: Store) -> Data:
    """`shas`: digests of the data files."""
    key = f"data:{digest((found.data, shas))}:{code}"
    store.forget_memory(("data:",), but=key)
    return store.remembered(
        key,
        lambda: read_data(source, found.data),
        lambda read: not will_pass(read.problems),
    )


def converted(
    plans: Plans,
    texts: Mapping[str, TextRow],
    code: str,
    session: Session,
    crew: Crew,
    *,
    same: bool,
) -> dict[str, BodyRow]:
    """Of all languages. `same`: whether the plans are those of the last build."""
    bodies: dict[str, BodyRow] = {}
    for plan in plans.editions.values():
        desk = Desk(plan.known, session.sources, code)
        bodies |= convert_texts(plan.outline, texts, desk, session, crew, same)
    return bodies


def inputs_of(source: Path, session: Session) -> Inputs:
    """The site's own folders, the program, and what it ships: all of it may stand in one folder.
    A preview goes on with the program it began with."""
    parts = [(source, name) for name in READ]
    ours = (SHIPPED_TEMPLATES, SHIPPED_ASSETS) if session.code else OURS
    parts += [(path.parent, path.name) for path in ours]
    roots: dict[str, tuple[str, ...]] = {}
    for folder, name in dict.fromkeys(parts):
        roots[str(folder)] = (*roots.get(str(folder), ()), name)
    before, saved = session.inputs, session.saved_files
    if before and saved is not None and before.covers(roots) and before.follow(saved):
        return before
    look, session.look = session.look, None  # good for one build
    return Inputs(look if look and look.roots == roots else look_at(roots), session.rows.files)


def program_of(inputs: Inputs) -> str:
    """A digest of what makes a site: our own code, and the libraries it calls."""
    return digest_of_words([inputs.tree(PACKAGE), *chain.from_iterable(versions().items())])


def config_of(options: Options, inputs: Inputs, code: str, session: Session) -> Config:
    written = inputs.digest(options.source / "site.yaml")
    if not written:
        return load_config(options.source, options.base_url)  # says what is wrong with it
    config: Config = session.store.remembered(
        f"config:{written}:{options.base_url}:{code}",
        lambda: load_config(options.source, options.base_url),
    )
    return config


def prints_of(folders: tuple[Path, ...], templates: str, code: str, session: Session) -> Prints:
    read_anew(folders, templates)
    found = session.store.remembered(
        f"templates:{templates}:{code}", lambda: template_prints(environment(folders))
    )
    return Prints(found, code)


def names_in(plans: Plans) -> Mapping[str, AbstractSet[str]]:
    """Of each data file that texts name something of."""
    known = next(iter(plans.editions.values())).known
    return {name: getattr(known, name) for name in ECHOES}


def passed(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The advice, when there is no error; else all of it is raised."""
    found = tuple(sorted(set(problems)))
    if errors_in(found):
        raise BuildError(found)
    return found
