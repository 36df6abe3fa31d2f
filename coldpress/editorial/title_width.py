"""Prose -> whether a search result cuts the title."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.lengths import in_results, lengths
from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice
from coldpress.titles import WIDEST_TITLE


def title_width(prose: Prose) -> Iterator[Problem]:
    found = lengths(prose.page, prose.site)
    if not in_results(prose.page) or found.title_verdict != "cut":
        return
    yield advice(
        "title-width",
        prose.page.source.place("title"),
        f"the title is {found.title_px} px wide, a search result shows {WIDEST_TITLE} of them: "
        f"{found.title_shown + ' …'!r}",
        "shorten it, or put what matters first",
    )
