"""A time zone that does not exist -> the problem, and the one that was meant."""

from __future__ import annotations

from zoneinfo import available_timezones

from coldpress.problems import Mend, Place, Problem, error, meant, nearest


def unknown_zone(place: Place, zone: str, line: str = "") -> Problem:
    """`line`: as it stands in the file, if it is known."""
    message = f"unknown time zone {zone!r}"
    known = [name for name in available_timezones() if "/" in name and name[:4] != "Etc/"]
    hint = nearest(zone, known) or "write one like America/Los_Angeles"
    at = line.find(zone, place.column - 1)
    spot = Place(place.path, place.line, at + 1) if at >= 0 else place
    return error("unknown-zone", spot, message, hint, in_zone(spot, zone))


def in_zone(place: Place, zone: str) -> Mend | None:
    """A zone with a slip in it."""
    names = {name for name in available_timezones() if "/" in name}
    towns = [name for name in names if name.casefold().endswith(f"/{zone.casefold()}")]
    right = towns[0] if len(towns) == 1 else meant(zone, names)
    return Mend(place, zone, right) if right else None
