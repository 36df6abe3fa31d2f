"""Prose -> whether a search result has room for the description."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.lengths import DESCRIPTION, in_results, lengths
from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice

BEST = f"{DESCRIPTION.start} to {DESCRIPTION[-1]}"


def description_length(prose: Prose) -> Iterator[Problem]:
    found = lengths(prose.page, prose.site)
    if not in_results(prose.page) or found.description_verdict == "good":
        return
    short = found.description_verdict == "short"
    yield advice(
        "description-length",
        prose.page.source.place("description"),
        f"the description has {found.description_chars} characters, {BEST} fit a search result",
        "say what a reader will find here, and for whom"
        if short
        else "put what matters first and leave out the rest: it will be cut",
    )
