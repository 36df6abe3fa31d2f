"""problems -> files mended: only what a mend names changes, and only when it still stands there."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldpress import mending
from coldpress.mending import column_of, mend, mend_all, mended_text
from coldpress.problems import Mend, OperationError, Place, Problem, changed, error, meant

FILE = "content/guides/cold.md"


def wrong(line: int, column: int, was: str, becomes: str, path: str = FILE) -> Problem:
    place = Place(path, line, column)
    return error("bad-value", place, f"{was!r} is wrong", "", Mend(place, was, becomes))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site/content/guides").mkdir(parents=True)
    return tmp_path / "site"


def mended(site: Path, before: bytes, *problems: Problem) -> bytes:
    (site / FILE).write_bytes(before)
    mend(problems, site)
    return (site / FILE).read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"one\ntwo\nthree", b"one\nTWO\nthree"),
        (b"one\r\ntwo\r\nthree\r\n", b"one\r\nTWO\r\nthree\r\n"),
        (b"\xef\xbb\xbfone\ntwo\n", b"\xef\xbb\xbfone\nTWO\n"),
        (b"one\rtwo\r", b"one\rTWO\r"),
        (b"\xf0\x9f\xa7\x8a\ntwo \xe2\x80\xa8 x\n", b"\xf0\x9f\xa7\x8a\nTWO \xe2\x80\xa8 x\n"),
        (b"one  \ntwo\t\n\n\n", b"one  \nTWO\t\n\n\n"),
    ],
    ids=["plain", "windows", "byte order mark", "old mac", "other signs", "spaces at the end"],
)
def test_nothing_but_the_words_changes(site: Path, before: bytes, after: bytes) -> None:
    assert mended(site, before, wrong(2, 1, "two", "TWO")) == after


def test_a_new_line_ends_as_the_others_do(site: Path) -> None:
    problem = wrong(2, 1, "text", "---\ntext")
    assert mended(site, b"a\r\ntext\r\n", problem) == b"a\r\n---\r\ntext\r\n"
    assert mended(site, b"a\r\ntext", problem) == b"a\r\n---\r\ntext"


@pytest.mark.parametrize(
    "before",
    [b"a\ntree\n", b"a\n two\n", b"a\n", b"", b"a\n'two'"],
    ids=["other words", "moved", "line gone", "empty", "another column"],
)
def test_what_does_not_stand_there_any_more_is_left(site: Path, before: bytes) -> None:
    problem = wrong(2, 3, "two", "TWO")
    (site / FILE).write_bytes(before)
    assert mend([problem], site) == mending.Mended((), (), (problem,))
    assert (site / FILE).read_bytes() == before


@pytest.mark.parametrize("sign", ["'", '"'])
def test_a_value_in_quotes_is_mended_inside_of_them(site: Path, sign: str) -> None:
    line = f"grade: {sign}moderat{sign}\n"
    right = line.replace("moderat", "moderate")
    problem = wrong(1, 8, "moderat", "moderate")
    assert mended(site, line.encode(), problem) == right.encode()
    assert mended(site, right.encode(), problem) == right.encode(), "once is enough"


def test_the_first_of_two_mends_of_the_same_words_wins(site: Path) -> None:
    first, second = wrong(1, 1, "one two", "1 2"), wrong(1, 5, "two", "II")
    other = wrong(1, 9, "three", "3")
    (site / FILE).write_bytes(b"one two three\n")
    result = mend([second, other, first], site)
    assert (site / FILE).read_bytes() == b"1 2 3\n"
    assert result.left == (second,)
    assert set(result.problems) == {first, other}


def test_what_has_no_mend_is_not_touched_or_counted(site: Path) -> None:
    (site / FILE).write_bytes(b"one")
    assert mend([error("bad-value", Place(FILE), "m", "h")], site) == mending.Mended()


@pytest.mark.parametrize("path", ["../outside.md", "/outside.md", "content/link/cold.md"])
def test_no_file_outside_of_the_site_is_written(site: Path, path: str) -> None:
    outside = site.parent / "outside"
    outside.mkdir()
    (outside / "cold.md").write_text("one")
    (site.parent / "outside.md").write_text("one")
    (site / "content/link").symlink_to(outside, target_is_directory=True)
    assert mend([wrong(1, 1, "one", "1", path)], site).files == ()
    assert (outside / "cold.md").read_text() == "one"
    assert (site.parent / "outside.md").read_text() == "one"


def test_a_link_is_not_followed(site: Path) -> None:
    (site / "note.md").write_text("one")
    (site / FILE).symlink_to(site / "note.md")
    assert mend([wrong(1, 1, "one", "1")], site).files == ()
    assert (site / "note.md").read_text() == "one"


def test_a_file_that_is_not_text_stays(site: Path) -> None:
    assert mended(site, b"one\xff", wrong(1, 1, "one", "1")) == b"one\xff"
    assert mend([wrong(1, 1, "one", "1", "content/none.md")], site).files == ()


def test_rights_stay_and_nothing_is_left_beside_it(site: Path) -> None:
    (site / FILE).write_text("one")
    (site / FILE).chmod(0o640)
    mend([wrong(1, 1, "one", "1")], site)
    assert stat.S_IMODE((site / FILE).stat().st_mode) == 0o640
    assert [path.name for path in (site / FILE).parent.iterdir()] == ["cold.md"]


def test_a_file_saved_at_that_moment_is_not_overwritten(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / FILE).write_text("one")
    sync = os.fsync

    def slow(handle: int) -> None:
        (site / FILE).write_text("one, and more")
        sync(handle)

    monkeypatch.setattr(os, "fsync", slow)
    with pytest.raises(OperationError, match="saved by another program"):
        mend([wrong(1, 1, "one", "1")], site)
    assert (site / FILE).read_text() == "one, and more"
    assert [path.name for path in (site / FILE).parent.iterdir()] == ["cold.md"]


def test_a_full_disk_leaves_the_file(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    (site / FILE).write_text("one")
    with pytest.raises(OperationError, match="cannot be written: no space left on device"):
        mend([wrong(1, 1, "one", "1")], site)
    assert (site / FILE).read_text() == "one"
    assert [path.name for path in (site / FILE).parent.iterdir()] == ["cold.md"]


# --------------------------------------------------------------------------- looking again


def find_in(site: Path) -> list[Problem]:
    """Only the first `x` shows at a time, as one mistake hides the next."""
    for number, line in enumerate((site / FILE).read_text().split("\n"), 1):
        if "x" in line:
            return [wrong(number, line.index("x") + 1, "x", "y")]
    return []


def test_what_was_hidden_is_mended_as_well(site: Path) -> None:
    (site / FILE).write_text("xx\nx")
    result, problems = mend_all(lambda: find_in(site), site)
    assert (site / FILE).read_text() == "yy\ny"
    assert (result.files, len(result.problems), problems) == ((FILE,), 3, [])


def test_mending_ends_even_if_the_problems_do_not(site: Path) -> None:
    (site / FILE).write_text("x")

    def again() -> list[Problem]:
        written = (site / FILE).read_text()
        return [wrong(1, 1, written, "y" if written == "x" else "x")]

    result, problems = mend_all(again, site)
    assert len(result.problems) == mending.MOST_ROUNDS
    assert result.left == tuple(problems)


# --------------------------------------------------------------------------- laws

TEXT = st.text(st.sampled_from("ab'\" \té🧊\n\r"), max_size=40)
EDITS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 12), st.text("ab", min_size=1, max_size=3)),
    max_size=6,
)


@given(TEXT, EDITS)
def test_bytes_outside_of_the_mends_are_the_same(
    text: str, edits: list[tuple[int, int, str]]
) -> None:
    """A mark nobody can write stands for what is mended: without marks the rest is the text."""
    problems = [wrong(line, column, was, "\ue000") for line, column, was in edits]
    after, made = mended_text(text, problems)
    pieces = after.split("\ue000")
    assert len(pieces) == len(made) + 1
    assert re.fullmatch("[ab]{1,3}".join(re.escape(piece) for piece in pieces), text)


@given(TEXT, EDITS)
def test_mending_twice_is_mending_once(text: str, edits: list[tuple[int, int, str]]) -> None:
    problems = [wrong(line, column, was, was.upper() + "!") for line, column, was in edits]
    once, _ = mended_text(text, problems)
    twice, _ = mended_text(once, [p for p in problems if p in mended_text(text, problems)[1]])
    assert twice == once


WORDS = st.text("ab c", max_size=12)


@given(WORDS, WORDS)
def test_the_smallest_change_makes_one_line_of_the_other(was: str, becomes: str) -> None:
    mend = changed(Place(FILE, 1, 1), was, becomes)
    if not was or was == becomes:
        assert mend is None
        return
    assert mend is not None
    assert mend.was
    at = mend.place.column - 1
    assert was[at : at + len(mend.was)] == mend.was
    assert was[:at] + mend.becomes + was[at + len(mend.was) :] == becomes


def test_a_mend_that_changes_nothing_is_none() -> None:
    assert column_of(Mend(Place(FILE), "a", "a"), "a") == 0
    assert column_of(Mend(Place(FILE), "", "a"), "a") == 0


# --------------------------------------------------------------------------- the one name meant

NAMES = ["cold-packs-at-home", "cold-or-heat", "algafly2007", "ice", "evidence_checked", "label"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("cold-pakcs-at-home", "cold-packs-at-home"),
        ("Cold or heat", "cold-or-heat"),
        ("evidence-checked", "evidence_checked"),
        ("algfly2007", "algafly2007"),
        ("algafly2008", ""),
        ("algafly207", ""),
        ("ise", ""),
        ("labels", "label"),
        ("cold-or-heta", "cold-or-heat"),
        ("cold-or-hate", ""),
        ("cold-off-heat", ""),
        ("coldor-heat", "cold-or-heat"),
        ("winter-sale", ""),
        ("", ""),
    ],
)
def test_only_a_slip_is_taken_for_one(written: str, right: str) -> None:
    assert meant(written, NAMES) == right


def test_two_names_that_are_as_near_are_none() -> None:
    assert meant("stap", ["step", "stop"]) == ""
    assert meant("a_b", ["a-b", "a_b"]) == "", "names that only differ so cannot be told apart"
