"""Every address on every page leads to a file of this site, and every #anchor to an id on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from coldpress.checks.places import link_place
from coldpress.model import Made, OutLink, Site
from coldpress.problems import Problem, error, nearest

NOT_HERE = ("http:", "https:", "mailto:", "tel:", "sms:", "data:")


def links(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    pages = {url_of(output): one for output, one in made.items()}
    base = site.config.base_path
    for output, one in made.items():
        for link in one.facts.links:
            if link.url.startswith(NOT_HERE) and not link.url.startswith(site.config.base_url):
                continue
            yield from wrong(site, one, link, pages, base + url_of(output))


def url_of(output: str) -> str:
    return "/" + output.removesuffix("index.html")


def wrong(
    site: Site, one: Made, link: OutLink, pages: Mapping[str, Made], here: str
) -> Iterator[Problem]:
    target = urlsplit(urljoin(here, link.url.removeprefix(origin(site))))
    path = unquote(target.path).removeprefix(site.config.base_path)
    place = link_place(site, one, link.url)
    if path not in pages:
        yield error(
            "broken-link",
            place,
            f"{link.url!r} leads nowhere on this site",
            nearest(path, pages) or "correct the address, or remove the link",
        )
    elif target.fragment and unquote(target.fragment) not in pages[path].facts.ids:
        yield error(
            "broken-anchor",
            place,
            f"{link.url!r} points at a place that is not on the page",
            nearest(target.fragment, pages[path].facts.ids) or "link to the page without #...",
        )


def origin(site: Site) -> str:
    return site.config.base_url.removesuffix(site.config.base_path)
