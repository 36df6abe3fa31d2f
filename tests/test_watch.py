"""What was read of a value, and whether it is as it was: what is not is never taken for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from coldpress.memory.canon import digest
from coldpress.memory.comparing import same
from coldpress.memory.watch import Answers, Name, condensed, watched


class Record(Struct, frozen=True):
    name: str
    number: int | None = None


class Piece(Struct, frozen=True):
    words: tuple[str, ...]
    record: Record


class Root(Struct, frozen=True):
    PARTS: ClassVar = True

    title: str
    heads: Mapping[str, str]
    records: Mapping[str, Record]
    index: str = ""


ROOT = Root("Site", {"a": "1", "b": "2"}, {"x": Record(name="X"), "y": Record(name="Y")})
SIMPLE = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "0", "1", "a"])
RECORDS = st.builds(Record, name=st.sampled_from(["a", "b"]), number=st.none() | st.integers(0, 1))
PIECES = st.builds(Piece, words=st.tuples(st.sampled_from(["a", "b"])), record=RECORDS)
VALUES = st.recursive(
    SIMPLE | RECORDS | PIECES | st.frozensets(st.sampled_from("ab")) | st.just(date(2026, 1, 1)),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.lists(inner, max_size=2).map(tuple)
        | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(VALUES, VALUES)
def test_what_is_the_same_has_one_digest(one: Any, other: Any) -> None:
    assert not same(one, other) or digest(one) == digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ab", "".join("ab")),
        ((1, "a"), (1, "".join("a"))),
        ({"a": Record(name="x")}, {"a": Record(name="x")}),
        (Piece(("a",), Record(name="x")), Piece(("a",), Record(name="x"))),
        (date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_what_was_made_again_is_seen_to_be_the_same(one: Any, other: Any) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (1, 1.0),
        ({"a": 1}, {"a": True}),
        ((1,), [1]),
        ({"a": "x"}, {"a": "x", "b": None}),
        ({"a": None}, {"b": None}),
        (Record(name="x"), Record(name="y")),
        (Record(name="x", number=1), Piece(("x",), Record(name="x"))),
    ],
)
def test_what_is_not_the_same(one: Any, other: Any) -> None:
    assert not same(one, other)
    assert not same(other, one)


def read(root: Root) -> tuple[Name, ...]:
    """Everything, one by one."""
    names: set[Name] = set()
    seen = watched(root, names)
    assert (seen.title, seen.heads["a"], seen.records["x"].name) == ("Site", "1", "X")
    assert seen.heads.get("none") is None
    return condensed(names)


def test_only_what_changed_is_found_to_have_changed() -> None:
    names = read(ROOT)
    first = Answers(ROOT)
    first.look_up(names)
    now = replace(ROOT, heads={**ROOT.heads, "a": "3"}, records=dict(ROOT.records))
    for before in (first, None):  # in the process that found them, and in another one
        later = Answers(now, before)
        assert later.changed(first.known) == {("heads", "a")}
        assert later.known[("heads",)]["a"] == Answers(now).of(("heads", "a"))


def test_what_is_known_to_stand_still_is_not_looked_into() -> None:
    first = Answers(ROOT)
    first.look_up(read(ROOT))
    changed = replace(ROOT, heads={"a": "3"})
    assert Answers(changed, still=[changed.heads]).changed(first.known) == frozenset()
    assert Answers(changed).changed(first.known) == {("heads", "a")}


def test_what_is_known_late_is_asked_for_late() -> None:
    first = Answers(ROOT)
    first.look_up([("index",), ("title",)])
    later = Answers(ROOT, first)
    assert later.changed(first.known) == frozenset()
    assert later.look_at(replace(ROOT, index="new"), [("index",)], first.known) == {("index",)}
    again = Answers(ROOT, first)
    again.changed(first.known)
    assert again.look_at(ROOT, [("index",), ("none",)], first.known) == frozenset()


def test_what_nobody_reads_any_more_is_forgotten() -> None:
    answers = Answers(ROOT)
    answers.look_up([("heads", "a"), ("heads", "b"), ("title",)])
    answers.only([("heads", "b")])
    assert answers.known == {("heads",): {"b": "'2"}}
    answers.look_up([("title",)])
    assert answers.known == {("heads",): {"b": "'2"}, (): {"title": "'Site"}}


def test_what_is_read_anew_is_not_written_into_the_answers_of_the_last_build() -> None:
    """They are what the next change is told from: one that seems to be there already is lost."""
    first = Answers(ROOT)
    first.look_up([("heads", "a")])
    known = first.settled().known
    for later in (Answers(ROOT, first), Answers(ROOT, still=[ROOT.heads])):
        later.changed(known)
        later.look_up([("heads", "b")])
        assert known == {("heads",): {"a": "'1"}}
        assert later.known == {("heads",): {"a": "'1", "b": "'2"}}
