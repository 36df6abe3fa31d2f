"""The day on which something is said to have been done -> a problem when it has not come yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from coldpress.problems import Place, Problem, error

AHEAD = timedelta(days=1)
"""Where the author is it may be tomorrow already: no place is more than a day ahead of another."""


def early(place: Place, field: str, day: date | None, today: date) -> Iterator[Problem]:
    """`today`: where the site is."""
    if day is not None and day > today + AHEAD:
        message = f"{field!r} is {day}, a day that has not come yet"
        yield error("day-to-come", place, message, "write the day on which it was done")


def early_year(place: Place, field: str, year: int | None, today: date) -> Iterator[Problem]:
    """Journals print an issue with the date of the next year."""
    if year is not None and year > today.year + 1:
        message = f"{field!r} is {year}, a year that has not come yet"
        yield error("day-to-come", place, message, "write the year that is printed on it")
