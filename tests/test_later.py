"""A value that is unpacked when somebody looks at it."""

from __future__ import annotations

import pickle

from coldpress.later import Later, later
from coldpress.memory.canon import digest
from coldpress.problems import Place

PLACES = {"title": Place("a.md", 2, 8), "label": Place("a.md", 3)}


def travelled(one: Later[dict[str, Place]]) -> Later[dict[str, Place]]:
    fetched: Later[dict[str, Place]] = pickle.loads(pickle.dumps(one))
    return fetched


def test_it_holds_what_was_put_in_and_stands_for_it() -> None:
    assert travelled(later(PLACES)).here == PLACES
    assert travelled(later(PLACES)) == later(PLACES)
    assert later(PLACES) != later({})
    assert digest(travelled(later(PLACES))) == digest(later(PLACES)) != digest(later({}))


def test_nothing_is_unpacked_before_somebody_looks() -> None:
    assert travelled(Later(b"nothing that was ever packed")).packed[:7] == b"nothing"
    assert "here" not in vars(travelled(later(PLACES)))


def test_much_text_travels_as_little() -> None:
    text = "\n".join(f"A sentence, the {n}th of many that say nearly the same." for n in range(99))
    assert len(pickle.dumps(later(text))) < len(text) / 2
