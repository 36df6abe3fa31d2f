"""Prose -> whether an article says enough."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import RUNNING, Prose, count
from coldpress.problems import Problem, advice

FEWEST = 300
"""Words."""


def short_text(prose: Prose) -> Iterator[Problem]:
    words = sum(count(one.text) for one in prose.sentences if one.kind in (*RUNNING, "cell"))
    if prose.is_article and words < FEWEST:
        yield advice(
            "short-text",
            prose.opening,
            f"this page has {words} words, most answers take {FEWEST} or more",
            "answer one more question a reader has, or tell this on a page that exists already",
        )
