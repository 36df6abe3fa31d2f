"""A day -> the words a reader sees. Months come from the site's strings, never from the locale."""

from __future__ import annotations

from datetime import date

from coldpress.model import Site


def day(site: Site, on: date | None) -> str:
    """ "22 November 2026", or nothing."""
    if on is None:
        return ""
    month = site.strings[f"month_{on.month}"]
    return site.strings["date"].format(day=on.day, month=month, year=on.year)
