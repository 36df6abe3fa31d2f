"""Site -> every instant at which its pages change by themselves, and when a build will stop.

What depends on the time, and nothing else does: whether a page is live (publish_at, expires_at)
and whether an offer lasts (starts, ends). Whoever lets a view or an output read `now` or `today`
for anything else adds its instants here; a test holds the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coldpress.model import Config, Site, Source
from coldpress.schema import Allowance
from coldpress.translations import told_from

OFFERS = "content/data/offers.yaml"


class Change(NamedTuple):
    at: datetime
    """UTC."""
    what: str
    path: str
    """The file to look into."""


def next_changes(site: Site, now: datetime | None = None) -> tuple[Change, ...]:
    """What is still to come, the first first. Without `now`: after the moment of the build."""
    after = site.now if now is None else now
    return tuple(change for change in changes(site) if change.at > after)


def changes_between(site: Site, since: datetime, until: datetime) -> tuple[Change, ...]:
    """What has become due after `since`, `until` included: a build made at `since` lacks these."""
    return tuple(change for change in changes(site) if since < change.at <= until)


def changes(site: Site) -> tuple[Change, ...]:
    """All of them, past and to come, as visitors will see them: a preview changes nothing here."""
    sources: dict[str, Source] = {}
    for edition in site.editions:
        sources |= {source.path: source for source in edition.scheduled}
        sources |= {page.source.path: page.source for page in edition.pages}
    return tuple(sorted({*of_pages(sources.values()), *of_offers(site), *of_translations(site)}))


def of_pages(sources: Iterable[Source]) -> Iterator[Change]:
    for source in sources:
        if source.matter.draft:
            continue
        if source.publish_at:
            yield Change(source.publish_at, "goes live", source.path)
        if source.expires_at:
            yield Change(source.expires_at, "expires", source.path)


def of_translations(site: Site) -> Iterator[Change]:
    grace = site.config.facts.translation_grace_days
    for edition in site.editions:
        for id, translation in edition.translations.items():
            day = told_from(translation, grace)
            at = start_of(day, zone_of(site.config)) if day else None
            if at is not None:
                path = edition.by_id[id].source.path
                yield Change(at, "says that its original has changed", path)


def of_offers(site: Site) -> Iterator[Change]:
    zone = zone_of(site.config)
    for key, offer in site.offers.items():
        for what, at in (
            ("starts", start_of(offer.starts, zone)),
            ("ends", end_of(offer.ends, zone)),
        ):
            if at is not None:
                yield Change(at, f"the offer {key!r} {what}", OFFERS)


def note(coming: Iterable[Change]) -> bytes:
    """The file a build leaves beside its cache, for a scheduler: one change a line, the first
    first; no line when nothing is planned. Not for output/: plans are not public."""
    return "".join(f"{stamp(at)}\t{what}\t{path}\n" for at, what, path in coming).encode()


def stamp(at: datetime) -> str:
    """2026-12-01T17:00:00Z"""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# --------------------------------------------------------------------------- days


def zone_of(config: Config) -> ZoneInfo:
    return ZoneInfo(config.facts.timezone or "UTC")


def day_at(config: Config, now: datetime) -> date:
    """The day that it is where the site is."""
    return now.astimezone(zone_of(config)).date()


def start_of(day: date, zone: ZoneInfo) -> datetime | None:
    """The first moment of a day, in UTC; None when it is before or after all calendars. On days on
    which clocks change, a day starts where it starts: not always at midnight, not always 24 hours
    after the last one."""
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return None


def end_of(day: date, zone: ZoneInfo) -> datetime | None:
    """The first moment that is no longer this day."""
    return start_of(day + timedelta(days=1), zone) if day < date.max else None


# --------------------------------------------------------------------------- when a build stops


def next_stops(site: Site, now: datetime | None = None) -> tuple[Change, ...]:
    """From when on a build will stop unless someone acts: then nothing that is planned happens."""
    after = site.now if now is None else now
    return tuple(sorted({stop for stop in stops(site) if stop.at > after}))


def stops(site: Site) -> Iterator[Change]:
    zone = zone_of(site.config)
    grace = site.config.facts.reviews.grace_days
    for page in (page for edition in site.editions for page in edition.pages):
        matter, path = page.source.matter, page.source.path
        if matter.reviewed and not matter.draft:
            last = later(matter.reviewed.next, grace)
            yield from on_end(last, zone, "the medical review is overdue", path)
        yield from allowances(matter.allow, zone, path)
    yield from allowances(site.config.facts.allow, zone, "site.yaml")


def allowances(all_of: Iterable[Allowance], zone: ZoneInfo, path: str) -> Iterator[Change]:
    for one in all_of:
        yield from on_end(one.until, zone, f"{one.words!r} is no longer allowed", path)


def on_end(day: date, zone: ZoneInfo, what: str, path: str) -> Iterator[Change]:
    at = end_of(day, zone)
    if at is not None:
        yield Change(at, what, path)


def later(day: date, days: int) -> date:
    """Or the last of all days."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max
