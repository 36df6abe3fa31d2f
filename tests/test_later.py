"""A mapping that is unpickled when somebody looks into it."""

from __future__ import annotations

import pickle

from coldpress.later import Later, later
from coldpress.memory.canon import digest
from coldpress.problems import Place

PLACES = {"title": Place("a.md", 2, 8), "label": Place("a.md", 3)}


def test_it_holds_what_was_put_in_and_stands_for_it() -> None:
    assert later(PLACES) == PLACES
    assert digest(later(PLACES)) == digest(PLACES)
    assert later(PLACES).get("none") is None
    assert list(later(PLACES)) == list(PLACES)


def test_nothing_is_unpickled_before_somebody_looks() -> None:
    fetched: Later[Place] = pickle.loads(pickle.dumps(Later(b"no pickle at all")))
    assert fetched.written == b"no pickle at all"
    travelled: Later[Place] = pickle.loads(pickle.dumps(later(PLACES)))
    assert "here" not in vars(travelled)
    assert travelled["title"] == PLACES["title"]
