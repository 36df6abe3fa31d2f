"""Plans, texts and bodies -> Site: an edition for each language, the first of which has the others.

What was made of every text is kept in tables by page id, which go on from build to build.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from msgspec.structs import replace

from coldpress.collect import Written, collect
from coldpress.evidence import cited
from coldpress.memory.comparing import others
from coldpress.memory.session import BodyRow, Session, TextRow
from coldpress.memory.shelves import StoreShelf
from coldpress.model import Assets, Gist, Language, Options, Outline, Site, Translation
from coldpress.outlining import Planned, Plans

Spoken = tuple[Mapping[str, Mapping[str, str]], Mapping[str, Language]]
"""Words of the interface in every language, and the languages."""


def site_of(
    plans: Plans,
    texts: Mapping[str, TextRow],
    bodies: Mapping[str, BodyRow],
    assets: Assets,
    spoken: Spoken,
    card_maker: str,
    options: Options,
    session: Session,
) -> Site:
    """`texts` and `bodies` by path. `card_maker`: what draws the cards, as a digest."""
    words, tongues = spoken

    def edition(lang: str, plan: Planned) -> Site:
        pages = pages_of(lang, plan.outline, texts, bodies, session)
        rest = plan.outline.evidence, pages.gists
        site = collect(
            lang,
            plan.config,
            plan.outline,
            pages,
            session.worked_out(f"cited {lang}", rest, partial(cited, *rest)),
            assets,
            words[lang],
            options,
            plans.alternates,
            tongues,
        )
        return replace(site, card_maker=card_maker)

    first, *translated = (edition(lang, plan) for lang, plan in plans.editions.items())
    return replace(first, others={other.lang: other for other in translated})


def pages_of(
    lang: str,
    outline: Outline,
    texts: Mapping[str, TextRow],
    bodies: Mapping[str, BodyRow],
    session: Session,
) -> Written:
    """`texts` and `bodies` by path."""
    since, paths, prints, borrowed = session.since, outline.paths, outline.prints, outline.borrowed
    read = since.named(f"read {lang}", paths, texts)
    written = since.named(f"written {lang}", paths, bodies)
    keys = since.each(f"keys {lang}", written, lambda _id, row: row.body)
    sources = since.each(f"sources {lang}", read, lambda _id, row: row.source)
    gists = since.each(f"gists {lang}", written, lambda _id, row: row.gist)
    told = since.each(f"told {lang}", read, lambda _id, row: row.translation)

    def heads() -> dict[str, str]:
        """An outline is that of these very heads."""
        return {id: f"{row.head} {prints[id]}" for id, row in read.items()}

    def own_gists() -> dict[str, Gist]:
        return {id: gist for id, gist in gists.items() if id not in borrowed}

    def translations() -> dict[str, Translation]:
        return {id: one for id, one in told.items() if one}

    def aliased() -> frozenset[str]:
        return frozenset(id for id, route in outline.routes.items() if route.aliases)

    old = session.worked_out(f"aliased {lang}", (outline.routes,), aliased)
    return Written(
        shelf=StoreShelf(session.sources, sources, keys, outline.routes, old),
        heads=session.worked_out(f"heads {lang}", (outline,), heads),
        bodies=keys,
        gists=session.worked_out(f"gists {lang}", (gists, borrowed), own_gists),
        translations=session.worked_out(f"told {lang}", (told,), translations),
    )


def unmoved(bodies: Mapping[str, BodyRow], before: Mapping[str, BodyRow]) -> bool:
    """Whether all texts cite and show what they did."""
    moved = others(bodies, before)
    return moved is not None and all(bodies[path].gist is before[path].gist for path in moved)


def still_of(plans: Plans, site: Site, *, quiet: bool) -> Iterator[object]:
    """What in a site of the same plans is surely as it was in the last build. `quiet`: whether the
    texts are `unmoved`, on which the rest of it is made."""
    yield from plans.parts()
    for edition in site.editions:
        yield edition.heads
        if quiet:
            yield from (edition.pictured, edition.evidence.cited_by)
