"""A large site is searched with Pagefind, which has to be installed."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Site
from coldpress.problems import Problem, advice
from coldpress.searching import has_pagefind, has_search_page, is_large, searched


def search_index(site: Site) -> Iterator[Problem]:
    if has_search_page(site) and is_large(site) and not has_pagefind():
        limit = site.config.facts.budgets.search_pages
        yield advice(
            "search-index-large",
            site.config.place("budgets.search_pages"),
            f"search keeps {len(searched(site)):,} pages in one file, meant for {limit:,}",
            'install Pagefind: pip install "coldpress[search-large]"',
        )
