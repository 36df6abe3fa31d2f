"""plan -> Made: runs the recipes whose key is not in the store, on one process or several.

The store keeps what was made, by key, in one SQLite file under `.coldpress/`: a build in which
nothing changed renders and parses nothing, and the checks still see every page. Deleting the
folder is always safe.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coldpress.model import Facts, Made, OutLink, Recipe, Step
from coldpress.problems import BuildError, Problem

CHUNK = 16
"""Recipes a worker gets at once: fewer cost 20%, many leave one worker alone at the end."""

Cook = Callable[[Recipe], tuple[bytes, Facts]]
"""How to make one output. Given by the pipeline; a worker process must be able to import it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a worker gets."""

    recipes: tuple[Recipe, ...]
    cook: Cook


def make(
    steps: Mapping[str, Step],
    cook: Cook,
    store: Path | None,
    executor: Executor | None,
    progress: Callable[[int, int], None],
) -> dict[str, Made]:
    """Raises BuildError with the problems of all recipes that failed, not only the first."""
    with closing(open_store(store)) as known:
        made = dict(stored(known, steps))
        wanted = [step for output, step in steps.items() if output not in made]
        problems: list[Problem] = []
        for recipe, result in run([step.recipe for step in wanted], cook, executor):
            if isinstance(result, BuildError):
                problems += result.problems
                continue
            content, facts = result
            made[recipe.output] = Made(recipe.output, content, facts, recipe.source)
            progress(len(made), len(steps))
        if problems:
            raise BuildError(problems)
        keep(known, steps, made, {step.recipe.output for step in wanted})
    return {output: made[output] for output in steps}


Result = tuple[bytes, Facts] | BuildError


def run(
    recipes: list[Recipe], cook: Cook, executor: Executor | None
) -> Iterator[tuple[Recipe, Result]]:
    batches = [
        Batch(tuple(recipes[start : start + CHUNK]), cook)
        for start in range(0, len(recipes), CHUNK)
    ]
    results: Iterable[list[Result]] = (executor.map if executor else map)(cook_batch, batches)
    for batch, answers in zip(batches, results, strict=True):
        yield from zip(batch.recipes, answers, strict=True)


def cook_batch(batch: Batch) -> list[Result]:
    return [attempt(batch.cook, recipe) for recipe in batch.recipes]


def attempt(cook: Cook, recipe: Recipe) -> Result:
    try:
        return cook(recipe)
    except BuildError as failed:
        return failed


# ------------------------------------------------------------------------------- the store


def open_store(path: Path | None) -> sqlite3.Connection:
    """A store that cannot be read is thrown away: it only saves time."""
    if path is None:
        return fresh(sqlite3.connect(":memory:"))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return fresh(sqlite3.connect(path))
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return fresh(sqlite3.connect(path))


def fresh(store: sqlite3.Connection) -> sqlite3.Connection:
    store.execute(
        "create table if not exists made (key text primary key, content blob, facts text)"
    )
    return store


def stored(store: sqlite3.Connection, steps: Mapping[str, Step]) -> Iterator[tuple[str, Made]]:
    rows = {key: (content, facts) for key, content, facts in store.execute("select * from made")}
    for output, step in steps.items():
        if step.key in rows:
            content, facts = rows[step.key]
            yield output, Made(output, content, facts_from(facts), step.recipe.source)


def keep(
    store: sqlite3.Connection,
    steps: Mapping[str, Step],
    made: Mapping[str, Made],
    new: set[str],
) -> None:
    """Adds what is new and drops what this site no longer has."""
    rows = [
        (steps[output].key, made[output].content, facts_text(made[output].facts)) for output in new
    ]
    used = {step.key for step in steps.values()}
    stale = [(key,) for (key,) in store.execute("select key from made") if key not in used]
    if not rows and not stale:
        return
    with store:
        store.executemany("insert or replace into made values (?, ?, ?)", sorted(rows))
        store.executemany("delete from made where key = ?", stale)


def facts_text(facts: Facts) -> str:
    plain = asdict(facts)
    plain["ids"] = sorted(facts.ids)
    return json.dumps(plain)


def facts_from(text: str) -> Facts:
    plain: dict[str, Any] = json.loads(text)
    plain["ids"] = frozenset(plain["ids"])
    plain["links"] = tuple(OutLink(**link) for link in plain["links"])
    plain["headings"] = tuple((level, words) for level, words in plain["headings"])
    for name in ("doubled_ids", "images_without_alt", "slots", "missing", "styles", "landmarks"):
        plain[name] = tuple(plain[name])
    return Facts(**plain)
