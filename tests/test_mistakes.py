"""Every mistake is caught where it was made: tests/cases/mistakes/*.txt, see mistakes.py."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coldpress.mending import mend, mend_all
from coldpress.problems import Problem
from tests import mistakes as made
from tests.mistakes import MARK, Mistake, difference, expected, found_in, only_new, texts

MISTAKES = made.mistakes()
FEWEST = 200
SHARE = 0.98
"""Of the mistakes are reported on exactly the line on which they were made."""

Copy = Callable[[Path], Path]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.prepared(tmp_path_factory.mktemp("mistakes") / "clean")


@pytest.fixture(scope="module")
def before(clean: Path) -> tuple[Problem, ...]:
    return found_in(clean)


def test_the_pages_without_a_mistake_are_without_a_problem(before: tuple[Problem, ...]) -> None:
    assert {problem.rule for problem in before if problem.level == "error"} == set()


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_in_exactly_these_words_and_mended_like_this(
    mistake: Mistake, clean: Path, before: tuple[Problem, ...], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(clean, site)
    made.make(mistake, site)
    found = only_new(found_in(site), before)
    assert expected(mistake, found) == mistake.problems

    written = texts(site)
    mended = mend(found, site)
    assert "\n".join(difference(written, texts(site))) == mistake.mended
    assert mend(found, site).files == (), "the same mends find nothing to do"
    if mended.files and texts(site) != texts(clean):
        assert_only_better(found, mended.problems, only_new(found_in(site), before))


def assert_only_better(
    found: tuple[Problem, ...], mended: tuple[Problem, ...], after: tuple[Problem, ...]
) -> None:
    """What was mended is gone, and nothing is said that was not said before."""
    known = {(p.path, p.rule, p.message) for p in found}
    still = {(p.path, p.rule, p.message) for p in after}
    assert not still & {(p.path, p.rule, p.message) for p in mended}
    assert {one for one in still if one not in known} == set()


def test_nearly_all_are_told_on_the_line_of_the_mistake(tmp_path: Path) -> None:
    """From the marks a person set by hand, not from what the program says."""
    assert len(MISTAKES) >= FEWEST
    missed = [mistake.name for mistake in MISTAKES if not on_its_line(mistake, tmp_path)]
    assert len(missed) <= len(MISTAKES) * (1 - SHARE), missed


def on_its_line(mistake: Mistake, folder: Path) -> bool:
    site = folder / mistake.name
    shutil.copytree(made.SITE, site)
    path, line, _column = made.make(mistake, site)
    return f"\n{path}:{line}:" in f"\n{mistake.problems}"


@pytest.mark.parametrize("how", ["crlf", "bom"])
def test_the_line_ends_and_the_mark_of_windows_are_no_mistakes(
    how: str, clean: Path, before: tuple[Problem, ...], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(clean, site)
    for path in texts(site):
        if path.endswith((".md", ".yaml")):
            steps = ((f"save {path} as {how}", ""),)
            made.make(Mistake("windows", "", steps, at=(path, 1, 1)), site)
    assert only_new(found_in(site), before) == ()


def test_a_mark_stands_in_no_text_of_the_site() -> None:
    assert all(MARK not in path.read_text() for path in made.SITE.rglob("*.*"))


SEVERAL = (
    ("content/guides/cold-or-heat.md", 'title: "Cold or heat: ', "title: “Cold or heat: "),
    ("content/guides/cold-or-heat.md", 'which pain?"', "which pain?”"),
    (
        "content/guides/cold-or-heat.md",
        "    finding: muscle-pain-ice",
        "\tfinding: muscle-pain-ice",
    ),
    ("content/guides/cold-or-heat.md", "methods: [ice-pack]", "methods: ice-pcak"),
    ("content/guides/cold-or-heat.md", "(../conditions/low-back", "(../guides/Low-Back"),
    ("content/guides/cold-or-heat.md", "\n---\n\n## The", "\n—\n\n## The"),
    ("content/data/findings.yaml", "grade: strong\n", "grade: srtong\n"),
)


def test_mistakes_that_hide_each_other_are_all_mended(
    clean: Path, before: tuple[Problem, ...], tmp_path: Path
) -> None:
    """In a file with the line ends of Windows, which stay."""
    site = tmp_path / "site"
    shutil.copytree(clean, site)
    windows = {path: raw.replace(b"\n", b"\r\n") for path, raw in texts(site).items()}
    for path, right, wrong in SEVERAL:
        text = (site / path).read_text()
        assert right in text
        (site / path).write_text(text.replace(right, wrong, 1))
    for path in windows:
        (site / path).write_bytes((site / path).read_bytes().replace(b"\n", b"\r\n"))
    mended, left = mend_all(lambda: found_in(site), site)
    assert only_new(left, before) == ()
    assert mended.files == ("content/data/findings.yaml", "content/guides/cold-or-heat.md")
    assert texts(site) == windows
    assert mend_all(lambda: found_in(site), site)[0].files == ()
