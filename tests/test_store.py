"""The store as a file: what it forgets when it grows, and that it can be carried."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress import pipeline
from coldpress.memory.session import Session
from coldpress.memory.store import Store
from tests import sites

LARGE = b"x" * 10_000


def filled(folder: Path, count: int = 100) -> Store:
    store = Store(folder / "store.sqlite")
    store.put({f"body:{n}": LARGE for n in range(count)})
    store.close()
    return store


def test_what_was_not_used_goes_and_the_file_becomes_smaller(tmp_path: Path) -> None:
    store = filled(tmp_path)
    before = store.path.stat().st_size
    used = {f"body:{n}" for n in range(10)}
    assert store.sweep(used, largest=before // 2) == 90 * len(LARGE)
    store.close()
    assert store.path.stat().st_size < before / 5
    assert store.get("body:9") == LARGE
    assert not store.has("body:10")


def test_what_this_build_has_in_memory_stays(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.keep("config:1", "words")
    store.sweep(set(), largest=1)
    assert Store(store.path).value("config:1") == "words"
    assert not store.has("body:1")


@pytest.mark.parametrize(("used", "largest"), [(0, 1 << 30), (90, 1)])
def test_a_small_file_and_one_that_is_nearly_all_in_use_are_left_alone(
    used: int, largest: int, tmp_path: Path
) -> None:
    store = filled(tmp_path)
    assert store.sweep({f"body:{n}" for n in range(used)}, largest) == 0
    assert store.has("body:99")


def test_a_store_that_is_not_there_has_nothing_to_sweep(tmp_path: Path) -> None:
    assert Store(tmp_path / "store.sqlite").sweep(set(), 0) == 0


def test_after_closing_one_file_holds_everything(tmp_path: Path) -> None:
    store = filled(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["store.sqlite"]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "store.sqlite").write_bytes(store.path.read_bytes())
    assert Store(tmp_path / "other" / "store.sqlite").get("body:99") == LARGE
    store.close()
    assert store.get("body:1") == LARGE  # it opens again by itself


def test_a_swept_store_still_makes_the_next_build_quick_and_right(tmp_path: Path) -> None:
    """What a build uses is what its rows speak of: nothing of it may be missing afterwards."""
    pages = {f"content/guides/g{n}.md": sites.page(f"Guide {n}", f"Words {n}.") for n in range(9)}
    source = sites.write(tmp_path, pages)
    session = Session(sites.options(source))
    built = pipeline.compose(sites.options(source), session=session)
    session.store.put({f"body:{n}": LARGE for n in range(500)})
    made = {f"{kind}:{row.key}" for row in built.rows.values() for kind in ("made", "facts")}
    assert session.store.sweep(session.used() | made, largest=1) >= 500 * len(LARGE)
    session.store.close()
    again = Session(sites.options(source))
    rebuilt = pipeline.compose(sites.options(source), session=again)
    assert {o: row.key for o, row in rebuilt.rows.items()} == {
        o: row.key for o, row in built.rows.items()
    }
    assert again.rows.outputs == session.rows.outputs
    sites.write(source, {"content/guides/g3.md": sites.page("Guide 3", "Others.")})
    changed = pipeline.compose(sites.options(source))
    assert b"Others." in changed.made["guides/g3/index.html"].content
