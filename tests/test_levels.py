"""The house keeps its levels: who may import whom is read from the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "coldpress"

LEVELS: dict[str, int] = {
    "later": 0,
    "prefetching": 0,
    "same": 0,
    "sharing": 0,
    "problems": 0,
    "schema": 0,
    "model": 1,
    "shipped": 1,
    "typed": 1,
    "fieldtypes": 1,
    "feeding": 1,
    "reuse": 1,
    "redirecting": 1,
    "addresses": 1,
    "prompts": 1,
    "skeletons": 1,
    "yamlspans": 1,
    "blame": 1,
    "booking": 1,
    "searching": 1,
    "specimens": 1,
    "clinical_words": 1,
    "clinical": 1,
    "landmarks": 1,
    "evidence": 1,
    "early": 1,
    "echoes": 1,
    "expiry": 1,
    "offering": 1,
    "schedule": 1,
    "signoff": 1,
    "reading": 1,
    "rulebook": 1,
    "sentences": 1,
    "source_sentences": 1,
    "slugs": 1,
    "dates": 1,
    "titles": 1,
    "theme": 1,
    "yamlindent": 1,
    "yamllines": 1,
    "yamlmends": 1,
    "typedmends": 1,
    "mending": 1,
    "yamltext": 1,
    "yamltree": 1,
    "workers": 1,
    "yamlrepairs": 1,
    "yamltrouble": 1,
    "yamlvalue": 1,
    "zones": 1,
    "frontmatter": 1,
    "memory": 1,
    "translations": 1,
    "gathering": 3,
    "editions": 3,
    "outlining": 3,
    "translating": 4,
    "to_translate": 4,
    "intake": 3,
    "baking": 3,
    "cells": 2,
    "oven": 3,
    "hosting": 3,
    "linking": 3,
    "sitewide": 3,
    "keeping": 3,
    "pipeline": 3,
    "confidential": 1,
    "deploying": 4,
    "summary": 4,
    "cluster": 4,
    "wordpress": 4,
    "usage": 5,
    "progress": 4,
    "reviews": 4,
    "signing": 4,
    "report": 4,
    "vscode": 1,
    "machines": 4,
    "scaffold": 4,
    "renaming": 4,
    "taken": 4,
    "wishes": 4,
    "asking": 4,
    "newsite": 4,
    "editor": 4,
    "reference_docs": 4,
    "preview": 4,
    "commands": 5,
    "cli": 6,
}
STAGE = 2
"""Every other module is a stage. Stages meet only in pipeline and in the types of model."""
LAZY = {"cli", "commands", "preview"}
"""Modules that import when a command needs it, for start-up time."""
RARE = {
    "assets/__init__.py": {"assets"},
    "assets/fonts.py": {"assets"},
    "baking.py": {"social", "variants"},
    "load/__init__.py": {"load"},
    "make.py": {"workers"},
    "outputs/search.py": {"outputs"},
    "yamltext.py": {"typed", "yamlrepairs"},
}
"""What few builds need, and slow libraries with it: module -> what it imports late."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """(room imported, column): the column tells an import inside a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("coldpress"):
            names = (node.module or "").split(".")
            found = [names[1]] if len(names) > 1 else [alias.name for alias in node.names]
            yield from ((name, node.col_offset) for name in found)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down_and_stages_never_import_each_other(path: Path) -> None:
    here = room(path)
    if here == "__init__":
        return
    level = LEVELS.get(here, STAGE)
    for other, _column in imports(path):
        if other in (here, "__version__"):
            continue
        below = LEVELS.get(other, STAGE)
        assert below <= level, f"{here} imports {other}, which is above it"
        if level == STAGE:
            assert below < STAGE, f"the stage {here} imports the stage {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_commands_import_inside_functions(path: Path) -> None:
    if room(path) not in LAZY:
        rare = RARE.get(path.relative_to(PACKAGE).as_posix(), set())
        assert {name for name, column in imports(path) if column} == rare


def test_no_room_has_a_name_that_says_nothing() -> None:
    empty = {"utils", "helpers", "common", "misc", "base", "core", "manager", "data", "info"}
    assert not empty & {path.stem for path in modules()}


def test_modules_stay_small_enough_to_hold_in_mind() -> None:
    long = {p.name: n for p in modules() if (n := len(p.read_text().splitlines())) > 330}
    assert not long
