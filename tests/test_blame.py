"""A mistake in a template, a drawing or the words of the interface is told where it was made."""

from __future__ import annotations

from pathlib import Path

from coldpress.render import SHIPPED
from tests import sites


def told(site: Path) -> list[tuple[str, int, str]]:
    found = sites.problems(site)
    return [(one.path, one.line, one.rule) for one in found if one.level == "error"]


def shipped(name: str) -> str:
    return (SHIPPED / name).read_text(encoding="utf-8")


def test_a_script_in_a_template_is_told_there_and_once(tmp_path: Path) -> None:
    base = shipped("base.html").replace("</body>", "<script>alert(1)</script>\n</body>")
    files = {"templates/base.html": base, "content/guides/a.md": sites.page("Ice")}
    line = base[: base.index("<script>alert")].count("\n") + 1
    found = told(sites.write(tmp_path, files))
    assert found == [("templates/base.html", line, "script-on-page")]


def test_a_broken_drawing_is_told_under_its_own_name(tmp_path: Path) -> None:
    site = sites.write(tmp_path, {"assets/img/x.svg": "<svg xmlns='http://www.w3.org/2000/svg'>"})
    assert told(site) == [("assets/img/x.svg", 1, "malformed-xml")]


OWN = "templates/strings/en.yaml"


def test_a_slip_in_the_name_of_a_word_is_told_in_its_file(tmp_path: Path) -> None:
    words = "nav_home: Start\nnav_leters: From A to Z\n"
    assert told(sites.write(tmp_path, {OWN: words})) == [(OWN, 2, "unknown-field")]


def test_a_word_of_a_template_of_the_site_may_be_like_another(tmp_path: Path) -> None:
    files = {OWN: "nav_leters: From A to Z\n", "templates/parts/own.html": "{{ t.nav_leters }}"}
    assert told(sites.write(tmp_path, files)) == []


def test_a_word_that_is_not_there_is_told_as_one(tmp_path: Path) -> None:
    files = {"templates/page.html": "{{ t.nav_none }}", "content/pages/a.md": sites.page("Ice")}
    (found,) = (one for one in sites.problems(sites.write(tmp_path, files)) if one.level == "error")
    assert (found.path, found.rule) == ("templates/page.html", "template-error")
    assert found.message == "the template asks for 'nav_none', and it is not given"
    assert "templates/strings/" in found.hint


def test_a_template_in_another_encoding_says_how_to_save_it(tmp_path: Path) -> None:
    site = sites.write(tmp_path, {"content/pages/a.md": sites.page("Ice")})
    (site / "templates").mkdir()
    (site / "templates/page.html").write_bytes(b"<p>\nCaf\xe9</p>")
    (found,) = (one for one in sites.problems(site) if one.level == "error")
    assert (found.path, found.line) == ("templates/page.html", 2)
    assert found.hint == "save the file as UTF-8 in your editor"
