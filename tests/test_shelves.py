"""Pages of a large site, one after another: all at once they would not fit into memory."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest

from coldpress import intake
from coldpress.memory import shelves
from tests import sites

PAGES = 40


def test_of_a_large_site_only_a_few_pages_are_held_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (intake, shelves):
        monkeypatch.setattr(module, "ROOM", 0)
    monkeypatch.setattr(shelves, "MANY", 4)
    monkeypatch.setattr(shelves, "AT_HAND", 4)
    texts = {f"content/guides/g{n}.md": sites.page(f"Number {n}") for n in range(PAGES)}
    built = sites.compose(sites.write(tmp_path, texts))
    for pages in (built.site.pages, built.site.of_kind("guides")):
        seen = []
        for page in pages:
            seen.append(weakref.ref(page.source.written))
            gc.collect()
            assert sum(one() is not None for one in seen) <= 13
        assert len(seen) >= PAGES
