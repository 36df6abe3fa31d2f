"""Site -> index.md beside every index.html: the page in Markdown, for language models and reuse.

What it says is worked out where pages are made (baking.py): here only which there are."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site
from coldpress.reuse import has_twin, twin_output


def twins(site: Site) -> Iterator[Recipe]:
    for page in site.pages:
        if has_twin(site, page):
            yield Recipe(output=twin_output(page), twin_of=page.id)
