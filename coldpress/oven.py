"""Gathered site + rows of the last build -> rows of this one, and all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, partial
from itertools import chain
from pathlib import Path
from sys import intern
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from coldpress.addresses import broken_promises
from coldpress.baking import Kitchen, Order, Shown, bake
from coldpress.cells import Cells
from coldpress.checks import (
    OUTPUTS_CHECKS,
    SITE_CHECKS,
    OutputsCheck,
    SiteCheck,
    Target,
)
from coldpress.linking import dead_links
from coldpress.make import Crew, make_all
from coldpress.memory.canon import digest, digest_of_words
from coldpress.memory.session import CellRow, OutputRow, Rows, Session
from coldpress.memory.spare import give_back
from coldpress.memory.watch import Answers, Name, Same
from coldpress.model import Recipe, Site
from coldpress.outputs import OUTPUTS
from coldpress.outputs.search import search
from coldpress.plan import Prints
from coldpress.problems import Problem
from coldpress.schedule import Change, changes
from coldpress.views import cards, expired

T = TypeVar("T")
PICTURE = 20
"""Pages that could be made in the time one picture takes."""
BATCH = 256
"""Values written to the store at once."""


class Wanted(NamedTuple):
    order: Order
    own: str
    """Digests of what makes it itself."""


def bake_all(
    site: Site,
    source: Path,
    prints: Prints,
    rows: Rows,
    session: Session,
    crew: Crew,
    promises: str,
    still: Iterable[object],
    progress: Callable[[int, int], None],
) -> tuple[Rows, tuple[Problem, ...], tuple[Change, ...]]:
    """`rows`: of this build's texts; its outputs are still those of the last one. `promises`: the
    text of addresses.lock. `still`: parts of the site that are surely as they were then."""
    answers = Answers(site, session.answers_before(), still)
    changed = answers.changed(rows.answers)
    cells = Cells(site, answers, changed, session, rows.cells, {}, prints.code)
    others, indexes = other_orders(cells)
    own: dict[str, tuple[str, ...]] = {}
    for edition in site.editions:
        own |= own_of(edition, session)
    own |= {output: (one.own,) for output, one in others.items()}
    site = searched_with(site, indexes)
    changed |= answers.look_at(site, late_names(site), rows.answers)

    @cache
    def drawn_by(template: str) -> str:
        return digest((prints.templates.get(template, ""), prints.code))

    def order(output: str) -> Order:
        if output in others:
            return others[output].order
        edition = site.edition_with(output)
        return Order(edition.lang, edition.outputs[output])

    touched = session.touched(changed, rows.outputs)
    made_by = prints.templates, intern(prints.code)
    doubtful = session.since.news("outputs", own, rows.outputs, *made_by)
    kept = standing(rows.outputs, own, touched, doubtful, drawn_by)
    wanted = [order(output) for output in own if output not in kept]
    wanted.sort(key=partial(is_article, site))
    before = {
        output: row
        for order in wanted
        if (row := rows.outputs.get(output := output_of(site, order)))
    }
    judged = {o: row for o, row in before.items() if changed.isdisjoint(row.checked)}
    told = {
        output: row
        for output, row in before.items()
        if row.own == own[output] and changed.isdisjoint(row.read)
    }
    kitchen = Kitchen(site, source, session.store, prints, {}, frozenset(own), judged, told)
    made, links, ids = made_of(kitchen, wanted, crew, session, progress)
    session.learn(made, rows.outputs)
    failed = [p for row in made.values() if not row.key for p in row.problems]
    outputs = kept | {
        output: row._replace(own=own[output], drawn=drawn_by(row.template))
        for output, row in made.items()
        if row.key
    }
    outputs = {output: outputs[output] for output in sorted(outputs)}
    if not failed:
        session.since.came("outputs", own, outputs, *made_by)
    problems = [p for row in outputs.values() for p in (*row.problems, *row.told)] + failed
    shown = Shown(outputs, session.store)
    unsound: tuple[str, ...] = ()
    if not failed:
        found = dead_links(site, shown, rows, links, ids)
        unsound = tuple(sorted(found))
        problems += [p for some in found.values() for p in some]
        problems += whole_problems(cells, shown, promises)
    planned, _ = cells.value("planned", changes)
    if outputs.keys() != rows.outputs.keys():
        answers.only(names_of(kept.values(), cells.kept))
    answers.look_up(names_of(made.values(), cells.made))
    session.answers = answers.settled()
    new = replace(
        rows,
        outputs=outputs,
        cells=cells.new,
        broken=unsound,
        answers=answers.known,
        answered=rows.outline,
    )
    return new, tuple(problems), planned


def standing(
    outputs: Mapping[str, OutputRow],
    own: Mapping[str, tuple[str, ...]],
    touched: AbstractSet[str],
    doubtful: Iterable[str] | None,
    drawn_by: Callable[[str], str],
) -> dict[str, OutputRow]:
    """Rows of outputs that would come out as they are. `doubtful`: those that may be made of
    something else now; None where any may."""
    kept = {output: row for output, row in outputs.items() if output not in touched}
    for output in list(kept) if doubtful is None else doubtful:
        row = kept.get(output)
        if row and not (row.own == own.get(output) and row.drawn == drawn_by(row.template)):
            del kept[output]
    return kept


def own_of(edition: Site, session: Session) -> Mapping[str, tuple[str, str]]:
    """Output of every page -> the digests of its front matter and its text."""
    since, lang, heads = session.since, edition.lang, edition.heads
    pairs = since.each(f"own {lang}", edition.bodies, lambda id, body: (heads[id], body), heads)
    return since.named(f"owned {lang}", edition.outputs, pairs)


def names_of(outputs: Iterable[OutputRow], cells: Iterable[CellRow]) -> Iterator[Name]:
    yield from chain.from_iterable(row.names for row in outputs)
    yield from chain.from_iterable(row.names for row in cells)


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


def made_of(
    kitchen: Kitchen,
    wanted: list[Order],
    crew: Crew,
    session: Session,
    progress: Callable[[int, int], None],
) -> tuple[dict[str, OutputRow], dict[str, tuple[Target, ...]], dict[str, tuple[str, ...]]]:
    rows: dict[str, OutputRow] = {}
    links: dict[str, tuple[Target, ...]] = {}
    ids: dict[str, tuple[str, ...]] = {}
    same = Same()
    fresh: dict[str, bytes] = {}
    pictures = [order for order in wanted if is_picture(order.what)]
    others = [order for order in wanted if not is_picture(order.what)]
    baking = chain(
        make_all(bake, kitchen, others, crew), make_all(bake, kitchen, pictures, crew, PICTURE)
    )
    for order, baked in baking:
        output = output_of(kitchen.site, order)
        row = baked.row
        rows[output] = row._replace(
            names=same.all(row.names), checked=same.all(row.checked), read=same.all(row.read)
        )
        links[output], ids[output] = same.all(baked.links), same.all(baked.ids)
        fresh.update(baked.fresh)
        if len(fresh) >= BATCH:
            session.store.put(fresh)
            fresh.clear()
            give_back()
        progress(len(rows), len(wanted))
    session.store.put(fresh)
    return rows, links, ids


def output_of(site: Site, order: Order) -> str:
    if isinstance(order.what, Recipe):
        return order.what.output
    return site.edition(order.lang).by_id.route(order.what).output


def is_article(site: Site, order: Order) -> bool:
    """Lists of many pages take longest: begun last, they would keep one process at work when there
    is nothing left for any other."""
    if isinstance(order.what, Recipe) or order.what.endswith("/index"):
        return False
    return order.what not in site.edition(order.lang).layouts.values()


def is_picture(what: str | Recipe) -> bool:
    return isinstance(what, Recipe) and (what.drawn or what.variant is not None)
