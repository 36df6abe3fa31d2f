"""What our own YAML files say is kept, and never outlives what they say."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from coldpress import shipped


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path)
    monkeypatch.setattr(shipped, "KEPT", tmp_path / "__pycache__")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "words").mkdir()
    file = tmp_path / "words" / "a.yaml"
    file.write_text("no: 010\n")
    return file


def test_each_way_of_reading_is_kept_for_itself(ours: Path) -> None:
    for _time in range(2):
        assert shipped.values(ours) == {False: 8}
        assert shipped.words(ours) == {"no": "010"}
    assert len(list(shipped.KEPT.iterdir())) == 2


def test_what_is_kept_is_not_read_again(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = shipped.values(ours)
    monkeypatch.setattr(shipped, "parsed", lambda *_asked: pytest.fail("it was kept"))
    assert shipped.values(ours) == read


def test_a_changed_file_is_read_again(ours: Path) -> None:
    assert shipped.words(ours) == {"no": "010"}
    ours.write_text("no: 0101\n")
    assert shipped.words(ours) == {"no": "0101"}


def test_what_is_damaged_is_read_again(ours: Path) -> None:
    assert shipped.words(ours) == {"no": "010"}
    (kept,) = shipped.KEPT.iterdir()
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    assert shipped.words(ours) == {"no": "010"}


def test_where_python_keeps_no_modules_nothing_is_kept(
    ours: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shipped.words(ours) == {"no": "010"}
    assert not shipped.KEPT.exists()
