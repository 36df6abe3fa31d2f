"""A day on which something was done has come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sites
from tests.checkcases import case_files, expected_and_said

RULES = {"day-to-come"}


@pytest.mark.parametrize("path", case_files("days"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, RULES)
    assert said == expected


@pytest.mark.parametrize(
    ("updated", "rules"), [("2026-12-24", []), ("2026-12-25", []), ("2026-12-26", ["day-to-come"])]
)
def test_a_page_that_waits_may_carry_the_day_on_which_it_goes_live(
    updated: str, rules: list[str], tmp_path: Path
) -> None:
    page = sites.page("Soon", updated=updated, publish_at="2026-12-24 09:00")
    source = sites.write(tmp_path, {"content/guides/soon.md": page})
    found = sites.problems(source, drafts=True)
    assert [one.rule for one in found if one.rule in RULES] == rules


def test_before_the_first_journals_nothing_was_printed(tmp_path: Path) -> None:
    case = case_files("days")[0].read_text(encoding="utf-8")
    told = case.partition("b2105")[0].partition("\n")[2].replace("2027", "202", 2)
    source = sites.write(tmp_path, {"content/data/references.yaml": told.replace("a202:", "a:")})
    (found,) = (one for one in sites.problems(source) if one.level == "error")
    assert found.message == "'a.year' cannot be '202'"
