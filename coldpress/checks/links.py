"""Every address on every page leads to a file of this site, and every #anchor to an id on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from urllib.parse import unquote, urljoin, urlsplit

from coldpress.checks.places import link_place
from coldpress.model import Made, OutLink, Site
from coldpress.problems import Problem, error, nearest
from coldpress.redirecting import url_of

NOT_HERE = ("http:", "https:", "mailto:", "tel:", "sms:", "data:")

Target = tuple[str, str]
"""An address of this site without its base path, and the id on it that is meant ("" for none)."""
Ids = Mapping[str, AbstractSet[str]]
"""Address -> ids that stand there, of every output of the site."""


def targets(site: Site, one: Made) -> frozenset[Target]:
    """Where a page's links within the site lead. Whether something is there, all outputs tell."""
    return frozenset(target(site, one, link) for link in one.facts.links if is_here(site, link))


def is_here(site: Site, link: OutLink) -> bool:
    return not link.url.startswith(NOT_HERE) or link.url.startswith(site.config.base_url)


TOP = "top"
"""`#top` leads to the top of a page that has no such id (HTML, "find a potential indicated
element")."""


def target(site: Site, one: Made, link: OutLink) -> Target:
    base = site.config.base_path
    if link.url.startswith("/") and not set("?%") & set(link.url) and link.url[1:2] != "/":
        path, _, fragment = link.url.partition("#")  # nearly all: 20 times quicker
        return path.removeprefix(base), fragment
    whole = urljoin(base + url_of(one.output), link.url.removeprefix(origin(site)))
    parts = urlsplit(whole)
    return unquote(parts.path).removeprefix(base), unquote(parts.fragment)


def origin(site: Site) -> str:
    return site.config.base_url.removesuffix(site.config.base_path)


def leads_nowhere(wanted: AbstractSet[Target], ids: Ids) -> bool:
    return any(
        path not in ids or (id and id not in ids[path] and id.lower() != TOP) for path, id in wanted
    )


def broken(site: Site, one: Made, ids: Ids) -> Iterator[Problem]:
    """The problems of a page of which some link leads nowhere."""
    for link in one.facts.links:
        if is_here(site, link):
            yield from wrong(site, one, link, ids)


def wrong(site: Site, one: Made, link: OutLink, ids: Ids) -> Iterator[Problem]:
    path, fragment = target(site, one, link)
    place = link_place(site, one, link.url)
    if path not in ids:
        yield error(
            "broken-link",
            place,
            f"{link.url!r} leads nowhere on this site",
            nearest(path, ids) or "correct the address, or remove the link",
        )
    elif fragment and fragment not in ids[path] and fragment.lower() != TOP:
        yield error(
            "broken-anchor",
            place,
            f"{link.url!r} points at a place that is not on the page",
            nearest(fragment, ids[path]) or "link to the page without #...",
        )
