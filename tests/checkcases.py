"""A case file of a whole site -> what some rules say of it. The form is that of caselib."""

from __future__ import annotations

from pathlib import Path

from tests import sites
from tests.caselib import CASES, as_lines, read_case


def case_files(folder: str) -> list[Path]:
    return sorted((CASES / folder).glob("*.txt"))


def expected_and_said(path: Path, site: Path, rules: set[str]) -> tuple[str, str]:
    """Both in the form of the case file. A new rule of another family changes nothing here."""
    case = read_case(path)
    found = sites.problems(sites.write(site, case.files))
    return case.problems, as_lines(problem for problem in found if problem.rule in rules)
