"""What is wrong and what could be better -> lists for the panel, what helps a reader most first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from coldpress.editorial import House, advise, advise_site, rank
from coldpress.model import Page
from coldpress.preview.editors import Editor
from coldpress.preview.overlay import views
from coldpress.preview.spots import words_at
from coldpress.preview.workshop import State
from coldpress.problems import Problem, errors_in

MOST = 60
"""Findings in one list."""


def of_page(
    state: State, page: Page, style: House, source: Path, editor: Editor
) -> list[dict[str, Any]]:
    """Errors of its file, then the build's advice, then the editor's."""
    shown = state.shown
    if shown is None:
        return []
    errors = [one for one in errors_in(state.problems) if one.path == page.source.path]
    built = [one for one in shown.advice if one.path == page.source.path]
    found = [*errors, *sorted(built), *advise(page, shown.site, style)]
    return [
        {**view, "words": words_at(page, problem.line, problem.column)}
        for problem, view in zip(
            found[:MOST], views(found[:MOST], source, editor, excerpts=False), strict=True
        )
    ]


def of_site(
    state: State, style: tuple[Problem, ...], source: Path, editor: Editor
) -> dict[str, Any]:
    """What stands in no page; and for every page with findings of its own, how many."""
    shown = state.shown
    if shown is None:
        return {}
    errors = errors_in(state.problems)
    editions = shown.site.editions
    paths = {page.source.path: page for site in editions for page in site.pages}
    whole = [*shown.advice, *style, *(one for site in editions for one in advise_site(site))]
    own = [one for one in whole if one.path not in paths]
    counted = Counter(one.path for one in (*errors, *whole) if one.path in paths)
    found = [*errors, *sorted(own, key=lambda one: (rank(one.rule), one))][:MOST]
    return {
        "findings": [{**one, "words": ""} for one in views(found, source, editor, excerpts=False)],
        "pages_with": [
            {
                "title": paths[path].title,
                "url": shown.site.config.base_path + paths[path].route.url,
                "count": count,
            }
            for path, count in counted.most_common()
        ],
    }
