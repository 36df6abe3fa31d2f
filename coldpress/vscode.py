"""how `build.py` is called -> the files of .vscode/: checking is one key, and what it finds stands
in the list of problems, each at its line.

Editors know nothing of front matter in Markdown files, so the findings come from `check` itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

MATCH = r"^(\S.*?):(\d+):(\d+): %s\[([a-z0-9-]+)\]: (.*)$"
"""`path:line:column: level[rule]: message`, as report.py prints it."""
LEVELS = {"error": "error", "advice": "info"}
"""Ours -> what VS Code calls it."""
DATA = ("references", "findings", "glossary", "synonyms", "offers")
PLAIN = {
    "editor.detectIndentation": False,
    "editor.insertSpaces": True,
    "editor.tabSize": 2,
    "editor.wordWrap": "on",
}
"""A tab in front matter or in a data file cannot be read: the key writes spaces."""


def editor_files(
    call: Sequence[str] = ("python3", "build.py"), schemas: str = "docs/schema"
) -> Mapping[str, str]:
    """Path in the site's folder -> text. `schemas`: folder with the JSON Schemas of the data files,
    from the site's folder; empty when there is none."""
    files = {
        "tasks": _tasks(call),
        "settings": _settings(schemas),
        "extensions": {"recommendations": ["redhat.vscode-yaml", "eliostruyf.vscode-front-matter"]},
    }
    return {
        f".vscode/{name}.json": json.dumps(content, indent=2) + "\n"
        for name, content in files.items()
    }


def _tasks(call: Sequence[str]) -> dict[str, Any]:
    check = _task("Check the site", call, ["check"])
    check["group"] = {"kind": "build", "isDefault": True}
    mend = _task("Check, and mend what is safe to mend", call, ["check", "--fix"])
    preview = _task("Preview", call, ["serve"]) | {"isBackground": True, "problemMatcher": []}
    return {"version": "2.0.0", "tasks": [check, mend, preview]}


def _task(label: str, call: Sequence[str], words: Sequence[str]) -> dict[str, Any]:
    command, *before = call
    return {
        "label": label,
        "type": "process",
        "command": command,
        "windows": {"command": "py" if command == "python3" else command},
        "args": [*before, *words],
        "options": {"cwd": "${workspaceFolder}", "env": {"NO_COLOR": "1"}},
        "presentation": {"clear": True, "reveal": "silent", "revealProblems": "onProblem"},
        "problemMatcher": [_matcher(level) for level in LEVELS],
    }


def _matcher(level: str) -> dict[str, Any]:
    names = ("file", "line", "column", "code", "message")
    return {
        "owner": f"coldpress-{level}",
        "source": "coldpress",
        "severity": LEVELS[level],
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {
            "regexp": MATCH % level,
            **{name: group for group, name in enumerate(names, 1)},
        },
    }


def _settings(schemas: str) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "files.encoding": "utf8",
        "editor.unicodeHighlight.invisibleCharacters": True,
        "[markdown]": PLAIN,
        "[yaml]": PLAIN,
    }
    if schemas:
        known = {f"{schemas}/site.json": "site.yaml"}
        known |= {f"{schemas}/{name}.json": f"content/data/{name}.yaml" for name in DATA}
        settings["yaml.schemas"] = known
    return settings
