"""expired sources, the live ones and all routes -> what answers at the addresses of the expired."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from coldpress.model import Route, Source
from coldpress.model.expired import Expired


def is_expired(source: Source, now: datetime) -> bool:
    """Was there, and is no longer. A draft never was."""
    ended = source.expires_at is not None and source.expires_at <= now
    return ended and not source.matter.draft


def ended(
    expired: Iterable[Source], live: Iterable[Source], routes: Mapping[str, Route]
) -> tuple[Expired, ...]:
    """`routes` by the path of their source. Who is sent on goes where the way ends: through other
    expired pages to a live one of the same language. Where it ends nowhere, the note stands."""
    gone = {(source.lang, source.id): source for source in expired}
    urls = {(one.lang, one.id): routes[one.path].url for one in live if one.path in routes}
    return tuple(
        Expired(source, routes[source.path], urls.get((source.lang, end_of(source, gone)), ""))
        for source in gone.values()
        if source.path in routes
    )


def end_of(source: Source, gone: Mapping[tuple[str, str], Source]) -> str:
    """Id at which the way ends; nothing when it has no end. A loop is reported by load."""
    seen: set[str] = set()
    here: Source | None = source
    to = ""
    while here is not None and to not in seen:
        seen.add(to)
        to = here.matter.expired_to or ""
        here = gone.get((source.lang, to))
    return "" if here is not None else to
