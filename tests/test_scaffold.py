"""kind + title -> a file that loads, builds as a draft and says what is still to be filled in."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coldpress.asking import MOST_TRIES, Terminal
from coldpress.cli import main
from coldpress.frontmatter import split
from coldpress.model import Options
from coldpress.problems import BuildError, OperationError, errors_in
from coldpress.prompts import unfilled
from coldpress.scaffold import Wanted, known_kind, name_of, text_of, write
from coldpress.schema import KINDS, Kind, fields_of
from coldpress.wishes import Wish, asked, pages_named, told
from tests import sites
from tests.caselib import NOW, problems_of, write_site

ROOT = Path(__file__).resolve().parent.parent
IDS = [kind.name for kind in KINDS]


def options(root: Path) -> Options:
    return Options(root, root / "output", NOW)


def new(kind: str, title: str, root: Path, **more: str) -> Path:
    return write(told(Wish(kind, title, **more), options(root)), root)


# --------------------------------------------------------------------------- the file


def test_a_new_file_of_every_kind_is_a_draft_that_builds(tmp_path: Path) -> None:
    sites.write(tmp_path, sites.SAFETY)
    for kind in KINDS:
        file = new(kind.name, f'Cold: is a {kind.name} "better"?', tmp_path)
        name = f"{kind.folder}/cold-is-a-{kind.name}-better"
        assert file.relative_to(tmp_path).as_posix() == f"content/{name}.md"
    pages = sites.compose(tmp_path, drafts=True).site.by_id
    matters = [pages[f"{k.folder}/cold-is-a-{k.name}-better"].source.matter for k in KINDS]
    assert all(matter.draft for matter in matters)
    assert matters[0].title == 'Cold: is a mechanism "better"?'
    assert errors_in(sites.problems(tmp_path)) == (), "a draft is no part of the built site"


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_every_prompt_is_found_at_its_place(kind: Kind, tmp_path: Path) -> None:
    text = text_of(Wanted(kind, "Cold", "cold"), tmp_path)
    lines = text.split("\n")
    found = list(unfilled(text, "x.md", draft=True))
    assert len(found) == text.count("replace this: ")
    assert all(lines[one.line - 1][one.column - 1 :].startswith("replace this: ") for one in found)
    assert {one.level for one in found} == {"advice"}
    assert {one.level for one in unfilled(text, "x.md", draft=False)} == {"error"}


@pytest.mark.parametrize("kind", KINDS, ids=IDS)
def test_every_field_is_there_to_be_used(tmp_path: Path, kind: Kind) -> None:
    text = new(kind.name, "Cold or heat", tmp_path).read_text()
    for name in fields_of(kind.matter):
        assert len(re.findall(rf"^(?:# )?{name}:", text, re.MULTILINE)) == (name != "translated"), (
            name
        )


def test_a_field_without_its_comment_sign_is_in_the_right_place(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    file = new("guide", "Cold or heat", tmp_path)
    text = file.read_text()
    text = re.sub(r"^# (  by|  credential):.*$", r"\1: A. Person", text, flags=re.MULTILINE)
    text = re.sub(r"^# (  on|  next):.*$", r"\1: 2026-01-01", text, flags=re.MULTILINE)
    file.write_text(re.sub(r"^# (reviewed:).*$", r"\1", text, flags=re.MULTILINE))
    assert errors_in(problems_of(tmp_path)) == ()


def test_the_longest_title_leaves_room_for_the_prompt(tmp_path: Path) -> None:
    assert new("guide", "Cold " * 21 + "water", tmp_path).is_file()


def test_what_is_given_stands_in_the_file(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            f"content/{id}.md": sites.page(id)
            for id in ("conditions/knee", "methods/ice-pack", "guides/flight")
        },
    )
    file = new(
        "guide",
        "Skiing",
        tmp_path,
        slug="On the slope",
        description='What a "cold" day does to a knee.',
        about="knee, methods/ice-pack, guides/flight, knee",
    )
    matter = split(file.read_bytes(), "x.md", known_kind("guide").matter).matter
    assert (file.name, matter.description) == (
        "on-the-slope.md",
        'What a "cold" day does to a knee.',
    )
    assert (matter.conditions, matter.methods) == (("knee",), ("ice-pack",))
    assert matter.related == ("guides/flight",)


# --------------------------------------------------------------------------- what will not do


def failure(kind: str, title: str, root: Path, **more: str) -> tuple[str, str]:
    with pytest.raises(BuildError) as failed:
        new(kind, title, root, **more)
    return failed.value.problems[0].rule, failed.value.problems[0].hint


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    file = new("guide", "Cold or heat", tmp_path)
    file.write_text("mine")
    assert failure("guide", "Cold, or heat!", tmp_path)[0] == "file-exists"
    with pytest.raises(BuildError):
        write(Wanted(known_kind("guide"), "Cold", "cold-or-heat"), tmp_path)
    assert file.read_text() == "mine"


def test_an_unknown_kind_offers_the_nearest(tmp_path: Path) -> None:
    rule, hint = failure("guides", "Cold", tmp_path)
    assert (rule, hint.startswith("did you mean 'guide'?")) == ("unknown-kind", True)


@pytest.mark.parametrize(
    ("title", "rule"),
    [("氷", "bad-file-name"), ("Con", "bad-file-name"), ("Index", "bad-file-name"),
     ("It", "bad-value"), ("a" * 200, "bad-value"), ("two\nlines", "bad-value"),
     ("hidden \u202e sign", "hidden-character")],
)  # fmt: skip
def test_a_title_that_will_not_do_leaves_no_file(tmp_path: Path, title: str, rule: str) -> None:
    assert failure("guide", title, tmp_path)[0] == rule
    assert list(tmp_path.rglob("*.md")) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "content").write_text("a file where a folder should be")
    with pytest.raises(OperationError, match="cannot be written"):
        new("guide", "Cold or heat", tmp_path)


def test_an_address_that_somebody_has_or_had_is_refused(tmp_path: Path) -> None:
    extra = (
        "redirects:\n  - {from: /guides/sent-on/, to: /}\n"
        'gone:\n  - {address: /guides/given-up/, reason: "nothing replaces it", on: 2026-01-01}\n'
    )
    ice = sites.page("Ice", slug="frost", aliases="[/guides/older/]", draft="true")
    write_site(tmp_path, {"site.yaml": sites.SITE_YAML + extra, "content/guides/ice.md": ice})
    (tmp_path / "addresses.lock").write_text("/guides/once/ 2026-01-01 content/guides/x.md\n")
    for title in ("Frost", "Older", "Sent on", "Given up", "Once"):
        assert failure("guide", title, tmp_path)[0] == "taken-address", title
    assert new("guide", "Never", tmp_path).is_file()


def test_a_broken_site_can_still_get_a_page(tmp_path: Path) -> None:
    write_site(tmp_path, {"site.yaml": "name: [", "content/guides/ice.md": "no fields"})
    assert new("guide", "Cold", tmp_path).is_file()


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("cold", "guides/cold or methods/cold"),
        ("kne", "did you mean 'knee'?"),
        ("zzz", "write it as folder/name"),
    ],
)
def test_a_relation_to_no_page_or_to_several_is_told(tmp_path: Path, words: str, hint: str) -> None:
    names = ("conditions/knee", "guides/cold", "methods/cold")
    write_site(tmp_path, {f"content/{id}.md": sites.page(id) for id in names})
    with pytest.raises(BuildError) as failed:
        pages_named(words, options(tmp_path))
    (problem,) = failed.value.problems
    assert problem.rule == "unknown-relation"
    assert sorted(problem.hint.split(" or ")) == sorted(hint.split(" or "))


# --------------------------------------------------------------------------- prompts


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("replace this: a paragraph", 1),
        ("Replace this: an editor made a capital", 1),
        ("- replace this: an item", 3),
        ("> **replace this: bold**", 5),
        ('::: warn "replace this: a title"', 11),
        ("| a | replace this: a cell |", 7),
        ("![replace this: say what it shows](x.jpg)", 3),
        ("It may help. replace this: the rest", 14),
        ("## replace this: a heading", 4),
        ("Replace this pack once a year.", 0),
        ("When it leaks, replace this. A new one costs little.", 0),
        ("Please Replace This: it is old", 0),
    ],
)
def test_what_counts_as_a_prompt_in_a_text(line: str, column: int) -> None:
    found = list(unfilled(f"---\ntitle: x\n---\n\n{line}\n", "x.md", draft=False))
    assert [(one.line, one.column) for one in found] == ([(5, column)] if column else [])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ('description: "replace this: words"', 15),
        ("description: replace this: words", 14),
        ("  - replace this: an item", 5),
        ("# summary: replace this: a note is no field", 0),
        ('title: "How to replace this part"', 0),
    ],
)
def test_what_counts_as_a_prompt_in_a_field(line: str, column: int) -> None:
    found = list(unfilled(f"\ufeff---\r\n{line}\r\n---\r\nText.\r\n", "x.md", draft=False))
    assert [(one.line, one.column) for one in found] == ([(2, column)] if column else [])


def test_the_real_site_has_no_prompt() -> None:
    for file in (ROOT / "content").rglob("*.md"):
        assert not list(unfilled(file.read_text(encoding="utf-8"), file.name, draft=False))


# --------------------------------------------------------------------------- questions


def dialogue(root: Path, *answers: str, wish: Wish | None = None) -> tuple[Wanted, str]:
    screen = io.StringIO()
    lines = io.StringIO("".join(f"{answer}\n" for answer in answers))
    return asked(wish or Wish(), Terminal(lines, screen), options(root)), screen.getvalue()


def test_the_few_questions_lead_to_a_page(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/conditions/knee.md": sites.page("Knee")})
    page, screen = dialogue(tmp_path, "guide", "Cold on a long flight", "", "knee", "")
    assert page == Wanted(
        known_kind("guide"),
        "Cold on a long flight",
        "cold-on-a-long-flight",
        "",
        ("conditions/knee",),
    )
    assert "Its address: /guides/ [cold-on-a-long-flight] " in screen
    assert "  conditions: knee\n" in screen


def test_an_answer_that_will_not_do_is_asked_for_again(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/guides/cold.md": sites.page("Cold")})
    answers = ["guides", "guide", "", "No", "Cold", "too short", "", "nobody", "", "", "Index"]
    page, screen = dialogue(tmp_path, *answers, "cold on skin")
    assert page.name == "cold-on-skin"
    assert "there is no kind of page called 'guides': did you mean 'guide'?" in screen
    assert "there is no page called 'nobody': write it as folder/name" in screen
    assert "this file exists: choose another title, or edit that file" in screen
    assert screen.count("Its title?") == 3
    assert screen.count("in one sentence") == 2
    assert screen.count("Its address:") == 3


def test_what_was_said_is_not_asked(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/guides/cold.md": sites.page("Cold")})
    wish = Wish("guide", "Cold at sea", "cold", "What a sailor may do with cold water.", "cold")
    page, screen = dialogue(tmp_path, "at-sea", wish=wish)
    assert (page.name, page.about) == ("at-sea", ("guides/cold",))
    assert screen.startswith("  this file exists")
    wish = Wish("guide", "Cold at sea", "at-sea", "What a sailor may do with cold water.", "cold")
    assert dialogue(tmp_path, wish=wish) == (page, "")


def test_a_folder_with_many_pages_is_cut_short(tmp_path: Path) -> None:
    write_site(tmp_path, {f"content/guides/g{n:02}.md": sites.page(f"G {n}") for n in range(14)})
    assert "g11 ...\n" in dialogue(tmp_path, "guide", "Cold", "", "", "")[1]


def test_answers_that_end_or_never_will_do_write_nothing(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    with pytest.raises(OperationError, match="nothing was written"):
        dialogue(tmp_path, "guide", "Cold")
    with pytest.raises(OperationError, match="no answer would do"):
        dialogue(tmp_path, *["x"] * MOST_TRIES)


def talk(root: Path, *words: str, answers: bytes) -> tuple[int, str]:
    """The command on a terminal of its own, as a person has it."""
    person, machine = pty.openpty()
    code = "import sys; from coldpress.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "new", *words, "--source", str(root)]
    done = subprocess.Popen(command, stdin=machine, stdout=machine, stderr=machine, cwd=ROOT)
    os.close(machine)
    os.write(person, answers)
    said = b""
    try:
        while part := os.read(person, 65536):
            said += part
    except OSError:  # the terminal is closed when the command ends
        pass
    os.close(person)
    return done.wait(60), said.decode()


def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    code, said = talk(tmp_path, answers=b"guide\nCold at sea\n\n\n\n")
    assert (code, "What kind of page" in said) == (0, True)
    assert (
        "content/guides/cold-at-sea.md is ready to fill: a draft, later at /guides/cold-at-sea/"
        in said
    )
    assert (tmp_path / "content/guides/cold-at-sea.md").is_file()


def test_on_a_terminal_it_can_be_told_not_to_ask(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    code, said = talk(tmp_path, "guide", "Cold at sea", "--no-questions", answers=b"")
    assert (code, "?" in said) == (0, False)


def test_leaving_in_the_middle_writes_nothing(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    code, said = talk(tmp_path, answers=b"guide\nCold at sea\n\x04")
    assert (code, "nothing was written" in said) == (3, True)
    assert "Traceback" not in said
    assert not (tmp_path / "content/guides").exists()


def test_without_a_terminal_it_needs_kind_and_title(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site(tmp_path, {})
    assert main(["new", "guide", "--source", str(tmp_path)]) == 2
    assert main(["new", "guide", "Cold", "--slug", "ice", "--source", str(tmp_path)]) == 0
    assert (tmp_path / "content/guides/ice.md").is_file()
    assert name_of("Ice!") == "ice"
