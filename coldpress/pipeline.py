"""The stages in order. READ THIS FIRST.

    site.yaml -> Config        content/ -> Content -> routes -> pages       assets/ -> Assets
    all of these -> Site -> views -> plan -> made (bytes and facts) -> checked -> published

A stage is one function over frozen values. Nothing is written to output/ until everything has
passed, and then all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from coldpress.assets import build_assets
from coldpress.checks import check_all
from coldpress.collect import collect
from coldpress.config import load_config, unconfirmed
from coldpress.evidence import weigh
from coldpress.facts import facts_of
from coldpress.load import load
from coldpress.make import make
from coldpress.markdown import convert, known_of
from coldpress.model import (
    Config,
    Content,
    Facts,
    Made,
    Options,
    Page,
    Published,
    Recipe,
    Route,
    Site,
)
from coldpress.outputs import OUTPUTS
from coldpress.pictures import made_from, with_variants
from coldpress.plan import plan
from coldpress.problems import BuildError, Problem, errors_in
from coldpress.publish import lock, publish
from coldpress.render import render, template_folders
from coldpress.routes import route
from coldpress.strings import strings
from coldpress.views import page_recipes

POOL_PAYS = 200
"""Pages from which starting worker processes costs less than it saves."""
PICTURE = 20
"""Pages that could be made in the time one picture takes."""

Progress = Callable[[str, int, int], None]
"""What is going on, how many of how many."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished site in memory, checked; `advice` is what does not stop it."""

    site: Site
    made: Mapping[str, Made]
    advice: tuple[Problem, ...]


def silent(_what: str, _done: int, _of: int) -> None:
    """No progress shown."""


def build(options: Options, progress: Progress = silent) -> tuple[Built, Published]:
    """Compose, check, and put it in place. Raises BuildError or OperationError: then the output
    folder is as it was."""
    with lock(options.output):
        built = compose(options, progress)
        files = {output: one.content for output, one in built.made.items()}
        progress("publishing", 0, 1)
        return built, publish(
            files, options.output, sources=options.source, allow_shrink=options.allow_shrink
        )


def compose(options: Options, progress: Progress = silent) -> Built:
    """Everything but writing. Raises BuildError with all the problems of the stage that failed."""
    progress("reading", 0, 1)
    site, advice = gather(options)
    folders = template_folders(options.source)
    steps = plan(recipes(site), options.source, folders)
    cook_here = partial(cook, options.source, site.config.facts.budgets.page)
    with workers(options.jobs, sum(work(step.recipe) for step in steps.values())) as executor:
        made = make(
            steps,
            cook_here,
            cache_of(options.source) / "made.sqlite",
            executor,
            partial(progress, "making"),
        )
    progress("checking", 0, 1)
    return Built(site, made, passed(chain(advice, check_all(site, made))))


def gather(options: Options) -> tuple[Site, tuple[Problem, ...]]:
    """The site as the author wrote it, before anything is drawn or checked; and the advice so far.
    Enough for lists about the content, which must work while a check still fails."""
    config = load_config(options.source, options.base_url)
    content, problems = load(config, options)
    content = with_variants(content)
    routes, more = route(content, config)
    pages, others = convert_all(config, content, routes, options.source)
    advice = passed(chain(problems, more, others, unconfirmed(config, release=options.release)))

    folders = template_folders(options.source)
    assets = build_assets(options.source, config.base_path, cache_of(options.source) / "fonts")
    words = strings(folders, config.facts.languages[0])
    return collect(config, content, pages, weigh(content, pages), assets, words, options), advice


def convert_all(
    config: Config, content: Content, routes: Mapping[str, Route], source: Path
) -> tuple[tuple[Page, ...], list[Problem]]:
    """All Markdown, before any template runs. Every address exists by now."""
    known = known_of(content, routes, config, diagrams(source))
    pages: list[Page] = []
    problems: list[Problem] = []
    for one in content.sources:
        converted, found = convert(one, known)
        problems += found
        if converted is not None and one.path in routes:
            pages.append(Page(one, routes[one.path], converted))
    return tuple(pages), problems


def diagrams(source: Path) -> frozenset[str]:
    folders = (folder / "diagrams" for folder in template_folders(source))
    return frozenset(path.stem for folder in folders for path in folder.glob("*.svg"))


def recipes(site: Site) -> Iterator[Recipe]:
    yield from page_recipes(site)
    for output in OUTPUTS:
        yield from output(site)


def cook(source: Path, budget: int, recipe: Recipe) -> tuple[bytes, Facts]:
    """One output: its bytes and its facts. Runs in worker processes too."""
    if recipe.variant:
        content = made_from(source, recipe.copy_of, recipe.variant)
    elif recipe.copy_of:
        content = (source / recipe.copy_of).read_bytes()
    elif recipe.template:
        content = render(template_folders(source), recipe.template, recipe.view or {}).encode()
    else:
        content = recipe.content
    return content, facts_of(recipe.output, content, budget)


def passed(problems: Iterator[Problem]) -> tuple[Problem, ...]:
    """The advice, when there is no error; else all of it is raised."""
    found = tuple(sorted(set(problems)))
    if errors_in(found):
        raise BuildError(found)
    return found


def cache_of(source: Path) -> Path:
    return source / ".coldpress"


def work(recipe: Recipe) -> int:
    """In pages: a picture takes 0.1 to 2 s, a page 5 to 20 ms."""
    return PICTURE if recipe.variant else 1


@contextmanager
def workers(jobs: int, outputs: int) -> Iterator[Executor | None]:
    if jobs == 1 or outputs < POOL_PAYS:
        yield None
        return
    with ProcessPoolExecutor(jobs) as executor:
        yield executor
