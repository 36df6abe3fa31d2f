"""Site -> whether search results cut off its name."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.lengths import WIDEST_TITLE, in_results, lengths, width
from coldpress.model import Site
from coldpress.problems import Problem, advice

MANY = 0.25
"""Share of the pages from which it is told."""


def lost_name(site: Site) -> Iterator[Problem]:
    """Said once for the site: page by page it would be the same words again and again."""
    pages = [page for page in site.pages if in_results(page)]
    lost = [page for page in pages if lengths(page, site).title_verdict == "name cut"]
    if len(lost) > len(pages) * MANY:
        room = WIDEST_TITLE - width(f" | {site.config.facts.name}")
        yield advice(
            "lost-name",
            site.config.place("name"),
            f"{len(lost)} of {len(pages)} titles are so wide that search results cut off the name "
            "of the site",
            f"give title_tag in templates/strings/ a shorter name, or titles {room} px at most",
        )
