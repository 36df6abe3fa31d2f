"""A day -> the words a reader sees, in the order and with the month names of the page's language.

They come from the Unicode locale data (CLDR), never from the machine's locale: strings.py asks for
them once, because to load the data of one language takes as long as to make ten pages.
"""

from __future__ import annotations

from datetime import date

from coldpress.model import Language, Site


def day(site: Site, on: date | None) -> str:
    """ "November 22, 2026", "22 de noviembre de 2026", or nothing."""
    return "" if on is None else written(site.languages[site.lang], on)


def written(language: Language, on: date) -> str:
    month = language.months[on.month - 1]
    return language.date.format(day=on.day, month=month, number=on.month, year=on.year)
