"""Every rule has a page that explains it, and every page a rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coldpress import rulebook as book
from coldpress.rulebook import rule_named, rulebook

PACKAGE = Path(book.__file__).parent
CODE = sorted(PACKAGE.rglob("*.py"))


def calls(path: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id, node.args


def raised(path: Path) -> Iterator[str]:
    """Rules named in the code: first argument of error() and advice(), third of Trouble()."""
    position = {"error": 0, "advice": 0, "Trouble": 2}
    for name, arguments in calls(path):
        at = position.get(name)
        if at is not None and len(arguments) > at and isinstance(arguments[at], ast.Constant):
            yield str(ast.literal_eval(arguments[at]))


def literals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_rule_in_the_code_is_explained(path: Path) -> None:
    explained = {rule.name for rule in rulebook()}
    assert set(raised(path)) <= explained


def test_every_explained_rule_is_in_the_code() -> None:
    named = {word for path in CODE for word in literals(path)}
    prefixes = tuple(word for word in named if re.fullmatch(r"[a-z]+-", word))
    unused = {rule.name for rule in rulebook()} - named
    assert not [name for name in unused if not name.startswith(prefixes)]


@pytest.mark.parametrize("rule", rulebook(), ids=lambda rule: rule.name)
def test_a_rule_is_written_for_people(rule: book.Rule) -> None:
    assert rule.title[0].islower() or rule.title.split()[0].isupper(), "lower case"
    assert not rule.title.endswith("."), "no full stop"
    assert len(rule.why.split("\n\n")) <= 3, "three short paragraphs at most"
    assert rule.wrong != rule.right


def test_an_unknown_rule_is_none() -> None:
    assert rule_named("no-such-rule") is None


def test_a_rule_file_of_another_form_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "FOLDER", tmp_path)
    (tmp_path / "half.md").write_text("# half a rule\nlevel: error\n\nWhy.\n")
    with pytest.raises(ValueError, match=r"half\.md lacks wrong, right"):
        rulebook()
    (tmp_path / "half.md").write_text(
        "# a\nlevel: warning\n\nb\n\n## Wrong\n\nc\n\n## Right\n\nd\n"
    )
    with pytest.raises(ValueError, match="must be its level"):
        rulebook()
