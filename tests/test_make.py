"""The law of recipes: equal key, equal bytes; another input, another key."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress import pipeline
from coldpress.facts import facts_of
from coldpress.make import facts_from, facts_text, make
from coldpress.model import Facts, Recipe
from coldpress.plan import key_of, plan
from coldpress.problems import BuildError, Place, error
from tests import sites

BASE = b"base"


def cook(recipe: Recipe) -> tuple[bytes, Facts]:
    return recipe.content.upper(), Facts(size=len(recipe.content))


def explode(recipe: Recipe) -> tuple[bytes, Facts]:
    raise BuildError([error("template-error", Place(recipe.output), "no", "mend it")])


def never(recipe: Recipe) -> tuple[bytes, Facts]:
    raise AssertionError(f"{recipe.output} was made again")


def ignore(_done: int, _of: int) -> None:
    """No progress shown."""


def test_a_key_changes_with_everything_that_goes_into_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"1")
    recipes = [
        Recipe("x.html", template="a.html", view={"t": 1}),
        Recipe("x.html", template="a.html", view={"t": 2}),
        Recipe("x.html", template="b.html", view={"t": 1}),
        Recipe("y.html", template="a.html", view={"t": 1}),
        Recipe("x.html", content=b"1"),
        Recipe("x.html", copy_of="a.png"),
    ]
    keys = {key_of(recipe, tmp_path, BASE) for recipe in recipes}
    assert len(keys) >= len(recipes) - 1  # bytes given and bytes copied may be the same bytes
    before = key_of(recipes[-1], tmp_path, BASE)
    (tmp_path / "a.png").write_bytes(b"2")
    assert key_of(recipes[-1], tmp_path, BASE) != before
    assert key_of(recipes[0], tmp_path, b"other templates") != key_of(recipes[0], tmp_path, BASE)


def test_the_order_of_a_views_names_does_not_matter(tmp_path: Path) -> None:
    one, other = ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert key_of(Recipe("x", view=one), tmp_path, BASE) == key_of(
        Recipe("x", view=other), tmp_path, BASE
    )


def test_what_is_in_the_store_is_not_made_again(tmp_path: Path) -> None:
    steps = plan([Recipe("a.txt", content=b"a"), Recipe("b.txt", content=b"b")], tmp_path, ())
    store = tmp_path / "store.sqlite"
    first = make(steps, cook, store, None, ignore)
    assert make(steps, never, store, None, ignore) == first
    assert first["a.txt"].content == b"A"


def test_the_store_forgets_what_the_site_no_longer_has(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    both = plan([Recipe("a.txt", content=b"a"), Recipe("b.txt", content=b"b")], tmp_path, ())
    make(both, cook, store, None, ignore)
    make(plan([Recipe("a.txt", content=b"a")], tmp_path, ()), never, store, None, ignore)
    with pytest.raises(AssertionError, match="made again"):
        make(both, never, store, None, ignore)


def test_a_damaged_store_costs_time_and_nothing_else(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    store.write_bytes(b"this is no database" * 100)
    steps = plan([Recipe("a.txt", content=b"a")], tmp_path, ())
    assert make(steps, cook, store, None, ignore)["a.txt"].content == b"A"


def test_all_failing_recipes_are_reported(tmp_path: Path) -> None:
    steps = plan([Recipe(f"{n}.html", content=b"x") for n in range(40)], tmp_path, ())
    with pytest.raises(BuildError) as failed:
        make(steps, explode, None, None, ignore)
    assert len(failed.value.problems) == 40


def test_facts_survive_being_kept() -> None:
    facts = facts_of("a.html", b'<h1 id="a">x</h1><a href="/b/">b</a><img src="x">', 100)
    assert facts_from(facts_text(facts)) == facts


def test_several_workers_make_the_same_bytes(tmp_path: Path) -> None:
    pages = {f"content/guides/g{n}.md": sites.page(f"Guide {n}", f"Words {n}.") for n in range(210)}
    source = sites.write(tmp_path / "a", pages)
    alone = pipeline.compose(sites.options(source, jobs=1)).made
    (source / ".coldpress" / "made.sqlite").unlink()
    together = pipeline.compose(sites.options(source, jobs=2)).made
    assert {o: m.content for o, m in alone.items()} == {o: m.content for o, m in together.items()}
