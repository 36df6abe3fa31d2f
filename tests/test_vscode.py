"""What VS Code is told: tasks, and a pattern that reads what `check` prints."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coldpress.problems import Place, Problem, advice, error
from coldpress.report import render
from coldpress.vscode import editor_files
from tests import mistakes, sites

ROOT = sites.ROOT
TASKS = json.loads(editor_files()[".vscode/tasks.json"])["tasks"]


@pytest.mark.parametrize("path", editor_files())
def test_this_project_has_the_files_a_new_site_gets(path: str) -> None:
    assert (ROOT / path).read_text() == editor_files()[path]


def read(text: str, matchers: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """What VS Code makes of printed lines: severity, file, line, column, code, message."""
    names = ("file", "line", "column", "code", "message")
    return [
        (matcher["severity"], *(found[matcher["pattern"][name]] for name in names))
        for line in text.splitlines()
        for matcher in matchers
        if (found := re.search(matcher["pattern"]["regexp"], line))
    ]


def as_read(problem: Problem) -> tuple[str, ...]:
    severity = {"error": "error", "advice": "info"}[problem.level]
    place = (problem.path, str(problem.line), str(problem.column))
    return severity, *place, problem.rule, problem.message


PROBLEMS = [
    error("unquoted-colon", Place("content/guides/cold.md", 2, 20), "a: b [c]: d", "quote it"),
    error("bad-file-name", Place("content/pages/contact us (1).md"), "'contact us'", "name it"),
    advice("replace-this", Place("site.yaml", 12, 3), "this is still to be filled in", ""),
    advice("unused-file", Place("content/pages/ño:te.md", 1, 1), "error[x]: in words", "h"),
]


def test_every_problem_is_read_from_what_is_printed(tmp_path: Path) -> None:
    printed = render(PROBLEMS, None, format="text", source=tmp_path)
    assert sorted(read(printed, TASKS[0]["problemMatcher"])) == sorted(map(as_read, PROBLEMS))


def test_every_message_of_the_corpus_is_read_once() -> None:
    for mistake in mistakes.mistakes():
        told = [line for line in mistake.problems.splitlines() if not line.startswith("  hint: ")]
        found = read(mistake.problems, TASKS[0]["problemMatcher"])
        assert [":".join(one[1:4]) for one in found] == [
            ":".join(line.split(": ")[0].rsplit(":", 2)) for line in told
        ]


def test_excerpts_and_closing_lines_are_no_problems(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("a.md:1:1: error[x]: y\n")
    found = error("bad-value", Place("site.yaml", 1, 1), "m", "h")
    printed = render([found], None, format="text", source=tmp_path)
    assert read(printed, TASKS[0]["problemMatcher"]) == [as_read(found)]


def test_a_site_elsewhere_is_called_its_own_way() -> None:
    files = editor_files(("python3", "../build.py", "--source", "."), schemas="")
    task = json.loads(files[".vscode/tasks.json"])["tasks"][1]
    assert task["args"] == ["../build.py", "--source", ".", "check", "--fix"]
    assert "yaml.schemas" not in json.loads(files[".vscode/settings.json"])


def test_every_schema_it_names_is_there() -> None:
    settings = json.loads(editor_files()[".vscode/settings.json"])
    for schema in settings["yaml.schemas"]:
        assert (ROOT / schema).is_file()
