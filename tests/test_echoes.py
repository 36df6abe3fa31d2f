"""One mistake in a data file is one message, not one for every text that rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.echoes import MOST
from tests import sites

GLOSSARY = "content/data/glossary.yaml"


def told(tmp_path: Path, count: int, glossary: str | None) -> list[tuple[str, str]]:
    words = " ".join(f"[ice](term:ice-{number})" for number in range(count))
    files = {"content/guides/a.md": sites.page("Ice", words)}
    files |= {} if glossary is None else {GLOSSARY: glossary}
    found = sites.problems(sites.write(tmp_path, files))
    return [(one.path, one.rule) for one in found if one.level == "error"]


@pytest.mark.parametrize("glossary", [None, "", "# later\n"])
def test_of_a_file_that_is_not_there_only_that_is_told(
    glossary: str | None, tmp_path: Path
) -> None:
    assert told(tmp_path, MOST + 1, glossary) == [(GLOSSARY, "missing-data")]


def test_a_file_that_is_yet_to_be_begun_is_told_where_its_first_words_stand(tmp_path: Path) -> None:
    assert told(tmp_path, MOST, None) == [("content/guides/a.md", "unknown-term")] * MOST


def test_a_file_that_cannot_be_read_tells_only_of_itself(tmp_path: Path) -> None:
    listed = "- term: Ice\n  definition: Frozen water.\n"
    assert told(tmp_path, 1, listed) == [(GLOSSARY, "wrong-type")]


def test_of_a_file_whose_names_are_known_a_wrong_one_is_told_as_well(tmp_path: Path) -> None:
    half = "ice-0:\n  term: Ice\n"
    found = told(tmp_path, 2, half)
    assert found == [(GLOSSARY, "missing-field"), ("content/guides/a.md", "unknown-term")]
