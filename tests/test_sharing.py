"""What many pages share: worked out once, noted by each, and counted in every key."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import pytest
from markupsafe import Markup
from msgspec import Struct

from coldpress.memory.canon import canonical as said
from coldpress.memory.canon import digest
from coldpress.memory.watch import Name, watched
from coldpress.pipeline import gather
from coldpress.problems import BuildError
from coldpress.render import environment, forget, render, worn_by
from coldpress.sharing import SharedGroup, SharedList, canonical
from coldpress.views import page_recipe, page_view
from coldpress.views.everywhere import everywhere
from tests import sites

PAGES = {
    "content/guides/a.md": sites.page("A guide", "Words."),
    "content/guides/b.md": sites.page("B guide", "Words."),
}


# --------------------------------------------------------------------------------- keys


def test_a_shared_part_counts_for_what_is_in_it() -> None:
    one = canonical({"t": SharedGroup(a="1", b="2"), "css": SharedList(["x"])})
    assert one == canonical({"css": SharedList(["x"]), "t": SharedGroup(b="2", a="1")})
    assert one != canonical({"t": SharedGroup(a="1", b="3"), "css": SharedList(["x"])})
    assert one != canonical({"t": SharedGroup(a="1", b="2"), "css": SharedList(["y"])})
    assert canonical(None) != canonical({})


def test_another_style_another_word_another_menu_make_another_view(tmp_path: Path) -> None:
    def view(name: str, changed: dict[str, str]) -> bytes:
        site, _ = gather(sites.options(sites.write(tmp_path / name, PAGES | changed)))
        return canonical(page_view(site, site.by_id["guides/a"]))

    before = view("same", {})
    assert before == view("again", {})
    assert before != view("style", {"assets/css/tokens.css": ":root{--deep:light-dark(red,blue)}"})
    menu = sites.SITE_YAML + "navigation:\n  - {label: B, to: guides/b}\n"
    assert before != view("menu", {"site.yaml": menu})


# --------------------------------------------------------------------------------- notes


def test_every_page_notes_what_was_worked_out_for_the_first(tmp_path: Path) -> None:
    site, _ = gather(sites.options(sites.write(tmp_path, PAGES)))
    notes: list[set[Name]] = []
    for id in ("guides/a", "guides/b"):
        names: set[Name] = set()
        page_recipe(watched(site, names), site.by_id.page(id))
        notes.append({name for name in names if "guides/" not in str(name)})
    assert notes[0] == notes[1]
    assert ("assets",) in notes[0]
    assert any(name[0] == "strings" for name in notes[0])


def test_another_site_is_worked_out_anew(tmp_path: Path) -> None:
    one, _ = gather(sites.options(sites.write(tmp_path / "one", PAGES)))
    named = sites.SITE_YAML.replace("name: ", "name: Other ", 1)
    other, _ = gather(sites.options(sites.write(tmp_path / "two", PAGES | {"site.yaml": named})))
    assert everywhere(one) is everywhere(one)
    assert everywhere(one).site["name"] != everywhere(other).site["name"]
    assert everywhere(one).site["name"] == one.config.facts.name


class Root(Struct, frozen=True):
    words: dict[str, str]
    few: frozenset[str]
    plain: int = 3

    @property
    def twice(self) -> int:
        return 2 * self.plain


def test_what_is_read_twice_is_noted_and_the_same() -> None:
    names: set[Name] = set()
    root = watched(Root({"a": "1"}, frozenset("x")), names)
    assert root.words is root.words
    assert (root.words["a"], root.words.get("b"), "x" in root.few, root.twice) == (
        "1",
        None,
        True,
        6,
    )
    assert names == {("words", "a"), ("words", "b"), ("few", "x"), ("plain",)}


# --------------------------------------------------------------------------------- digests


class Pair(NamedTuple):
    a: int
    b: int


class Word(StrEnum):
    ONE = "one"


class Empty(Struct):
    pass


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("ab", "2:ab"),
        (Markup("ab"), "2:ab"),
        (Word.ONE, "3:one"),
        (3, "3"),
        (None, "None"),
        ((1, ["2"]), "[1,[1:2]]"),
        (Pair(1, 2), "[1,2]"),
        ({"b": 1, "a": True}, "{1:a=True,1:b=1}"),
        (SharedGroup(a=1), "{1:a=1}"),
        ({2, 1}, "<1,2>"),
        (Empty(), "Empty{}"),
        (Root({}, frozenset()), "Root{3:few=<>,5:plain=3,5:words={}}"),
        (date(2026, 1, 2), "date(2026-01-02)"),
    ],
    ids=str,
)
def test_a_value_is_said_in_one_way(value: object, words: str) -> None:
    assert said(value) == words


def test_bytes_stand_for_themselves_by_their_digest() -> None:
    assert said(b"x").startswith("b2d711642")
    assert digest(b"x") != digest("x")


# --------------------------------------------------------------------------------- drawing


def draw(folder: Path, template: str, view: dict[str, object]) -> str:
    (folder / "x.html").write_text(template)
    forget()
    try:
        return render((folder,), "x.html", view)
    finally:
        forget()


def test_templates_look_names_up_in_groups(tmp_path: Path) -> None:
    view: dict[str, object] = {"t": SharedGroup(skip="a & b"), "page": {"title": Markup("<b>")}}
    assert draw(tmp_path, "{{ t.skip }}|{{ page.title }}", view) == "a &amp; b|<b>"
    assert draw(tmp_path, "{{ page.gone is defined }}", view) == "False"
    assert draw(tmp_path, "{% for k, v in page.items() %}{{ k }}{% endfor %}", view) == "title"
    with pytest.raises(BuildError) as failed:
        draw(tmp_path, "\n{{ page.gone }}", view)
    (problem,) = failed.value.problems
    assert (problem.path, problem.rule) == ("templates/x.html", "template-error")
    assert "'gone'" in problem.message


def test_templates_share_the_globals_and_do_not_change_them(tmp_path: Path) -> None:
    (tmp_path / "m.html").write_text("{% macro m() %}{{ range(2) | list }}{% endmacro %}")
    text = '{% from "m.html" import m %}{{ m() }}{{ own is defined }}'
    assert draw(tmp_path, text, {}) == "[0, 1]False"
    env = environment((tmp_path,))
    template = env.get_template("x.html", globals={"own": 1})
    assert template.render() == "[0, 1]True"
    assert "own" not in env.globals
    forget()


@pytest.mark.parametrize(
    ("body", "worn"),
    [
        ('<p class="a b">', "AB"),
        ('<p class="b"><i class="x">', "B"),
        ('<p data-class="a b">', "AB"),
        ('<p subclass="a b">', ""),
        ("<p class=a>", ""),
    ],
)
def test_a_page_wears_the_sheets_of_its_classes(body: str, worn: str) -> None:
    sheets = [{"css": Markup("A"), "needs": [["a", "b"]]}, {"css": Markup("B"), "needs": [["b"]]}]
    assert worn_by(sheets, body) == worn
