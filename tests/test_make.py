"""The law of recipes: equal key, equal bytes; another input, another key. And the law of workers:
however many there are and whoever they are, the bytes are the same."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest

from coldpress import pipeline, workers
from coldpress.baking import Order
from coldpress.make import Crew, flowing, make_all
from coldpress.memory.session import Session
from coldpress.memory.store import Store
from coldpress.model import Recipe
from coldpress.oven import is_article
from coldpress.plan import Prints, key_of, template_prints
from coldpress.problems import BuildError, OperationError, Place, error
from coldpress.render import environment, forget
from tests import sites
from tests.previewing import until

PRINTS = Prints({"a.html": "1", "b.html": "2"}, "code")


def key(recipe: Recipe, prints: Prints = PRINTS, sha: str = "") -> str:
    return key_of(recipe, prints, lambda _path: sha)


def test_a_key_changes_with_everything_that_goes_into_the_output() -> None:
    recipes = [
        Recipe("x.html", template="a.html", view={"t": 1}),
        Recipe("x.html", template="a.html", view={"t": 2}),
        Recipe("x.html", template="b.html", view={"t": 1}),
        Recipe("y.html", template="a.html", view={"t": 1}),
        Recipe("x.html", template="a.html", view={"t": 1}, source="content/pages/x.md"),
        Recipe("x.html", content=b"1"),
    ]
    assert len({key(recipe) for recipe in recipes}) == len(recipes)
    assert key(recipes[0], Prints({"a.html": "other"}, "code")) != key(recipes[0])
    assert key(recipes[0], Prints({"a.html": "1"}, "newer")) != key(recipes[0])
    copied = Recipe("x.png", copy_of="a.png")
    assert key(copied, sha="1") != key(copied, sha="2")


def test_the_order_of_a_views_names_does_not_matter() -> None:
    one, other = ({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert key(Recipe("x", view=one)) == key(Recipe("x", view=other))


def test_a_templates_print_covers_what_it_includes_and_nothing_else(tmp_path: Path) -> None:
    files = {
        "base.html": "{% block main %}{% endblock %}",
        "page.html": '{% extends "base.html" %}{% from "components/meter.html" import meter %}',
        "other.html": '{% include "shortcodes/" ~ name ~ ".html" %}',
        "components/meter.html": "{% macro meter() %}{% endmacro %}",
        "shortcodes/tip.html": "tip",
        "broken.html": "{% if %}",
    }

    def prints(**changed: str) -> dict[str, str]:
        for name, text in (files | changed).items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text)
        forget()
        return dict(template_prints(environment((tmp_path,))))

    def touched(name: str) -> set[str]:
        before = prints()
        after = prints(**{name: files[name] + " "})
        return {one for one in before if before[one] != after[one]}

    assert touched("base.html") == {"base.html", "page.html"}
    assert touched("components/meter.html") == {"components/meter.html", "page.html"}
    assert touched("shortcodes/tip.html") == {"shortcodes/tip.html", "other.html"}
    forget()


# --------------------------------------------------------------------------------- workers


def doubled(kit: int, item: int) -> int:
    return kit * item


def explode(_kit: int, item: int) -> int:
    raise BuildError([error("template-error", Place(f"{item}"), "no", "mend it")])


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_every_item_comes_back_with_what_was_made_of_it(jobs: int) -> None:
    items = list(range(200))
    assert dict(make_all(doubled, 2, items, Crew(jobs, pays=1))) == {n: 2 * n for n in items}


def test_where_there_is_no_fork_workers_get_the_kit_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "can_fork", lambda: False)
    assert dict(make_all(doubled, 2, range(99), Crew(2, pays=1))) == {n: 2 * n for n in range(99)}


def test_any_executor_will_do() -> None:
    with ThreadPoolExecutor(2) as executor:
        crew = Crew(2, executor)
        assert dict(make_all(doubled, 3, range(100), crew)) == {n: 3 * n for n in range(100)}


def test_a_problem_of_a_worker_arrives_whole() -> None:
    with pytest.raises(BuildError) as failed:
        list(make_all(explode, 1, range(200), Crew(2, pays=1)))
    assert failed.value.problems[0].rule == "template-error"


ENDED = "a worker process of this build was ended from outside; your live site was not changed"


def ended(_kit: int, item: int) -> int:
    if item == 150:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_a_worker_that_is_killed_is_missed_at_once() -> None:
    with pytest.raises(OperationError, match=ENDED):
        list(make_all(ended, 1, range(200), Crew(2, pays=1)))
    assert multiprocessing.active_children() == []


def test_a_worker_killed_in_the_middle_of_an_answer_is_missed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half an answer lies in the pipe: who waits for the other half waits for ever."""
    whole = workers.attend

    def torn(kit: Any, pipe: Any) -> None:
        class Torn:
            def recv_bytes(self) -> bytes:
                asked: bytes = pipe.recv_bytes()
                return asked

            def send_bytes(self, answer: bytes) -> None:
                os.write(pipe.fileno(), struct.pack("!i", len(answer)) + answer[:-1])
                os.kill(os.getpid(), signal.SIGKILL)

        whole(kit, cast(Any, Torn()))

    monkeypatch.setattr(workers, "attend", torn)
    with pytest.raises(OperationError, match=ENDED):
        list(make_all(doubled, 1, range(200), Crew(2, pays=1)))
    assert multiprocessing.active_children() == []


class UnsendableError(Exception):
    def __reduce__(self) -> str:
        raise TypeError


def unsendable(_kit: int, _item: int) -> int:
    raise UnsendableError("this cannot travel")


def test_a_fault_that_cannot_travel_is_told_in_words() -> None:
    with pytest.raises(RuntimeError, match="this cannot travel"):
        list(make_all(unsendable, 1, range(200), Crew(2, pays=1)))


def test_who_stops_asking_ends_the_workers() -> None:
    for _item, _made in make_all(doubled, 1, range(2000), Crew(2, pays=1)):
        break
    gc.collect()
    assert multiprocessing.active_children() == []


def asleep(folder: Path, _item: int) -> None:
    with TemporaryDirectory(dir=folder):
        (folder / "begun").touch()
        time.sleep(60)


def test_who_no_longer_wants_an_answer_does_not_wait_for_it(tmp_path: Path) -> None:
    """And what was begun is tidied up."""
    with pytest.raises(workers.OvertakenError):
        workers.aside(asleep, tmp_path, 1, lambda: not (tmp_path / "begun").exists())
    assert until(lambda: [path.name for path in tmp_path.iterdir()] == ["begun"], 10)
    assert until(lambda: multiprocessing.active_children() == [], 10)


def test_an_answer_from_aside() -> None:
    assert workers.aside(doubled, 2, 21, lambda: True) == 42
    with pytest.raises(BuildError):
        workers.aside(explode, 2, 21, lambda: True)
    assert multiprocessing.active_children() == []


def test_any_number_of_workers_makes_the_same_bytes(tmp_path: Path) -> None:
    pages = {f"content/guides/g{n}.md": sites.page(f"Guide {n}", f"Words {n}.") for n in range(70)}
    made = []
    for crew in (Crew(1), Crew(2, pays=1), Crew(3, pays=1)):
        source = sites.write(tmp_path / f"{crew.jobs}", pages)
        built = pipeline.compose(sites.options(source), crew=crew)
        made.append({output: one.content for output, one in built.made.items()})
    assert made[0] == made[1] == made[2]


def test_a_foreign_executor_makes_the_same_bytes(tmp_path: Path) -> None:
    pages = {f"content/guides/g{n}.md": sites.page(f"Guide {n}", f"Words {n}.") for n in range(9)}
    source = sites.write(tmp_path, pages)
    alone = {o: one.content for o, one in sites.compose(source).made.items()}
    (source / ".coldpress" / "store.sqlite").unlink()
    with ThreadPoolExecutor(1) as executor:
        built = pipeline.compose(sites.options(source), crew=Crew(1, executor))
        assert {o: one.content for o, one in built.made.items()} == alone


# --------------------------------------------------------------------------------- the store


def test_a_damaged_store_costs_time_and_nothing_else(tmp_path: Path) -> None:
    source = sites.write(tmp_path, {"content/guides/a.md": sites.page("A guide", "Words.")})
    first = {o: one.content for o, one in sites.compose(source).made.items()}
    (source / ".coldpress" / "store.sqlite").write_bytes(b"this is no database" * 100)
    assert {o: one.content for o, one in sites.compose(source).made.items()} == first


def test_a_store_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    source = sites.write(tmp_path, {"content/guides/a.md": sites.page("A guide", "Words.")})
    (source / ".coldpress" / "store.sqlite").mkdir(parents=True)
    assert "guides/a/index.html" in sites.compose(source).made


def test_what_the_last_build_did_not_use_is_thrown_out_when_there_is_too_much(
    tmp_path: Path,
) -> None:
    store = Store(tmp_path / "store.sqlite")
    store.put({"old": b"x" * 1000, "new": b"y" * 1000})
    store.sweep({"new"}, largest=1 << 20)
    assert store.has("old")
    store.sweep({"new"}, largest=100)
    assert not store.has("old")
    assert store.get("new") == b"y" * 1000


def test_a_store_may_be_moved_to_another_machine(tmp_path: Path) -> None:
    """What comes along is believed by content, not by the times of files."""
    pages = {"content/guides/a.md": sites.page("A guide", "Words.")}
    one, other = sites.write(tmp_path / "one", pages), sites.write(tmp_path / "other", pages)
    sites.compose(one)
    (other / ".coldpress").mkdir()
    for file in (one / ".coldpress").glob("store.sqlite*"):
        (other / ".coldpress" / file.name).write_bytes(file.read_bytes())
    session = Session(sites.options(other))
    before = dict(session.rows.outputs)
    pipeline.compose(sites.options(other), session=session)
    assert before == session.rows.outputs


# --------------------------------------------------------------------------------- in any order


class Awaited:
    """A chunk that is ready or not; to wait for it always ends."""

    def __init__(self, made: list[int], *, ready: bool) -> None:
        self.made, self.ready = made, ready

    def done(self) -> bool:
        return self.ready

    def result(self) -> list[int]:
        return self.made


def test_who_is_slow_does_not_keep_others_waiting() -> None:
    """The first chunk takes long: what was finished meanwhile is taken, and more is asked for."""

    def submit(_work: Any, chunk: tuple[int, ...]) -> Awaited:
        return Awaited([10 * one for one in chunk], ready=chunk != (0,))

    chunks = ((number,) for number in range(5))
    came = [item for item, _made in flowing(submit, doubled, chunks, most=2)]
    assert came == [1, 2, 3, 4, 0]


def test_lists_of_pages_are_made_before_articles(tmp_path: Path) -> None:
    pages = {
        "content/guides/index.md": sites.page("Guides"),
        "content/guides/a.md": sites.page("A guide"),
        "content/guides/b.md": sites.page("Another guide"),
        "content/pages/references.md": sites.page("Sources", layout="references", no_booking="x"),
    }
    site = sites.compose(sites.write(tmp_path, pages)).site
    listed = Order("en", Recipe("sitemap.xml"))
    orders = [Order("en", id) for id in site.ids] + [listed]
    turns = {order.what: is_article(site, order) for order in orders}
    assert turns["guides/b"]
    assert not any(
        turns[what] for what in ("guides/index", "pages/references", "pages/index", listed.what)
    )
