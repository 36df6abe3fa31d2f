"""Prose -> whether a long article has something to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice

MUCH = 600
"""Words that want something to look at among them."""
ILLUSTRATED = re.compile(
    r"!\[|^ {0,3}:{2,}[ \t]*(?:figure|chart|diagram|findings?|body-map|cards|steps)\b|^\s*\|",
    re.MULTILINE,
)


def no_picture(prose: Prose) -> Iterator[Problem]:
    page = prose.page
    seen = page.converted.media or page.image or ILLUSTRATED.search(page.source.body)
    if prose.is_article and prose.words >= MUCH and not seen:
        yield advice(
            "no-picture",
            prose.opening,
            f"{prose.words} words, and nothing to look at: no picture, drawing, chart or table",
            'add one that helps to understand: ::: figure room.jpg "What it shows"',
        )
