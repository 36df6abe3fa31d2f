"""A visit stays between the visitor and this site: no page loads anything from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, OutLink, Site
from coldpress.problems import Problem, error

NOT_LOADED = frozenset({"a", "form"})
NOT_LOADED_RELATIONS = frozenset({"canonical", "alternate", "license", "me", "author"})


def third_parties(site: Site, one: Made) -> Iterator[Problem]:
    for link in one.facts.links:
        if is_loaded(link) and is_elsewhere(site, link):
            yield error(
                "third-party-request",
                place_of(site, one),
                f"the page loads {link.url!r} from another site",
                "keep a copy under assets/, or link to it: visitors here are patients",
            )


def is_loaded(link: OutLink) -> bool:
    return link.tag not in NOT_LOADED and not set(link.rel.split()) & NOT_LOADED_RELATIONS


def is_elsewhere(site: Site, link: OutLink) -> bool:
    return link.url.startswith(("http:", "https:", "//")) and not link.url.startswith(
        site.config.base_url
    )
