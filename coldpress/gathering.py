"""site.yaml and content/ -> Site: everything that is read, before anything is drawn or checked.

config -> walk -> texts, translations completed -> pictures -> one outline a language
-> bodies -> one Site a language, the first of which has the others
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from coldpress.assets import SHIPPED as SHIPPED_ASSETS
from coldpress.assets import build_assets
from coldpress.collect import alternates_of, collect, outline
from coldpress.confidential import secret_problems
from coldpress.config import load_config, unconfirmed
from coldpress.evidence import weigh
from coldpress.intake import (
    Folder,
    convert_texts,
    live_now,
    read_of,
    read_pictures,
    read_texts,
    will_pass,
)
from coldpress.load import Found, join, walk
from coldpress.make import Crew
from coldpress.markdown import Known, known_of
from coldpress.memory.canon import digest
from coldpress.memory.inputs import Inputs
from coldpress.memory.session import BodyRow, Rows, Session, cache_of
from coldpress.memory.shelves import StoreShelf
from coldpress.model import Config, Options, Outline, Site
from coldpress.pictures import with_variants
from coldpress.plan import Prints, template_prints
from coldpress.problems import BuildError, Problem, errors_in
from coldpress.render import SHIPPED as SHIPPED_TEMPLATES
from coldpress.render import environment, read_anew, template_folders
from coldpress.routes import route
from coldpress.social import TEMPLATE, made_by
from coldpress.strings import language, paths_in, strings
from coldpress.translations import completed, content_in, facts_in, labels_of

PACKAGE = Path(__file__).resolve().parent
READ = ("site.yaml", "content", "templates", "assets")
"""What is read of the site's folder."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The site as the author wrote it, before anything is drawn or checked."""

    site: Site
    advice: tuple[Problem, ...]
    prints: Prints
    rows: Rows
    """Of this build, without outputs yet."""


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

    words = store.remembered(
        f"strings:{templates}:{config.facts.languages}",
        lambda: {
            lang: strings(folders, lang, config.place(f"languages.{number}"))
            for number, lang in enumerate(config.facts.languages)
        },
    )

    def plan_site() -> tuple[Mapping[str, Planned], tuple[Problem, ...]]:
        read = read_of(texts, pictures, session)
        return outlined(config, options, found, read, folders, words)

    read_rows = texts
    complete = completed(texts, session)
    texts = texts | complete
    data = [inputs.digest(source / path) for path in found.data]
    asked = (inputs.digest(source / "site.yaml"), options.base_url, options.drafts)
    heads_read = {path: row.head for path, row in texts.items()}
    seen = {path: row.sha for path, row in pictures.items()}
    live = live_now(texts.values(), options)
    files = (found.problems, found.data, data, heads_read, seen, templates)
    rests_on = digest((code, asked, files, live))
    plans, problems = store.remembered(
        f"outline:{rests_on}", plan_site, lambda made: not will_pass(made[1])
    )
    store.forget_memory(("outline:", "walk:"), but=f"outline:{rests_on}")
    bodies: dict[str, BodyRow] = {}
    for plan in plans.values():
        bodies |= convert_texts(plan.outline, texts, plan.known, code, session, crew)
    found_problems = [p for row in bodies.values() for p in row.problems]
    rows = replace(session.rows, files=inputs.current(), texts=read_rows, completed=complete)
    rows = replace(rows, pictures=pictures, bodies=bodies)
    session.rows = rows
    doubts = (*unconfirmed(config, release=options.release), *secret_problems(config))
    advice = passed((*problems, *found_problems, *doubts))

    # A page is weighed as exactly as its limit asks for, so its weight rests on the limit.
    limit = config.facts.budgets.page
    prints = replace(prints_of(folders, templates, code, session), code=digest((code, limit)))
    assets = store.remembered(
        f"assets:{inputs.tree(source / 'assets', SHIPPED_ASSETS)}:{config.base_path}:{code}",
        lambda: build_assets(source, config.base_path, cache_of(source) / "fonts"),
    )
    alternates = alternates_of({lang: plan.outline for lang, plan in plans.items()})
    tongues = {lang: language(lang, config.facts.languages, words[lang]) for lang in plans}

    def edition(lang: str, plan: Planned) -> Site:
        paths, routes = plan.outline.paths, plan.outline.routes
        keys = {id: bodies[path].body for id, path in paths.items()}
        heads = {id: digest((texts[path].head, routes[id])) for id, path in paths.items()}
        gists = {
            id: bodies[path].gist for id, path in paths.items() if id not in plan.outline.borrowed
        }
        shelf = StoreShelf(store, {id: texts[p].source for id, p in paths.items()}, keys, routes)
        site = collect(
            lang,
            plan.config,
            plan.outline,
            shelf,
            heads,
            keys,
            gists,
            weigh(plan.outline.content, gists),
            assets,
            words[lang],
            options,
            alternates,
            tongues,
            {id: row for id, path in paths.items() if (row := texts[path].translation)},
        )
        return replace(site, card_maker=made_by(prints.templates.get(TEMPLATE, "")))

    first, *others = (edition(lang, plan) for lang, plan in plans.items())
    site = replace(first, others={other.lang: other for other in others})
    return Gathered(site, advice, prints, rows)


def inputs_of(source: Path, rows: Rows) -> Inputs:
    """The site's own folders, the program, and what it ships: all of it may stand in one folder."""
    parts = [(source, name) for name in READ]
    parts += [(path.parent, path.name) for path in (PACKAGE, SHIPPED_TEMPLATES, SHIPPED_ASSETS)]
    roots: dict[str, tuple[str, ...]] = {}
    for folder, name in dict.fromkeys(parts):
        roots[str(folder)] = (*roots.get(str(folder), ()), name)
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


@dataclass(frozen=True, slots=True)
class Planned:
    """One language's edition before its texts are converted."""

    config: Config
    """With the words of site.yaml in its language."""
    outline: Outline
    known: Known


def outlined(
    config: Config,
    options: Options,
    found: Found,
    read: Any,
    folders: tuple[Path, ...],
    words: Mapping[str, Mapping[str, str]],
) -> tuple[Mapping[str, Planned], tuple[Problem, ...]]:
    """By language, in the order of site.yaml."""
    content, problems = join(options, found, read)
    content = with_variants(content)
    languages = config.facts.languages
    paths = {lang: paths_in(words[lang]) for lang in languages[1:]}
    routes, clashes = route(content, config, paths)
    drawings = diagrams(folders)

    def planned(lang: str) -> Planned:
        own = content_in(content, lang, languages[0])
        facts = facts_in(config.facts, lang, labels_of(own.sources, lang))
        plan = replace(config, facts=facts)
        return Planned(plan, outline(own, routes, lang), known_of(own, routes, plan, drawings))

    return {lang: planned(lang) for lang in languages}, (*problems, *clashes)


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
