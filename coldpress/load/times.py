"""A moment as written + the site's zone -> the moment in UTC, or why there is none or are two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from coldpress.problems import Place, Problem, error
from coldpress.schema import Moment


def in_utc(moment: Moment, site_zone: ZoneInfo | None, place: Place) -> datetime | Problem:
    try:
        return _in_utc(moment, site_zone, place)
    except OverflowError:
        message = f"no calendar reaches {moment.local:%Y-%m-%d %H:%M} in every time zone"
        return error("impossible-date", place, message, "choose a nearer date")


def _in_utc(moment: Moment, site_zone: ZoneInfo | None, place: Place) -> datetime | Problem:
    if moment.local.tzinfo is not None:
        return _agreed(moment.local, moment.zone, place)
    zone = moment.zone or site_zone
    if zone is None:
        return error(
            "time-without-zone",
            place,
            f"{moment.local:%Y-%m-%d %H:%M} where? this time has no zone",
            "write one after it, like America/Los_Angeles, or set timezone in site.yaml",
        )
    first, second = (moment.local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    return _two_readings(first, second, zone, place)


def _agreed(local: datetime, zone: ZoneInfo | None, place: Place) -> datetime | Problem:
    """A time with its offset is one moment, whatever the site's zone; a zone beside it must have
    that offset then."""
    if zone is None or local.astimezone(zone).utcoffset() == local.utcoffset():
        return local.astimezone(UTC)
    message = f"{local.isoformat(' ', 'minutes')} is not a time in {zone.key}"
    return error("contrary-zone", place, message, one_of((local, local.replace(tzinfo=zone)), zone))


def _two_readings(first: datetime, second: datetime, zone: ZoneInfo, place: Place) -> Problem:
    """When clocks change, one hour of the night is skipped and another comes twice."""
    skipped = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != first.replace(
        tzinfo=None
    )
    what = "does not exist: clocks go forward" if skipped else "comes twice: clocks go back"
    return error(
        "ambiguous-time",
        place,
        f"{first:%Y-%m-%d %H:%M} {what} in {zone.key} that night",
        one_of((first, second), zone),
    )


def one_of(readings: Iterable[datetime], zone: ZoneInfo) -> str:
    """Each as a time of the zone that can be meant in one way only."""
    # In UTC they differ; two times of one zone are compared by what the clock on the wall shows.
    moments = dict.fromkeys(at.astimezone(UTC) for at in readings)
    written = [at.astimezone(zone).isoformat(" ", "minutes") for at in moments]
    return f"write one of: {' or '.join(written)}" if len(written) > 1 else f"write {written[0]}"
