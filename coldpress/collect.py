"""pages -> Site: their order, and relations seen from both ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from coldpress.model import Assets, Config, Content, Evidence, Options, Page, Site
from coldpress.schema import KINDS

RELATIONS = ("mechanisms", "conditions", "methods")


def collect(
    config: Config,
    content: Content,
    pages: Iterable[Page],
    evidence: Evidence,
    assets: Assets,
    strings: Mapping[str, str],
    options: Options,
) -> Site:
    ordered = tuple(sorted(pages, key=place_in_order))
    zone = ZoneInfo(config.facts.timezone or "UTC")
    return Site(
        config=config,
        now=options.now,
        today=options.now.astimezone(zone).date(),
        pages=ordered,
        by_id={page.id: page for page in ordered},
        by_output={page.route.output: page for page in ordered},
        relations=relations(ordered),
        evidence=evidence,
        glossary=content.glossary,
        places=content.places,
        scheduled=content.scheduled,
        left_out=frozenset(
            path.removeprefix("content/").removesuffix(".md") for path in content.left_out
        ),
        media=content.media,
        assets=assets,
        strings=strings,
        preview=options.drafts,
        synonyms=content.synonyms,
        offers=content.offers,
    )


def place_in_order(page: Page) -> tuple[int, int, str, str]:
    folders = [kind.folder for kind in KINDS]
    matter = page.source.matter
    return folders.index(page.source.kind.folder), matter.order, page.title.casefold(), page.id


def relations(pages: tuple[Page, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """An edge is written once and seen from both ends. Typed lists follow the pages' order;
    `related` ("read next") has first what the author chose, as chosen, then who points here."""
    order = {page.id: n for n, page in enumerate(pages)}
    typed: dict[str, set[str]] = defaultdict(set)
    related: dict[str, list[str]] = {page.id: list(page.source.matter.related) for page in pages}
    for page in pages:
        for other in typed_relations(page):
            typed[page.id].add(other)
            typed[other].add(page.id)
        for other in page.source.matter.related:
            related.setdefault(other, []).append(page.id)

    def seen_from(id: str) -> dict[str, tuple[str, ...]]:
        lists: dict[str, list[str]] = defaultdict(list)
        for other in sorted(typed[id] & order.keys(), key=lambda other: order[other]):
            lists[other.partition("/")[0]].append(other)
        lists["related"] = [other for other in related[id] if other in order]
        return {name: tuple(dict.fromkeys(ids)) for name, ids in lists.items()}

    return {page.id: seen_from(page.id) for page in pages}


def typed_relations(page: Page) -> tuple[str, ...]:
    """Ids of the pages the front matter names in its typed lists."""
    return tuple(
        f"{folder}/{name}" for folder in RELATIONS for name in getattr(page.source.matter, folder)
    )
