"""A day -> the words a reader sees, in the order and with the month names of the page's language.

They come from the Unicode locale data (CLDR) by way of Babel, never from the machine's locale.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_date

from coldpress.model import Site


def day(site: Site, on: date | None) -> str:
    """ "November 22, 2026", "22 de noviembre de 2026", or nothing."""
    return "" if on is None else written(site.lang, on)


@lru_cache(maxsize=1_000)
def written(lang: str, on: date) -> str:
    return format_date(on, "long", locale=lang)
