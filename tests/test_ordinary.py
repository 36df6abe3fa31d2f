"""Three sites of ordinary articles: cooking, travel, a neighbourhood. Nothing in them is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import sites
from tests.caselib import CASES

SITES = sorted(path for path in (CASES / "ordinary").iterdir() if path.is_dir())
FEWEST = 60
NOT_ABOUT_THE_TEXT = frozenset({"unconfirmed-fact", "one-temperature-unit", "offer-without-end"})
"""Advice that is true of such a text: a stand-in address, a degree in one unit, a price."""


def test_there_is_enough_to_read() -> None:
    assert sum(1 for site in SITES for _ in site.rglob("*.md")) >= FEWEST


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_ordinary_articles_have_no_errors_and_no_advice_on_their_markup(
    site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "site")
    found = sites.problems(tmp_path / "site")
    assert [p for p in found if p.level == "error"] == []
    assert {p.rule for p in found if p.rule in MARKUP} <= NOT_ABOUT_THE_TEXT


MARKUP = frozenset(
    {
        "list-without-blank-line",
        "table-without-blank-line",
        "unclosed-emphasis",
        "insecure-link",
        "unused-file",
        "replace-this",
        "link-to-hidden-page",
    }
)
