"""Days in words are those of Babel, in every language it knows, without Babel."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers

from coldpress.dates import written
from coldpress.strings import language

DAYS = [date(2024, 1, 1) + timedelta(days=step) for step in range(0, 366, 9)]


@pytest.mark.parametrize("code", sorted({one.partition("_")[0] for one in locale_identifiers()}))
def test_days_are_written_as_the_locale_data_says(code: str) -> None:
    own = language(code, (code,), {})
    said = [written(own, on) for on in DAYS]
    assert said == [format_date(on, "long", locale=Locale(code)) for on in DAYS]


def test_the_languages_of_the_first_site() -> None:
    on = date(2026, 11, 3)
    words = {"only_in": "nur auf {language}"}
    english, spanish = (language(code, ("en", "es"), words) for code in ("en", "es"))
    assert (written(english, on), english.name) == ("November 3, 2026", "English")
    assert (written(spanish, on), spanish.name) == ("3 de noviembre de 2026", "Español")
    assert english.only == {"es": "nur auf Spanish"}


def test_a_language_that_nobody_has_described_writes_days_in_figures() -> None:
    own = language("zzz", ("zzz", "en"), {"only_in": "({language})"})
    assert written(own, date(2026, 3, 1)) == "2026-03-01"
    assert (own.name, own.only) == ("Zzz", {"en": "(en)"})
