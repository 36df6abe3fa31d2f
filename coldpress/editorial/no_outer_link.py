"""Prose -> whether an article shows a source."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice


def no_outer_link(prose: Prose) -> Iterator[Problem]:
    page = prose.page.converted
    out = any(link.url.startswith(("http:", "https:")) for link in page.links)
    if prose.is_article and not out and not page.citations:
        yield advice(
            "no-outer-link",
            prose.opening,
            "this text shows no source: no study and no link to another site",
            "cite what it rests on, like [@costello2015], or link to it",
        )
