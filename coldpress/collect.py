"""sources -> Outline (their order, addresses, relations) -> Site, once their texts are known too.

The outline needs front matter alone: as long as no front matter changes it stays as it is, however
much is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from coldpress.evidence import weigh
from coldpress.expiry import ended
from coldpress.memory.canon import digest
from coldpress.model import (
    Assets,
    Config,
    Content,
    Evidence,
    Gist,
    Language,
    Options,
    Outline,
    Pages,
    Route,
    Shelf,
    Site,
    Source,
    Translation,
)
from coldpress.schedule import day_at
from coldpress.schema import KINDS
from coldpress.slugs import id_of

RELATIONS = ("mechanisms", "conditions", "methods")


def outline(content: Content, routes: Mapping[str, Route], lang: str) -> Outline:
    """`content`: of that language. `routes` by path."""
    ordered = sorted(content.sources, key=place_in_order)
    folders: dict[str, list[str]] = defaultdict(list)
    layouts: dict[str, str] = {}
    for source in ordered:
        layouts.setdefault(source.layout, source.id)
        if source.name != "index":
            folders[source.kind.folder].append(source.id)
    own = [source for source in ordered if source.lang == lang]
    return Outline(
        content=replace(content, sources=()),
        evidence=weigh(content),
        paths={source.id: source.path for source in ordered},
        every={source.id: source.id for source in ordered},
        ids={source.id: source.id for source in own},
        outputs={routes[source.path].output: source.id for source in own},
        routes={source.id: routes[source.path] for source in ordered},
        prints={source.id: digest(routes[source.path]) for source in ordered},
        folders={folder: tuple(ids) for folder, ids in folders.items()},
        layouts=layouts,
        relations=relations(ordered),
        expired=ended(content.expired, ordered, routes),
        borrowed=frozenset(source.id for source in ordered if source.lang != lang),
    )


class Written(Struct, frozen=True):
    """What the texts of one language add to their outline. By page id."""

    shelf: Shelf
    heads: Mapping[str, str]
    """Digests of front matter and address."""
    bodies: Mapping[str, str]
    """Where the texts lie in the store: a digest of what they say."""
    gists: Mapping[str, Gist]
    translations: Mapping[str, Translation]


def collect(
    lang: str,
    config: Config,
    outline: Outline,
    written: Written,
    evidence: Evidence,
    assets: Assets,
    strings: Mapping[str, str],
    options: Options,
    alternates: Mapping[str, Mapping[str, str]],
    languages: Mapping[str, Language],
) -> Site:
    """What is the outline's own is taken as it is: as long as that is the same object, nobody need
    look into it for changes."""
    content = outline.content
    return Site(
        lang=lang,
        config=config,
        now=options.now,
        today=day_at(config, options.now),
        by_id=Pages(written.shelf, outline.every, "heads"),
        by_output=Pages(written.shelf, outline.outputs, "outputs"),
        heads=written.heads,
        bodies=written.bodies,
        ids=outline.ids,
        outputs=outline.outputs,
        folders=outline.folders,
        layouts=outline.layouts,
        pictured={id: gist.media for id, gist in written.gists.items() if gist.media},
        relations=outline.relations,
        evidence=evidence,
        glossary=content.glossary,
        places=content.places,
        scheduled=content.scheduled,
        alternates=alternates,
        languages=languages,
        translations=written.translations,
        left_out=frozenset(map(id_of, content.left_out)),
        left_out_files=content.left_out,
        media=content.media,
        assets=assets,
        strings=strings,
        preview=options.drafts,
        synonyms=content.synonyms,
        offers=content.offers,
        expired=outline.expired,
    )


def alternates_of(outlines: Mapping[str, Outline]) -> Mapping[str, Mapping[str, str]]:
    """`outlines` by language. Pages that there are in one language only are not among them."""
    found: dict[str, dict[str, str]] = {}
    for lang, one in outlines.items():
        for id, route in one.routes.items():
            if id not in one.borrowed:
                found.setdefault(id, {})[lang] = route.url
    return {id: urls for id, urls in found.items() if len(urls) > 1}


def place_in_order(source: Source) -> tuple[int, int, str, str]:
    folders = [kind.folder for kind in KINDS]
    matter = source.matter
    return folders.index(source.kind.folder), matter.order, matter.title.casefold(), source.id


def relations(sources: Iterable[Source]) -> dict[str, dict[str, tuple[str, ...]]]:
    """An edge is written once and seen from both ends. Typed lists follow the pages' order;
    `related` ("read next") has first what the author chose, as chosen, then who points here."""
    sources = tuple(sources)
    order = {source.id: n for n, source in enumerate(sources)}
    typed: dict[str, set[str]] = defaultdict(set)
    related: dict[str, list[str]] = {source.id: list(source.matter.related) for source in sources}
    for source in sources:
        for other in typed_relations(source):
            typed[source.id].add(other)
            typed[other].add(source.id)
        for other in source.matter.related:
            related.setdefault(other, []).append(source.id)

    def seen_from(id: str) -> dict[str, tuple[str, ...]]:
        lists: dict[str, list[str]] = defaultdict(list)
        for other in sorted(typed[id] & order.keys(), key=lambda other: order[other]):
            lists[other.partition("/")[0]].append(other)
        lists["related"] = [other for other in related[id] if other in order]
        return {name: tuple(dict.fromkeys(ids)) for name, ids in lists.items()}

    return {source.id: seen_from(source.id) for source in sources}


def typed_relations(source: Source) -> tuple[str, ...]:
    """Ids of the pages the front matter names in its typed lists."""
    return tuple(
        f"{folder}/{name}" for folder in RELATIONS for name in getattr(source.matter, folder)
    )
