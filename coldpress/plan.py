"""recipes -> plan: one recipe an output, each with the key of everything that goes into it.

Equal key means equal bytes. The key covers the view (or the bytes), every template, and the
generator's own code: a view names templates by what the text asks for, so the whole folder counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from coldpress.model import Recipe, Step

PACKAGE = Path(__file__).resolve().parent


def plan(
    recipes: Iterable[Recipe], source: Path, templates: tuple[Path, ...]
) -> Mapping[str, Step]:
    """In the order of output paths. Two recipes for one output are our own fault: routes and
    schema keep them apart."""
    base = tree_digest(templates) + code_digest()
    steps: dict[str, Step] = {}
    for recipe in sorted(recipes, key=lambda recipe: recipe.output):
        if recipe.output in steps:
            raise AssertionError(f"two recipes for {recipe.output}")
        steps[recipe.output] = Step(recipe, key_of(recipe, source, base))
    return steps


def key_of(recipe: Recipe, source: Path, base: bytes) -> str:
    if recipe.variant:
        # Not the templates, not the rest of the code: a picture is slow to make.
        return hashlib.sha256(repr(recipe.variant).encode()).hexdigest()
    digest = hashlib.sha256(base)
    digest.update(f"{recipe.output}\0{recipe.template}\0{recipe.source}\0".encode())
    digest.update(canonical(recipe.view))
    digest.update(recipe.content)
    if recipe.copy_of:
        digest.update((source / recipe.copy_of).read_bytes())
    return digest.hexdigest()


def canonical(view: Mapping[str, Any] | None) -> bytes:
    """The view as bytes that are equal when the views are: key order does not matter."""
    return json.dumps(view, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def tree_digest(folders: tuple[Path, ...]) -> bytes:
    """Every file of the folders, by relative name and content: a shadowed file counts too, it
    may be included by its full path."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        digest.update(b"\1")
    return digest.digest()


@cache
def code_digest() -> bytes:
    """The generator itself is an input: another version may make other bytes."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.digest()
