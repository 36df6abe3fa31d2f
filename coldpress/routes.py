"""Source -> Route: its address, its file and its old addresses; and every clash between them.

Two addresses clash when some file system or server could not tell them apart: the same but for
case, for the Unicode form of a letter, or for a slash at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from coldpress.model import Config, Content, Route, Source
from coldpress.problems import Place, Problem, error
from coldpress.slugs import RESERVED, same_name

OURS = re.compile(
    r"^/(assets|media)(/|$)|/(feed\.(xml|json)|index\.md)$|^/\.well-known/security\.txt$"
    r"|^/(sitemap(-[a-z]+)?(-\d+)?\.xml|(robots|humans|llms)\.txt|([a-z]{2,3}/)?404\.html|data/[^/]+\.(csv|json))$"
    r"|^/(site\.webmanifest|speculationrules\.json|favicon\.ico|apple-touch-icon\.png)$"
)
"""Addresses of files a build makes itself."""
LONGEST = 200
"""Characters of an address. Windows takes paths of 260, the site's own folder included."""


Where = Callable[[], Place]
"""Asked for when there is something to say: the places of a front matter lie packed."""
Paths = Mapping[str, Mapping[str, str]]
"""Language -> folder of a kind -> its part of the addresses: {"es": {"guides": "guias"}}"""


def route(
    content: Content, config: Config, paths: Paths | None = None
) -> tuple[Mapping[str, Route], list[Problem]]:
    """Routes by the path of their source, and what is wrong with them. A source that has lost its
    address to another one keeps its route: the error stops the build anyway. `paths`: of the
    languages that have words of their own for the folders."""
    sources = (*content.sources, *content.expired)
    routes = {source.path: _route(source, config, paths or {}) for source in sources}
    problems = [problem for source in sources for problem in _alone(source, routes[source.path])]
    return routes, [*problems, *_clashes(content, config, routes)]


def _route(source: Source, config: Config, paths: Paths) -> Route:
    url = _prefix(source, config) + _url(source, paths.get(source.lang, {}))
    output = url.removeprefix("/") if url.endswith(".html") else f"{url[1:]}index.html"
    return Route(url, output, source.matter.aliases)


def _prefix(source: Source, config: Config) -> str:
    """Languages other than the first have an address of their own: /es/where-it-hurts/"""
    return "" if source.lang == config.facts.languages[0] else f"/{source.lang}"


def _url(source: Source, folders: Mapping[str, str]) -> str:
    if source.layout == "not-found":
        return "/404.html"
    pattern = source.kind.permalink
    if (folder := source.kind.folder) in folders:
        pattern = f"/{folders[folder]}/{{slug}}/"
    if source.name == "index":
        return pattern.partition("{slug}")[0]
    return pattern.format(slug=source.matter.slug or source.name)


# --------------------------------------------------------------------------- one address


def _alone(source: Source, route: Route) -> Iterator[Problem]:
    """What is wrong with a source's addresses, whatever the others are."""
    if source.name == "index" and source.matter.slug is not None:
        message = "an index page has the address of its folder, so 'slug' does nothing"
        yield error("unused-slug", source.place("slug"), message, "remove it")
    field = "slug" if source.matter.slug is not None else ""
    if not route.url.endswith(".html"):  # only a 404.html of ours does
        place = partial(source.place, field)
        yield from _allowed(route.url, place, "choose another name or slug")
    for number, alias in enumerate(route.aliases):
        yield from _allowed(alias, partial(source.place, f"aliases.{number}"), "remove it")


def _allowed(url: str, place: Where, hint: str) -> Iterator[Problem]:
    if OURS.match(url):
        yield error("reserved-address", place(), f"{url} is made by the build itself", hint)
    for part in url.strip("/").split("/"):
        if RESERVED.match(part.partition(".")[0]):
            message = f"{part!r} is a name Windows keeps for itself"
            yield error("reserved-address", place(), message, hint)
    if len(url) > LONGEST:
        message = f"this address has {len(url)} characters, {LONGEST} at most"
        yield error("long-address", place(), message, "shorten it")


# --------------------------------------------------------------------------- addresses together


def _clashes(content: Content, config: Config, routes: Mapping[str, Route]) -> Iterator[Problem]:
    """Pages first, then old addresses, then redirects: the later one has to give way."""
    taken: dict[str, tuple[str, Where]] = {}
    sources = (*content.sources, *content.expired)
    # A slug is what somebody has typed: of two pages, the one that has it gives way.
    for source in sorted(sources, key=lambda source: source.matter.slug is not None):
        place = partial(source.place, "slug" if source.matter.slug is not None else "")
        yield from _take(taken, routes[source.path].url, place, "slug")
    for source in sources:
        for number, alias in enumerate(routes[source.path].aliases):
            yield from _take(taken, alias, partial(source.place, f"aliases.{number}"), "alias")
    for number, redirect in enumerate(config.facts.redirects):
        place = partial(config.place, f"redirects.{number}.from")
        yield from _take(taken, redirect.source, place, "redirect")


HINTS: Mapping[str, str] = {
    "slug": "rename one of the files, or give one of them a slug of its own",
    "alias": "remove it here or there: an old address can lead to one place only",
    "redirect": "remove it: an old address can lead to one place only",
}


def _take(
    taken: dict[str, tuple[str, Where]], url: str, place: Where, what: str
) -> Iterator[Problem]:
    key = same_name(url.removesuffix("index.html").rstrip("/"))
    if key not in taken:
        taken[key] = url, place
        return
    other, first = taken[key]
    there = first()
    where = f"{there.path}, line {there.line}"
    message = f"{url} is already the address of {where}"
    if other != url:
        message = f"{url} and {other} ({where}) are the same address"
    yield error("doubled-address", place(), message, HINTS[what])
