"""A day -> the words a reader sees, in the order and with the month names of the page's language.

They come from the Unicode locale data (CLDR), never from the machine's locale: strings.py asks for
them once, because to load the data of one language takes as long as to make ten pages.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, date

from coldpress.model import Language, Site


def day(site: Site, on: date | None) -> str:
    """ "November 22, 2026", "22 de noviembre de 2026", or nothing."""
    return "" if on is None else written(site.languages[site.lang], on)


def written(language: Language, on: date) -> str:
    month = language.months[on.month - 1]
    return language.date.format(day=on.day, month=month, number=on.month, year=on.year)


def months_on(on: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month; or of all days."""
    years, month = divmod(on.month - 1 + months, 12)
    if on.year + years > MAXYEAR:
        return date.max
    last = monthrange(on.year + years, month + 1)[1]
    return date(on.year + years, month + 1, min(on.day, last))
