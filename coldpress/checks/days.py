"""Nobody has changed, checked or printed anything on a day that has not come yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from coldpress.early import early, early_year
from coldpress.model import Made, Site
from coldpress.problems import Problem
from coldpress.schedule import day_at


def days(site: Site) -> Iterator[Problem]:
    for key, reference in site.evidence.references.items():
        place = site.places[f"references.{key}.year"]
        yield from early_year(place, "year", reference.year, site.today)


def page_days(site: Site, one: Made) -> Iterator[Problem]:
    """A page that waits is written as of the day on which visitors will see it."""
    page = site.by_output.get(one.output)
    if page is None or page.source.matter.draft:
        return
    source, matter = page.source, page.source.matter
    live = day_at(site.config, source.publish_at) if source.publish_at else date.min
    for field, day in (
        ("updated", matter.updated),
        ("evidence_checked", matter.evidence_checked),
    ):
        if day is not None:
            yield from early(source.place(field), field, day, max(site.today, live))
