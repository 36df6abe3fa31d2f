"""The index of who has read what says what a look at every output says."""

from __future__ import annotations

import random
from typing import NamedTuple

import pytest

from coldpress.memory.readers import Readers, touched
from coldpress.memory.watch import Name

NAMES: list[Name] = [("title",), *(("bodies", f"guides/{n}") for n in range(12))]


class Row(NamedTuple):
    names: tuple[Name, ...]


def row(chance: random.Random) -> Row:
    return Row(tuple(chance.sample(NAMES, chance.randrange(len(NAMES)))))


@pytest.mark.parametrize("seed", range(20))
def test_after_any_edits_both_name_the_same_outputs(seed: int) -> None:
    chance = random.Random(seed)
    rows = {f"{n}.html": row(chance) for n in range(30)}
    readers = Readers(rows)
    for _ in range(40):
        changed = frozenset(chance.sample(NAMES, chance.randrange(3)))
        again = readers.touched(changed, rows)
        assert again == touched(changed, rows)
        gone = chance.sample(sorted(rows), 2)
        made = {output: row(chance) for output in (*again, *gone, f"{chance.random()}.html")}
        for output, new in made.items():
            readers.learn(output, new.names, rows[output].names if output in rows else ())
        rows = {output: old for output, old in rows.items() if output not in gone[:1]} | made


def test_an_output_that_is_gone_is_not_named() -> None:
    rows = {"a.html": Row((("title",),)), "b.html": Row((("title",),))}
    readers = Readers(rows)
    del rows["a.html"]
    assert readers.touched(frozenset({("title",)}), rows) == {"b.html"}
