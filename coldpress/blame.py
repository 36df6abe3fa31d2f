"""Problems told of every page that a template draws -> the same, told once, of the template.

A text cannot hold a script, so a script on a page stands in a template: where, its files say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from coldpress.problems import Place, Problem, error

RULE = "script-on-page"
SCRIPT = re.compile(r"<script\b(?![^>]*application/ld\+json)", re.IGNORECASE)
MAY = "templates/search.html"
"""The one page that may have a script."""


def of_templates(problems: Iterable[Problem], source: Path) -> list[Problem]:
    """`source`: the site's folder."""
    told = list(problems)
    pages = [one for one in told if one.rule == RULE]
    spots = list(scripts_in(source)) if pages else []
    if not spots:
        return told
    what = f"a script stands here, and {len(pages)} page(s) have one"
    return [one for one in told if one.rule != RULE] + [
        error(RULE, spot, what, pages[0].hint) for spot in spots
    ]


def scripts_in(source: Path) -> Iterator[Place]:
    for file in sorted((source / "templates").rglob("*.html")):
        path = file.relative_to(source).as_posix()
        text = "" if path == MAY else file.read_text(encoding="utf-8", errors="replace")
        for found in SCRIPT.finditer(text):
            before = text[: found.start()]
            yield Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
