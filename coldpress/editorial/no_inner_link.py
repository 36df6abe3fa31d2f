"""Prose -> whether an article leads on."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice


def no_inner_link(prose: Prose) -> Iterator[Problem]:
    if prose.is_article and not any(
        link.url.startswith("/") for link in prose.page.converted.links
    ):
        yield advice(
            "no-inner-link",
            prose.opening,
            "this text links to no other page of the site",
            "link where a reader may want to know more: [side effects](../guides/side-effects.md)",
        )
