"""Site -> the outputs that are no page, and the problems that only the whole of it can show. Each
is kept while nothing it read has changed (cells.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from coldpress.addresses import broken_promises
from coldpress.baking import Order, Shown
from coldpress.cells import Cells
from coldpress.checks import OUTPUTS_CHECKS, SITE_CHECKS, OutputsCheck, SiteCheck
from coldpress.memory.canon import digest, digest_of_words
from coldpress.memory.watch import Name
from coldpress.model import Recipe, Site
from coldpress.outputs import OUTPUTS
from coldpress.outputs.search import search
from coldpress.problems import Problem
from coldpress.views import cards, expired


class Wanted(NamedTuple):
    order: Order
    own: str
    """Digests of what makes it itself."""


def whole_problems(cells: Cells, made: Shown, promises: str) -> Iterator[Problem]:
    """What only the whole site can show."""
    everything = digest_of_words(
        word for output, row in made.rows.items() for word in (output, row.key)
    )
    for lang in cells.languages:
        for check in SITE_CHECKS:
            told, _ = cells.value(f"{check.__name__} {lang}", partial(told_by, check, lang))
            yield from told
    for judge in OUTPUTS_CHECKS:
        work = partial(problems_of, judge, made)
        told, _ = cells.value(judge.__name__, work, everything)
        yield from told
    if promises:
        also = digest((promises, everything))
        work = partial(unkept, made, promises)
        told, _ = cells.value("promises", work, also)
        yield from told


def told_by(check: SiteCheck, lang: str, site: Site) -> tuple[Problem, ...]:
    return tuple(check(site.edition(lang)))


def unkept(made: Shown, promises: str, site: Site) -> tuple[Problem, ...]:
    return tuple(broken_promises(site, made, promises))


def other_orders(cells: Cells) -> tuple[dict[str, Wanted], dict[str, str]]:
    """Every output that is not a page; and by language the index of its search, if it has one. To
    make that takes longer than all the rest of an edit, and no page shows what is in it."""
    orders: dict[str, Wanted] = {}
    indexes: dict[str, str] = {}
    for lang in cells.languages:
        for output in (expired, cards, *OUTPUTS):
            work = partial(listed, output, lang)
            later = output is search
            recipes, own = cells.value(f"{output.__name__} {lang}", work, later=later)
            orders |= {recipe.output: Wanted(Order(lang, recipe), own) for recipe in recipes}
            if later and recipes:
                indexes[lang] = recipes[0].output
    return orders, indexes


def searched_with(site: Site, indexes: Mapping[str, str]) -> Site:
    """The site whose pages can name their index."""
    site = replace(site, search_index=indexes.get(site.lang, ""))
    others = {lang: searched_with(other, indexes) for lang, other in site.others.items()}
    return replace(site, others=others)


def late_names(site: Site) -> list[Name]:
    """What pages can read, and the lists before them cannot."""
    name = "search_index"
    return [(name,), *(("others", lang, name) for lang in site.others)]


def listed(output: Callable[[Site], Iterator[Recipe]], lang: str, site: Site) -> list[Recipe]:
    return list(output(site.edition(lang)))


def problems_of(check: OutputsCheck, made: Shown, site: Site) -> tuple[Problem, ...]:
    return tuple(check(site, made))
