"""Withdrawn studies stop a build; old ones are named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldpress.dates import months_on
from tests import sites
from tests.checkcases import case_files, expected_and_said
from tests.test_evidence import REFERENCES

RULES = {"retracted-evidence", "stale-evidence", "evidence-check-due"}


@pytest.mark.parametrize("path", case_files("evidence_age"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, RULES)
    assert said == expected


def test_a_withdrawal_without_a_day_is_one_as_well(tmp_path: Path) -> None:
    withdrawn = "limits: Small., retracted: {note: by its authors},"
    told = REFERENCES.replace("limits: Small.,", withdrawn)
    files = {
        "content/data/references.yaml": told,
        "content/guides/a.md": sites.page("First", "It may [@b2020]."),
    }
    found = [p for p in sites.problems(sites.write(tmp_path, files)) if p.rule in RULES]
    assert [(p.level, p.path, p.line, p.message) for p in found] == [
        ("error", "content/guides/a.md", 6, "'b2020' was withdrawn: by its authors")
    ]


def test_a_withdrawn_record_that_nobody_uses_may_stay(tmp_path: Path) -> None:
    """So that nobody cites it again."""
    told = REFERENCES.replace("limits: Small.,", "limits: Small., retracted: {note: why},")
    found = sites.problems(sites.write(tmp_path, {"content/data/references.yaml": told}))
    assert not [p for p in found if p.level == "error"]


def test_the_months_can_be_set(tmp_path: Path) -> None:
    files = {
        "site.yaml": sites.SITE_YAML + "evidence: {recheck_months: 1}\n",
        "content/guides/a.md": sites.page("First", evidence_checked="2026-10-22"),
        "content/guides/b.md": sites.page("Second", evidence_checked="2026-10-23"),
    }
    found = [p for p in sites.problems(sites.write(tmp_path, files)) if p.rule in RULES]
    assert [(p.path, p.rule) for p in found] == [("content/guides/a.md", "evidence-check-due")]


def test_a_page_says_when_its_evidence_is_looked_at_again(tmp_path: Path) -> None:
    files = {
        "content/guides/a.md": sites.page("First", evidence_checked="2026-02-28"),
        "content/guides/b.md": sites.page("Second"),
    }
    made = sites.compose(sites.write(tmp_path, files)).made
    assert b"Next check due February 28, 2027." in made["guides/a/index.html"].content
    assert b"Next check" not in made["guides/b/index.html"].content


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    then = months_on(day, months)
    assert months_on(date.max, months) == date.max
    assert (then.year - day.year) * 12 + then.month - day.month == months
    assert then.day == day.day or (then.day < day.day and months_on(then, 0) == then)
