"""kind + title -> a file that loads and says what is still to be filled in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coldpress.problems import BuildError, OperationError
from coldpress.scaffold import new
from coldpress.schema import KINDS, fields_of
from tests.caselib import problems_of, read_site, write_site

NAMES = [kind.name for kind in KINDS]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_file_loads_as_a_draft_and_asks_to_be_filled_in(tmp_path: Path, kind) -> None:  # type: ignore[no-untyped-def]
    write_site(tmp_path, {})
    file = new(kind.name, 'Cold: is it a "cure"?', tmp_path)
    assert file.relative_to(tmp_path).as_posix() == f"content/{kind.folder}/cold-is-it-a-cure.md"
    content, _, problems = read_site(tmp_path, drafts=True)
    (source,) = (one for one in content.sources if one.kind is kind and one.name != "index")
    assert source.matter.title == 'Cold: is it a "cure"?'
    assert source.matter.draft
    assert {(p.rule, p.level) for p in problems} == {("replace-this", "advice")}
    assert problems[0].line == 3


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_there_to_be_used(tmp_path: Path, kind) -> None:  # type: ignore[no-untyped-def]
    text = new(kind.name, "Cold or heat", tmp_path).read_text()
    for name in fields_of(kind.matter):
        assert re.search(rf"^(# )?{name}:", text, re.MULTILINE), name


def test_a_field_without_its_comment_sign_is_in_the_right_place(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    file = new("guide", "Cold or heat", tmp_path)
    text = file.read_text()
    text = re.sub(r"^# (  by|  credential):.*$", r"\1: A. Person", text, flags=re.MULTILINE)
    text = re.sub(r"^# (  on|  next):.*$", r"\1: 2026-01-01", text, flags=re.MULTILINE)
    file.write_text(re.sub(r"^# (reviewed:).*$", r"\1", text, flags=re.MULTILINE))
    assert {p.rule for p in problems_of(tmp_path)} == {"replace-this"}


def failure(kind: str, title: str, root: Path) -> tuple[str, str]:
    with pytest.raises(BuildError) as failed:
        new(kind, title, root)
    return failed.value.problems[0].rule, failed.value.problems[0].hint


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    file = new("guide", "Cold or heat", tmp_path)
    file.write_text("mine")
    assert failure("guide", "Cold, or heat!", tmp_path)[0] == "file-exists"
    assert file.read_text() == "mine"


def test_an_unknown_kind_offers_the_nearest(tmp_path: Path) -> None:
    rule, hint = failure("guides", "Cold", tmp_path)
    assert (rule, hint.startswith("did you mean 'guide'?")) == ("unknown-kind", True)


@pytest.mark.parametrize(
    ("title", "rule"),
    [("氷", "bad-file-name"), ("Con", "bad-file-name"), ("Index", "bad-file-name"),
     ("It", "bad-value"), ("a" * 200, "bad-value"), ("two\nlines", "bad-value"),
     ("hidden \u202e sign", "hidden-character")],
)  # fmt: skip
def test_a_title_that_will_not_do_leaves_no_file(tmp_path: Path, title: str, rule: str) -> None:
    assert failure("guide", title, tmp_path)[0] == rule
    assert list(tmp_path.rglob("*.md")) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file where a folder should be")
    with pytest.raises(OperationError, match="cannot be written"):
        new("guide", "Cold or heat", tmp_path)
