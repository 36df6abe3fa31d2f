"""what a command did -> Report: the figures for its closing lines."""

from __future__ import annotations

from datetime import datetime

from coldpress.model import Published, Report, Source
from coldpress.pipeline import Built


def report_of(built: Built, published: Published | None, seconds: float) -> Report:
    changes = sorted(
        (at, source.path) for source in built.site.scheduled for at in instants(built, source)
    )
    return Report(
        problems=built.advice,
        outputs=len(built.made),
        pages=len(built.site.pages),
        words=sum(len(page.converted.text.split()) for page in built.site.pages),
        size=sum(one.facts.size for one in built.made.values()),
        seconds=seconds,
        published=published,
        next_change=changes[0][0] if changes else None,
        scheduled=tuple(changes),
    )


def instants(built: Built, source: Source) -> list[datetime]:
    return [at for at in (source.publish_at, source.expires_at) if at and at > built.site.now]
