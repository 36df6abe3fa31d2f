"""Site -> rows of every output: what read nothing that changed stays, the rest is made and checked.

A page is made where its view is worked out, in a worker process: what it read of the site is noted
on the way, the key follows from the view, and only an unknown key is drawn.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import brotli
from msgspec import Struct

from coldpress.checks import Target, check_output, check_text, targets
from coldpress.facts import QUICK, facts_of
from coldpress.markdown.typography import unparted
from coldpress.memory.session import OutputRow, cache_of
from coldpress.memory.store import Store
from coldpress.memory.watch import Name, condensed, watched
from coldpress.model import Facts, Made, Recipe, Site
from coldpress.plan import Prints, key_of
from coldpress.problems import BuildError, Problem
from coldpress.redirecting import output_at, url_of
from coldpress.render import render, template_folders
from coldpress.twinning import markdown_of
from coldpress.views import page_recipe
from coldpress.views.twins import twin_recipe

T = TypeVar("T")
PACKED, RAW = b"b", b"r"
"""First byte of a value in the store: compressed with brotli, or as it is."""


class Kitchen(Struct, frozen=True):
    """What a worker needs to make outputs."""

    site: Site
    source: Path
    store: Store
    prints: Prints
    shas: Mapping[str, str]
    """Digests of files that are copied."""
    outputs: frozenset[str]
    """All that there will be."""
    judged: Mapping[str, OutputRow]
    """Rows of the last build, of outputs whose checks read nothing that changed: right for the same
    bytes."""
    told: Mapping[str, OutputRow]
    """Those of pages whose source says what it said: what was found in it is right."""


class Order(NamedTuple):
    """What to make, for which edition: a page by its id, or another output by its recipe."""

    lang: str
    what: str | Recipe


class Baked(NamedTuple):
    row: OutputRow
    links: tuple[Target, ...]
    """Those of which only all outputs together can tell whether they lead somewhere."""
    ids: tuple[str, ...]
    fresh: Mapping[str, bytes]
    """For the store."""


def bake(kitchen: Kitchen, order: Order) -> Baked:
    names: set[Name] = set()
    site = watched(kitchen.site, names).edition(order.lang)
    try:
        if isinstance(order.what, Recipe):
            return finished(kitchen, order.lang, worked_out(site, order.what), names)
        page = kitchen.site.edition(order.lang).by_id.page(order.what)
        return finished(kitchen, order.lang, page_recipe(site, page), names)
    except BuildError as failed:
        row = OutputRow("", "", 0, "", (), (), problems=failed.problems)
        return Baked(row, (), (), {})


def worked_out(site: Site, recipe: Recipe) -> Recipe:
    """A twin reads all that its page reads, and the page's text besides."""
    if not recipe.twin_of:
        return recipe
    page = site.by_id[recipe.twin_of]
    return twin_recipe(site, page, page_recipe(site, page))


def finished(kitchen: Kitchen, lang: str, recipe: Recipe, names: set[Name]) -> Baked:
    key = key_of(recipe, kitchen.prints, lambda path: kitchen.shas[path])
    known = kitchen.store.get(f"facts:{key}")
    fresh: dict[str, bytes] = {}
    if known is not None and kitchen.store.has(f"made:{key}"):
        facts, sha256 = pickle.loads(known)
        made = Made(recipe.output, Stored(kitchen.store, key), facts, recipe.source)
    else:
        content = drawn(kitchen, recipe) if recipe.drawn else cook(kitchen.source, recipe)
        facts, packed = weighed(recipe.output, content, kitchen.site.config.facts.budgets.page)
        sha256 = hashlib.sha256(content).hexdigest()
        fresh[f"made:{key}"] = packed
        fresh[f"facts:{key}"] = pickle.dumps((facts, sha256), pickle.HIGHEST_PROTOCOL)
        made = Made(recipe.output, content, facts, recipe.source)
    before = kitchen.judged.get(recipe.output)
    if before is not None and before.key == key:
        problems, checked = before.problems, before.checked
    else:
        problems, checked = noted(kitchen, lang, check_output, made)
    before = kitchen.told.get(recipe.output)
    if before is not None:
        told, read = before.told, before.read
    else:
        told, read = noted(kitchen, lang, check_text, recipe.output)
    row = OutputRow(
        key,
        sha256,
        facts.size,
        recipe.source,
        condensed({*names, *checked, *read}),
        (),
        recipe.template,
        facts.styles,
        problems,
        checked,
        told,
        read,
    )
    return Baked(row, tuple(doubtful(kitchen, made)), tuple(facts.ids), fresh)


def doubtful(kitchen: Kitchen, made: Made) -> Iterator[Target]:
    """Nine links in ten lead to another page as a whole, or to a place on their own."""
    here = url_of(made.output)
    for url, id in targets(kitchen.site, made):
        if url == here and id in made.facts.ids:
            continue
        if id or output_at(url, kitchen.outputs) is None:
            yield url, id


def noted(
    kitchen: Kitchen, lang: str, check: Callable[[Site, T], tuple[Problem, ...]], it: T
) -> tuple[tuple[Problem, ...], tuple[Name, ...]]:
    """What a check finds, and what it read of the site."""
    names: set[Name] = set()
    problems = check(watched(kitchen.site, names).edition(lang), it)
    return problems, condensed(names)


def cook(source: Path, recipe: Recipe) -> bytes:
    """The bytes of one output."""
    if recipe.variant:
        from coldpress.variants import made  # what opens pictures, where there is one to open

        return made(source, recipe.copy_of, recipe.variant)
    if recipe.copy_of:
        return (source / recipe.copy_of).read_bytes()
    if recipe.template:
        drawn = render(template_folders(source), recipe.template, recipe.view or {})
        if recipe.markdown_at:
            drawn = markdown_of(drawn, recipe.markdown_at)
        elif recipe.output.endswith(".html"):
            drawn = unparted(drawn)
        return drawn.encode()
    return recipe.content


def drawn(kitchen: Kitchen, recipe: Recipe) -> bytes:
    """The PNG of a card. What draws it is imported where there is something to draw."""
    from coldpress.social.drawing import drawn

    files = kitchen.site.assets.files
    fonts = {name: files[f"fonts/{name}.woff2"].content for name in ("display", "text")}
    draw = partial(render, template_folders(kitchen.source))
    cache = cache_of(kitchen.source)
    folder = cache if os.access(cache, os.W_OK) else None  # nothing is written outside the site
    return drawn(draw, recipe.view or {}, fonts, folder)


def weighed(output: str, content: bytes, budget: int) -> tuple[Facts, bytes]:
    """Facts, and the bytes for the store: what was compressed to be weighed is kept like that."""
    if not output.endswith(".html"):
        return facts_of(output, content, budget), RAW + content
    quick = brotli.compress(content, quality=QUICK)
    return facts_of(output, content, budget, len(quick)), PACKED + quick


def unpacked(value: bytes) -> bytes:
    packed: bytes = value[1:]
    content: bytes = brotli.decompress(packed) if value[:1] == PACKED else packed
    return content


class Stored(Struct, frozen=True):
    """The bytes of an output, in the store."""

    store: Store
    key: str

    def load(self) -> bytes:
        return unpacked(self.store.need(f"made:{self.key}"))


class Shown(Mapping[str, Made]):
    """Every output of the site, fetched when it is looked at."""

    def __init__(self, rows: Mapping[str, OutputRow], store: Store) -> None:
        self.rows, self.store = rows, store

    def __getitem__(self, output: str) -> Made:
        row = self.rows[output]
        return Made(output, Stored(self.store, row.key), self.facts(output), row.source)

    def facts(self, output: str) -> Facts:
        facts: Facts = pickle.loads(self.store.need(f"facts:{self.rows[output].key}"))[0]
        return facts

    def __contains__(self, output: object) -> bool:
        return output in self.rows

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class LazyIds(Mapping[str, frozenset[str]]):
    """Address -> ids, of every output; those of unchanged ones are looked up when they are asked
    for."""

    def __init__(self, made: Shown, fresh: Mapping[str, tuple[str, ...]]) -> None:
        self.made, self.fresh = made, fresh

    def __getitem__(self, url: str) -> frozenset[str]:
        output = output_at(url, self.made)
        if output is None:
            raise KeyError(url)
        fresh = self.fresh.get(output)
        return self.made.facts(output).ids if fresh is None else frozenset(fresh)

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and output_at(url, self.made) is not None

    def __iter__(self) -> Iterator[str]:
        return map(url_of, self.made)

    def __len__(self) -> int:
        return len(self.made)
