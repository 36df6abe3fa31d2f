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

from coldpress.baking import Kitchen, Order, Shown, bake
from coldpress.cells import Cells
from coldpress.checks import (
    Target,
)
from coldpress.linking import dead_links
from coldpress.make import Crew, make_all
from coldpress.memory.canon import digest
from coldpress.memory.session import CellRow, OutputRow, Rows, Session
from coldpress.memory.spare import give_back
from coldpress.memory.watch import Answers, Name, Same
from coldpress.model import Recipe, Site
from coldpress.plan import Prints
from coldpress.problems import Problem
from coldpress.schedule import Change, changes
from coldpress.sitewide import Wanted, late_names, other_orders, searched_with, whole_problems

T = TypeVar("T")
PICTURE = 20
"""Pages that could be made in the time one picture takes."""
BATCH = 256
"""Values written to the store at once."""


class Fresh(NamedTuple):
    """What was made now, by output. `links`, `ids`: as in Baked."""

    rows: dict[str, OutputRow]
    links: dict[str, tuple[Target, ...]]
    ids: dict[str, tuple[str, ...]]

    @property
    def problems(self) -> list[Problem]:
        """Of what could not be made."""
        return [p for row in self.rows.values() if not row.key for p in row.problems]


Own = Mapping[str, tuple[str, ...]]
"""Output -> digests of what it is made of by itself."""


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
    own = own_of_all(site, others, session)
    site = searched_with(site, indexes)
    changed |= answers.look_at(site, late_names(site), rows.answers)
    drawn_by = cache(partial(drawn_digest, prints))

    kept = kept_of(rows.outputs, own, changed, session, prints, drawn_by)
    wanted = [output for output in own if output not in kept]
    orders = [order_of(site, output, others) for output in wanted]
    orders.sort(key=partial(is_article, site))
    before = {output: rows.outputs[output] for output in wanted if output in rows.outputs}
    kitchen = kitchen_of(site, source, prints, session, own, before, changed)
    fresh = made_of(kitchen, orders, crew, session, progress)
    session.learn(fresh.rows, rows.outputs)
    outputs = outputs_of(kept, fresh, own, drawn_by)
    if not fresh.problems:
        session.since.came("outputs", own, outputs, *made_by(prints))

    shown = Shown(outputs, session.store)
    dead = {} if fresh.problems else dead_links(site, shown, rows, fresh.links, fresh.ids)
    whole = () if fresh.problems else whole_problems(cells, shown, promises)
    problems = (
        *chain.from_iterable((*row.problems, *row.told) for row in outputs.values()),
        *fresh.problems,
        *chain.from_iterable(dead.values()),
        *whole,
    )
    planned, _ = cells.value("planned", changes)
    if outputs.keys() != rows.outputs.keys():
        answers.only(names_of(kept.values(), cells.kept))
    answers.look_up(names_of(fresh.rows.values(), cells.made))
    session.answers = answers.settled()
    new = replace(
        rows,
        outputs=outputs,
        cells=cells.new,
        broken=tuple(sorted(dead)),
        answers=answers.known,
        answered=rows.outline,
    )
    return new, problems, planned


def drawn_digest(prints: Prints, template: str) -> str:
    """Of a template and of our code."""
    return digest((prints.templates.get(template, ""), prints.code))


def made_by(prints: Prints) -> tuple[object, ...]:
    """By what all outputs were made: the very objects, when it is the same."""
    return prints.templates, intern(prints.code)


def own_of_all(site: Site, others: Mapping[str, Wanted], session: Session) -> Own:
    own: dict[str, tuple[str, ...]] = {}
    for edition in site.editions:
        own |= own_of(edition, session)
    return own | {output: (one.own,) for output, one in others.items()}


def order_of(site: Site, output: str, others: Mapping[str, Wanted]) -> Order:
    if output in others:
        return others[output].order
    edition = site.edition_with(output)
    return Order(edition.lang, edition.outputs[output])


def kept_of(
    outputs: Mapping[str, OutputRow],
    own: Own,
    changed: AbstractSet[Name],
    session: Session,
    prints: Prints,
    drawn_by: Callable[[str], str],
) -> dict[str, OutputRow]:
    touched = session.touched(changed, outputs)
    doubtful = session.since.news("outputs", own, outputs, *made_by(prints))
    return standing(outputs, own, touched, doubtful, drawn_by)


def kitchen_of(
    site: Site,
    source: Path,
    prints: Prints,
    session: Session,
    own: Own,
    before: Mapping[str, OutputRow],
    changed: AbstractSet[Name],
) -> Kitchen:
    """`before`: rows of what is to be made again. A check that read nothing of what has changed
    says the same of the same bytes, or of the same text."""
    judged = {o: row for o, row in before.items() if changed.isdisjoint(row.checked)}
    told = {
        output: row
        for output, row in before.items()
        if row.own == own.get(output) and changed.isdisjoint(row.read)
    }
    return Kitchen(site, source, session.store, prints, {}, frozenset(own), judged, told)


def outputs_of(
    kept: Mapping[str, OutputRow], fresh: Fresh, own: Own, drawn_by: Callable[[str], str]
) -> dict[str, OutputRow]:
    """In the order of their paths. Without those that could not be made."""
    made = {
        output: row._replace(own=own[output], drawn=drawn_by(row.template))
        for output, row in fresh.rows.items()
        if row.key
    }
    outputs = {**kept, **made}
    return {output: outputs[output] for output in sorted(outputs)}


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


def made_of(
    kitchen: Kitchen,
    wanted: list[Order],
    crew: Crew,
    session: Session,
    progress: Callable[[int, int], None],
) -> Fresh:
    made = Fresh({}, {}, {})
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
        made.rows[output] = row._replace(
            names=same.all(row.names), checked=same.all(row.checked), read=same.all(row.read)
        )
        made.links[output], made.ids[output] = same.all(baked.links), same.all(baked.ids)
        fresh.update(baked.fresh)
        if len(fresh) >= BATCH:
            session.store.put(fresh)
            fresh.clear()
            give_back()
        progress(len(made.rows), len(wanted))
    session.store.put(fresh)
    return made


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
