"""No two pages share a title or a description, and no page has an id twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from coldpress.checks.places import place_of
from coldpress.model import Made, Page, Site
from coldpress.problems import Problem, error


def doubled_anchors(site: Site, one: Made) -> Iterator[Problem]:
    for id in one.facts.doubled_ids:
        yield error(
            "doubled-anchor",
            place_of(site, one),
            f"the id {id!r} is on the page twice, so links to it are ambiguous",
            "give one of them another id: ## Heading {: #other-id }",
        )


def doubles(site: Site) -> Iterator[Problem]:
    for field, rule in (("title", "doubled-title"), ("description", "doubled-description")):
        for pages in shared(site, field):
            first, *others = pages
            for page in others:
                yield error(
                    rule,
                    page.source.place(field),
                    f"{first.source.path} has the same {field}",
                    f"say in the {field} what only this page is about",
                )


def shared(site: Site, field: str) -> Iterator[list[Page]]:
    by_value: dict[str, list[str]] = defaultdict(list)
    for page in site.pages:
        value: str = getattr(page.source.matter, field)
        by_value[value.casefold()].append(page.id)
    yield from ([site.by_id[id] for id in ids] for ids in by_value.values() if len(ids) > 1)
