"""The exact words of every problem met while reading: tests/cases/problems/*.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.caselib import CASES, as_lines, problems_of, read_case, write_site


@pytest.mark.parametrize("path", sorted((CASES / "problems").glob("*.txt")), ids=lambda p: p.stem)
def test_a_site_with_mistakes_gives_exactly_these_problems(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    site = write_site(tmp_path, case.files)
    assert as_lines(problems_of(site)) == case.problems


def test_a_site_without_mistakes_gives_none(tmp_path: Path) -> None:
    assert problems_of(write_site(tmp_path, {})) == ()
