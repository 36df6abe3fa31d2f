"""Rows in the store, change by change: what is read is always what some build left."""

from __future__ import annotations

import pickle
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldpress.memory import log as module
from coldpress.memory.log import Log, apply, difference
from coldpress.memory.store import Store

NAME = "x"
WHOLE = f"log{module.FORMAT}:{NAME}"
LEAVES = st.one_of(st.integers(0, 3), st.text("ab", max_size=2), st.tuples(st.integers(0, 2)))
GROUPS = st.dictionaries(
    st.sampled_from("abcd"),
    st.one_of(LEAVES, st.dictionaries(st.sampled_from("xyz"), LEAVES, max_size=3)),
    max_size=4,
)
BULK = {f"row {n}": f"{n} " * 50 for n in range(200)}


def store_in(folder: Path) -> Store:
    return Store(folder / "store.sqlite")


def read(folder: Path) -> dict[str, Any] | None:
    """As another process reads it."""
    return Log(store_in(folder), NAME).read()


def copied(value: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = pickle.loads(pickle.dumps(value))
    return found


@given(GROUPS, GROUPS)
def test_a_difference_makes_one_of_the_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    change, made = difference(old, new), copied(old)
    apply(made, change)
    assert made == new
    assert any(change) == (old != new)


@pytest.fixture
def states(tmp_path: Path) -> list[dict[str, Any]]:
    """Ten, each written after the other: the first whole, the others as changes."""
    rng = random.Random(2026)
    log, state = Log(store_in(tmp_path), NAME), {"rows": dict(BULK), "code": "one"}
    before: dict[str, Any] = {}
    told = []
    for number in range(10):
        row = f"row {rng.randrange(200)}"
        state = {**state, "rows": {**state["rows"], row: f"edit {number}"}}  # type: ignore[dict-item]
        log.write(before, state)
        before = state
        told.append(copied(state))
    return told


def test_what_was_written_is_read(states: list[dict[str, Any]], tmp_path: Path) -> None:
    log = Log(store_in(tmp_path), NAME)
    assert log.read() == states[-1]
    assert log.count == 9
    assert set(log.keys()) == {WHOLE, *(f"{WHOLE}:{n}" for n in range(1, 10))}
    sizes = {key: len(log.store.need(key)) for key in list(log.keys())}
    assert max(size for key, size in sizes.items() if key != WHOLE) < sizes[WHOLE] / 20


@pytest.mark.parametrize("lost", range(1, 10))
def test_after_a_change_that_is_lost_the_rows_are_those_before_it(
    lost: int, states: list[dict[str, Any]], tmp_path: Path
) -> None:
    """And what was written after it is never put on top of that, now or later."""
    with store_in(tmp_path).file as file:
        file.execute("update kept set value = ? where key = ?", (b"torn", f"{WHOLE}:{lost}"))
    log = Log(store_in(tmp_path), NAME)
    found = log.read()
    assert found == states[lost - 1]
    assert found is not None
    now = {**found, "code": "mended"}
    log.write(found, now)
    assert read(tmp_path) == now


def test_of_two_builds_at_once_one_is_remembered_whole(
    states: list[dict[str, Any]], tmp_path: Path
) -> None:
    one, other = Log(store_in(tmp_path), NAME), Log(store_in(tmp_path), NAME)
    before, same = one.read(), other.read()
    assert before is not None
    assert same is not None
    first, second = {**before, "code": "first"}, {**same, "code": "second"}
    one.write(before, first)
    one.write(first, later := {**first, "more": 1})
    other.write(same, second)
    assert read(tmp_path) == second
    other.write(second, last := {**second, "more": 2})
    assert read(tmp_path) == last != later


def test_a_log_that_grew_long_is_written_whole(
    states: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 9)
    log = Log(store_in(tmp_path), NAME)
    before = log.read()
    assert before is not None
    log.write(before, now := {**before, "code": "two"})
    assert log.count == 0
    assert read(tmp_path) == now


def test_so_is_one_whose_changes_are_large(states: list[dict[str, Any]], tmp_path: Path) -> None:
    log = Log(store_in(tmp_path), NAME)
    before = log.read()
    assert before is not None
    rows = {row: f"{words} new" for row, words in BULK.items()}
    log.write(before, now := {**before, "rows": rows})
    assert log.count == 0
    assert read(tmp_path) == now


@pytest.mark.parametrize("content", [b"", b"torn", pickle.dumps("x")[:-1]])
def test_what_cannot_be_read_is_nothing(content: bytes, tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.put({WHOLE: content})
    assert Log(store, NAME).read() is None
    assert Log(store, "other").read() is None
