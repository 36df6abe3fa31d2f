"""A page under another name: what changes, to the byte, and what does not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldpress.cli import main
from coldpress.model import Options
from coldpress.problems import BuildError, OperationError
from coldpress.renaming import RefusedError, carry_out, plan_rename, prove, put_back
from coldpress.renaming.edits import edited
from coldpress.renaming.frontmatter import kept_address
from tests import sites
from tests.caselib import png
from tests.sites import SAFE, SAFETY, page

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def snapshot(root: Path) -> dict[str, bytes]:
    files = [root / "site.yaml", *(root / "content").rglob("*")]
    return {
        file.relative_to(root).as_posix(): file.read_bytes() for file in files if file.is_file()
    }


def options(root: Path) -> Options:
    return Options(root, root / "output", NOW)


def rename(root: Path, old: str, new: str) -> Mapping[str, bytes]:
    """The files after it."""
    plan = plan_rename(options(root), old, new)
    prove(options(root), plan)
    carry_out(root, plan)
    return snapshot(root)


def plain(root: Path, old: str, new: str) -> dict[str, str]:
    """Without the proof, which takes a second: the file that was changed, as text."""
    carry_out(root, plan_rename(options(root), old, new))
    return {
        path: raw.decode() for path, raw in snapshot(root).items() if path.endswith(("md", "yaml"))
    }


def refused(root: Path, old: str, new: str) -> list[tuple[str, str, int]]:
    """Rule, file and line of what is wrong; no byte has changed."""
    before = snapshot(root)
    with pytest.raises(BuildError) as failed:
        rename(root, old, new)
    assert snapshot(root) == before
    return [(one.rule, one.path, one.line) for one in failed.value.problems]


ICE = page("Ice packs", "Words.")
SITE = f"""\
{sites.SITE_YAML}# the menu
navigation:
  - {{label: Ice, to: guides/ice.md}}
  - label: "Ice again"   # a note
    to: 'guides/ice.md'
redirects:
  - from: /old-ice/
    to: /guides/ice/
"""


# --------------------------------------------------------------------------- links


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[a](ice.md)", "[a](cold-packs.md)"),
        ("[a](./ice.md)", "[a](./cold-packs.md)"),
        ("[a](../guides/ice.md#how)", "[a](cold-packs.md#how)"),
        ("[a](/guides/ice.md?x=1#how)", "[a](/guides/cold-packs.md?x=1#how)"),
        ('[a](<ice.md> "A title")', '[a](<cold-packs.md> "A title")'),
        ("[a](/guides/ice/#how)", "[a](/guides/cold-packs/#how)"),
        ("[a](https://harbour.example/guides/ice/)", "[a](https://harbour.example/guides/cold-packs/)"),
        ("<https://harbour.example/guides/ice/>", "<https://harbour.example/guides/cold-packs/>"),
        ("[a][x]\n\n[x]: ice.md 'title'", "[a][x]\n\n[x]: cold-packs.md 'title'"),
        ('<a href="ice.md">a</a>', '<a href="cold-packs.md">a</a>'),
        ("<a href='ice.md'>a</a>", "<a href='cold-packs.md'>a</a>"),
        ("**[a](ice.md)**, [b](ice.md)", "**[a](cold-packs.md)**, [b](cold-packs.md)"),
        ("[![p](ice/p.png)](ice.md)", "[![p](cold-packs/p.png)](cold-packs.md)"),
        ('::: figure ice/p.png "What"\n:::', '::: figure cold-packs/p.png "What"\n:::'),
    ],
)  # fmt: skip
def test_every_form_of_link_is_mended(tmp_path: Path, before: str, after: str) -> None:
    text = page("Other", before)
    files = {"content/guides/ice.md": ICE, "content/guides/other.md": text}
    sites.write(tmp_path, {**files, "content/guides/ice/p.png": png()})
    then = plain(tmp_path, "content/guides/ice.md", "content/guides/cold-packs.md")
    assert then["content/guides/other.md"] == text.replace(before, after)


@pytest.mark.parametrize(
    "kept",
    [
        "`[a](ice.md)`",
        "``[a](ice.md) ` ``",
        "```\n[a](ice.md)\n```",
        "<!-- [a](ice.md) -->",
        r"\[a\](ice.md) and [a\](ice.md)",
        "[a](https://elsewhere.com/guides/ice/)",
        "[a](nice.md) [b](ice.txt) [c](../ice.md) [d](#ice)",
        "ice.md, guides/ice and /guides/ice/ in words",
        "[a](mailto:ice.md@harbour.example)",
    ],
)
def test_what_is_no_link_to_it_stays(tmp_path: Path, kept: str) -> None:
    text = page("Other", kept)
    sites.write(tmp_path, {"content/guides/ice.md": ICE, "content/guides/other.md": text})
    then = plain(tmp_path, "guides/ice", "cold-packs")
    assert then["content/guides/other.md"] == text


def test_names_in_fields_and_data_are_mended_and_nothing_else(tmp_path: Path) -> None:
    finding = "ice-x:\n  question: Does it?\n  condition: knee  # the joint\n"
    other = page(
        "Other",
        ":: findings condition=knee",
        related="[conditions/knee, guides/index]",
        conditions='["knee"]',
        summary='"See [it](../conditions/knee.md#x)."',
        key_points="\n  - 'A [knee](../conditions/knee.md).'",
    )
    files = {
        "site.yaml": f"{sites.SITE_YAML}footer:\n  K:\n    - {{label: k, to: conditions/knee}}\n",
        "content/conditions/knee.md": page("Knee", SAFE),
        "content/guides/other.md": other,
        "content/data/findings.yaml": finding,
        "content/data/synonyms.yaml": "knee:\n  words: [knee, knees]\n  pages: [conditions/knee]\n",
    }
    sites.write(tmp_path, files)
    then = plain(tmp_path, "conditions/knee", "sore-knees")
    assert then["content/data/findings.yaml"] == finding.replace("n: knee", "n: sore-knees")
    assert then["content/data/synonyms.yaml"].endswith("knees]\n  pages: [conditions/sore-knees]\n")
    assert then["site.yaml"] == files["site.yaml"].replace(
        "conditions/knee", "conditions/sore-knees"
    )
    spots = ("conditions/knee,", 'conditions: ["knee', "conditions/knee.md", "condition=knee")
    for spot in spots:
        other = other.replace(spot, spot.replace("knee", "sore-knees"))
    assert then["content/guides/other.md"] == other


def test_line_ends_byte_order_mark_quotes_and_notes_stay(tmp_path: Path) -> None:
    text = (
        "\ufeff---\ntitle: 'Über 😀 ice'   # a note\n# another\ndescription: What there is to know"
        ' about it.\nrelated:\n- "guides/other"  # first\n---\n\n[b](other.md) 😀 \n\n\n'
    ).replace("\n", "\r\n")
    other = page("Other", "😀 [a](ice.md)").replace("\n", "\r\n")
    sites.write(tmp_path, {"content/guides/ice.md": text, "content/guides/other.md": other})
    (tmp_path / "site.yaml").write_bytes(SITE.replace("\n", "\r\n").encode())
    then = plain(tmp_path, "guides/ice", "cold")
    aliases = "first\r\naliases: [/guides/ice/]\r\n---"
    assert then["content/guides/cold.md"] == text.replace("first\r\n---", aliases)
    assert then["content/guides/other.md"] == other.replace("ice.md", "cold.md")
    menu = SITE.replace("guides/ice", "guides/cold").replace("\n", "\r\n")
    assert then["site.yaml"] == menu


def test_only_the_files_that_name_it_are_written(tmp_path: Path) -> None:
    sites.write(tmp_path, {"content/guides/ice.md": ICE, "content/guides/other.md": page("Other")})
    plan = plan_rename(options(tmp_path), "guides/ice", "cold")
    assert [change.path for change in plan.changes] == ["content/guides/ice.md"]


# --------------------------------------------------------------------------- the old address


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x\n", "title: x\naliases: [/old/]\n"),
        ("aliases: []  # none\n", "aliases: [/old/]  # none\n"),
        ("aliases:\ntitle: x\n", "aliases: [/old/]\ntitle: x\n"),
        ("aliases: [/a/] # b\n", "aliases: [/a/, /old/] # b\n"),
        ("aliases: [\n  '/a/', # b\n]\n", "aliases: [\n  '/a/', /old/, # b\n]\n"),
        ("aliases:\n  - /a/ # b\n# c\n", "aliases:\n  - /a/ # b\n  - /old/\n# c\n"),
        ("aliases:\n-   '/a/'\nx: y\n", "aliases:\n-   '/a/'\n-   /old/\nx: y\n"),
        ("aliases: [/a/, '/new/']\n", "aliases: [/a/, '/old/']\n"),
    ],
)
def test_an_old_address_joins_the_aliases_in_their_own_form(before: str, after: str) -> None:
    assert edited(before, [kept_address(before, "x.md", "/old/", "/new/")]) == after


@pytest.mark.parametrize("unusual", ["aliases: /a/\n", "aliases:\n  -\n    /a/\n"])
def test_aliases_in_an_unusual_form_are_left_alone(unusual: str) -> None:
    with pytest.raises(BuildError, match="1 problems"):
        kept_address(unusual, "x.md", "/old/", "/new/")


def test_there_and_back_leaves_one_alias_and_nothing_else(tmp_path: Path) -> None:
    other = page("Other", "[a](ice.md)")
    sites.write(tmp_path, {"content/guides/ice.md": ICE, "content/guides/other.md": other})
    before = snapshot(tmp_path)
    rename(tmp_path, "guides/ice", "cold")
    after = rename(tmp_path, "guides/cold", "ice")
    ice = after["content/guides/ice.md"].decode()
    assert ice == ICE.replace("---\n\n", "aliases: [/guides/cold/]\n---\n\n")
    assert {**after, "content/guides/ice.md": b""} == {**before, "content/guides/ice.md": b""}


@pytest.mark.parametrize("hidden", ["draft: true", "publish_at: 2027-01-01 09:00"])
def test_an_address_nobody_could_know_is_not_kept(tmp_path: Path, hidden: str) -> None:
    text = ICE.replace("---\n\n", f"{hidden}\n---\n\n")
    sites.write(tmp_path, {"content/guides/ice.md": text})
    assert plain(tmp_path, "guides/ice", "cold")["content/guides/cold.md"] == text


def test_a_draft_that_was_live_once_keeps_its_address(tmp_path: Path) -> None:
    text = ICE.replace("---\n\n", "draft: true\n---\n\n")
    sites.write(tmp_path, {"content/guides/ice.md": text})
    (tmp_path / "addresses.lock").write_text("/guides/ice/ 2026-01-01 content/guides/ice.md\n")
    assert (
        "aliases: [/guides/ice/]" in plain(tmp_path, "guides/ice", "cold")["content/guides/cold.md"]
    )


def test_a_file_with_a_slug_keeps_its_address_and_a_word_changes_it(tmp_path: Path) -> None:
    text = ICE.replace("---\n\n", 'slug: "frost"  # short\n---\n\n')
    sites.write(tmp_path, {"content/guides/ice.md": text})
    assert plain(tmp_path, "guides/ice", "guides/cold.md")["content/guides/cold.md"] == text
    then = plain(tmp_path, "guides/cold", "chill")["content/guides/chill.md"]
    slug = text.replace('"frost"', '"chill"')
    assert then == slug.replace("---\n\n", "aliases: [/guides/frost/]\n---\n\n")


# --------------------------------------------------------------------------- other folders


def test_a_page_in_another_folder_still_finds_its_neighbours(tmp_path: Path) -> None:
    body = "[o](other.md#x) ![p](p.png) [s](../pages/safety.md) [r](/guides/other.md) [t](#)"
    text = page("Ice", body, related="[guides/other]", image="{src: p.png, alt: A pack}")
    files = {"content/guides/ice.md": text, "content/guides/other.md": page("Other", "[i](ice.md)")}
    sites.write(tmp_path, {**files, **SAFETY, "content/guides/p.png": png()})
    then = plain(tmp_path, "guides/ice", "content/pages/ice.md")
    moved = (
        "[o](../guides/other.md#x) ![p](../guides/p.png) [s](safety.md)"
        " [r](/guides/other.md) [t](#)"
    )
    expected = text.replace(body, moved).replace("src: p.png", "src: ../guides/p.png")
    aliases = "aliases: [/guides/ice/]\n---\n\n"
    assert then["content/pages/ice.md"] == expected.replace("---\n\n", aliases)
    assert "[i](../pages/ice.md)" in then["content/guides/other.md"]


def test_translations_and_a_folder_of_pictures_go_along(tmp_path: Path) -> None:
    text = page("Ice", "![p](ice/p.png)")
    site = f"{sites.SITE_YAML}languages: [en, es]\n"
    files = {"site.yaml": site, "content/guides/ice.md": text, "content/guides/ice.es.md": text}
    sites.write(tmp_path, {**files, "content/guides/ice/p.png": png()})
    then = snapshot(tmp_path) and plain(tmp_path, "guides/ice", "cold")
    assert "aliases: [/es/guias/ice/]" in then["content/guides/cold.es.md"]
    assert "![p](cold/p.png)" in then["content/guides/cold.md"]
    assert (tmp_path / "content/guides/cold/p.png").is_file()
    assert not (tmp_path / "content/guides/ice").exists()


def test_a_page_in_two_languages_keeps_its_addresses_and_links_in_both(tmp_path: Path) -> None:
    """A word leaves the slug of the translation alone; another folder moves its address too. Links
    in either language lead to the new place, and nothing has fallen behind by that."""
    ice, hielo = page("Ice", "Ice. [o](other.md)"), page("Hielo", "Hielo.", slug="hielo")
    links = "[i](ice.md) and [h](/es/guias/hielo/)"
    site = f"{sites.SITE_YAML}languages: [en, es]\ntranslations:\n  es: {{booking: Reservar}}\n"
    sites.write(tmp_path, {
        "site.yaml": site,
        "content/pages/index.es.md": page("Descanso junto al agua"),
        "content/guides/ice.md": ice,
        "content/guides/ice.es.md": hielo.replace("slug:", "aliases: [/es/nieve/]\nslug:"),
        "content/guides/other.md": page("Other", links),
        "content/guides/other.es.md": page("Otro", links),
    })  # fmt: skip
    for name in ("ice", "other"):
        file = f"content/guides/{name}.es.md"
        assert main(["translations", "--source", str(tmp_path), "--sign", file, "--quiet"]) == 0
    then = rename(tmp_path, "guides/ice", "cold")
    assert b"slug: hielo" in then["content/guides/cold.es.md"]
    assert b"aliases: [/es/nieve/]\n" in then["content/guides/cold.es.md"], "it has not moved"
    moved = rename(tmp_path, "guides/cold", "content/pages/cold.md")
    assert b"aliases: [/es/nieve/, /es/guias/hielo/]\n" in moved["content/pages/cold.es.md"]
    for name in ("other", "other.es"):
        text = moved[f"content/guides/{name}.md"]
        assert b"[i](../pages/cold.md) and [h](/es/hielo/)" in text
    rules = {problem.rule for problem in sites.problems(tmp_path)}
    assert "stale-translation" not in rules


def test_a_translation_of_a_draft_was_never_public(tmp_path: Path) -> None:
    files = {"content/guides/ice.md": page("Ice", draft="true"),
             "content/guides/ice.es.md": page("Hielo"),
             "site.yaml": f"{sites.SITE_YAML}languages: [en, es]\n"}  # fmt: skip
    sites.write(tmp_path, files)
    assert "aliases" not in plain(tmp_path, "guides/ice", "cold")["content/guides/cold.es.md"]


def test_fields_the_other_kind_has_not_are_named(tmp_path: Path) -> None:
    text = page("Knee", SAFE, body_regions="[knee]")
    sites.write(tmp_path, {"content/conditions/knee.md": text, **SAFETY})
    with pytest.raises(BuildError) as failed:
        plan_rename(options(tmp_path), "conditions/knee", "guides/knee")
    (problem,) = failed.value.problems
    assert (problem.rule, problem.line) == ("unknown-field", 4)
    assert problem.hint == "take it out first: a guide has no such field"


def test_a_name_that_would_mean_nothing_any_more_is_told_with_its_line(tmp_path: Path) -> None:
    other = page("Other", conditions="[knee]")
    files = {"content/conditions/knee.md": page("Knee", SAFE), "content/guides/other.md": other}
    sites.write(tmp_path, {**files, **SAFETY})
    found = refused(tmp_path, "conditions/knee", "guides/knee")
    assert found == [("unknown-relation", "content/guides/other.md", 4)]


# --------------------------------------------------------------------------- refusals


def test_an_address_that_is_taken_is_refused(tmp_path: Path) -> None:
    other = page("Other", aliases="[/guides/older/]")
    files = {"content/guides/ice.md": ICE, "content/guides/other.md": other, "site.yaml": SITE}
    sites.write(tmp_path, files)
    (tmp_path / "addresses.lock").write_text("/guides/once/ 2026-01-01 content/guides/x.md\n")
    rules = [refused(tmp_path, "guides/ice", new)[0] for new in ("other", "older", "once")]
    assert [rule for rule, _, _ in rules] == ["file-exists", "doubled-address", "taken-address"]
    assert refused(tmp_path, "guides/ice", "pages/old-ice.md")[0][0] == "doubled-address"


def test_a_page_with_a_slug_does_not_take_a_file_that_exists(tmp_path: Path) -> None:
    other = page("Other", slug="elsewhere")
    sites.write(tmp_path, {"content/guides/ice.md": ICE, "content/guides/other.md": other})
    assert refused(tmp_path, "guides/ice", "other")[0][0] == "file-exists"
    assert refused(tmp_path, "guides/ice", "ice")[0][0] == "file-exists"


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("guides/ise", "cold", "did you mean 'guides/ice'?"),
        ("guides/ice", "Cold Packs", "did you mean 'cold-packs'?; use lower-case"),
        ("guides/ice", "recipes/ice.md", "write it like content/guides/new-name.md"),
        ("guides/ice", "guides/deep/ice.md", "write it like content/guides/new-name.md"),
        ("guides/ice", "con", "use lower-case letters"),
        ("guides/index", "cold", "to move what it says"),
        ("guides/ice.es.md", "cold", "rename content/guides/ice.md"),
    ],
)
def test_a_wrong_question_gets_the_right_one(tmp_path: Path, old: str, new: str, hint: str) -> None:
    site = f"{sites.SITE_YAML}languages: [en, es]\n"
    files = {"content/guides/ice.md": ICE, "content/guides/ice.es.md": ICE, "site.yaml": site}
    sites.write(tmp_path, {**files, "content/guides/index.md": page("Guides")})
    with pytest.raises(RefusedError) as failed:
        plan_rename(options(tmp_path), old, new)
    assert failed.value.hint.startswith(hint)


def test_a_full_path_is_understood(tmp_path: Path) -> None:
    sites.write(tmp_path, {"content/guides/ice.md": ICE})
    old, new = tmp_path / "content/guides/ice.md", tmp_path / "content/guides/cold.md"
    assert "content/guides/cold.md" in plain(tmp_path, str(old), str(new))


def test_a_mistake_elsewhere_does_not_stand_in_the_way(tmp_path: Path) -> None:
    broken = page("Other", "[a](ice.md) [b](nowhere.md)", nonsense="1")
    files = {"content/guides/ice.md": ICE, "content/guides/other.md": broken}
    sites.write(tmp_path, files)
    then = rename(tmp_path, "guides/ice", "cold")["content/guides/other.md"].decode()
    assert then == broken.replace("ice.md", "cold.md")


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("content/guides/other.md", "---\ntitle: [ice\n---\nx\n", 3),
        ("content/guides/other.md", "no fields, but ice\n", 1),
        ("content/data/glossary.yaml", "ice: [\n", 2),
        ("content/data/glossary.yaml", "ice: " + "[" * 30 + "]" * 30, 1),
        ("content/guides/other.md", b"---\ntitle: ice\xff\n---\n", 1),
    ],
)
def test_a_file_that_names_it_and_cannot_be_read_stops_it(
    tmp_path: Path, path: str, text: str | bytes, line: int
) -> None:
    sites.write(tmp_path, {"content/guides/ice.md": ICE, path: text})
    assert refused(tmp_path, "guides/ice", "cold") == [("unmendable-file", path, line)]


def test_the_page_itself_must_be_readable(tmp_path: Path) -> None:
    sites.write(tmp_path, {"content/guides/ice.md": ICE.replace("title", "titel")})
    assert refused(tmp_path, "guides/ice", "cold")[0][0] == "unknown-field"


# --------------------------------------------------------------------------- all or nothing


def two(root: Path) -> None:
    other = page("Other", "[a](ice.md)")
    sites.write(root, {"content/guides/ice.md": ICE, "content/guides/other.md": other})


def test_a_move_that_fails_puts_every_file_back(tmp_path: Path) -> None:
    two(tmp_path)
    plan = plan_rename(options(tmp_path), "guides/ice", "pages/ice.md")
    (tmp_path / "content/pages/index.md").unlink()
    (tmp_path / "content/pages").rmdir()
    (tmp_path / "content/pages").write_text("a file where a folder should be")
    before = snapshot(tmp_path)
    with pytest.raises(OperationError, match="every file is as it was"):
        carry_out(tmp_path, plan)
    assert snapshot(tmp_path) == before
    assert not (tmp_path / ".coldpress/rename").exists()


KILLED = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from coldpress.model import Options
from coldpress.renaming import carry_out, plan_rename
root, left = Path(sys.argv[1]), int(sys.argv[2])
plan = plan_rename(Options(root, root / "output", datetime(2026, 11, 23, tzinfo=UTC)), "guides/ice",
                   "methods/ice.md")
real = {name: getattr(os, name) for name in ("replace", "rename")}
def count(name):
    def call(*given, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return real[name](*given, **more)
    return call
for name in real:
    setattr(os, name, count(name))
carry_out(root, plan)
"""


def test_killed_at_any_step_it_can_be_undone(tmp_path: Path) -> None:
    """The steps are the system's own renames: the journal's, each file's, each move."""
    for step in range(6):
        root = tmp_path / str(step)
        two(root)
        before = snapshot(root)
        done = subprocess.run([sys.executable, "-c", KILLED, str(root), str(step)], check=False)
        if done.returncode == 0:
            break
        assert done.returncode == 9
        put_back(root)
        assert snapshot(root) == before
        assert not (root / "content/methods").exists()
    assert step == 4, "the journal, two files, one move, then it comes to its end"
    assert put_back(root) == ()
    assert (root / "content/methods/ice.md").is_file()


def test_a_file_saved_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    two(tmp_path)
    plan = plan_rename(options(tmp_path), "guides/ice", "cold")
    (tmp_path / "content/guides/other.md").write_text("mine")
    before = snapshot(tmp_path)
    with pytest.raises(OperationError, match="saved in the meantime"):
        carry_out(tmp_path, plan)
    assert snapshot(tmp_path) == before


def test_a_target_that_has_come_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    two(tmp_path)
    plan = plan_rename(options(tmp_path), "guides/ice", "cold")
    (tmp_path / "content/guides/cold.md").write_text("mine")
    before = snapshot(tmp_path)
    with pytest.raises(OperationError, match="there by now"):
        carry_out(tmp_path, plan)
    assert snapshot(tmp_path) == before


def test_undoing_leaves_what_somebody_wrote_since(tmp_path: Path) -> None:
    two(tmp_path)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "3"], check=False)
    journal = json.loads((tmp_path / ".coldpress/rename/list.json").read_text())
    assert len(journal["texts"]) == 2
    (tmp_path / "content/guides/other.md").write_text("mine")
    put_back(tmp_path)
    assert (tmp_path / "content/guides/other.md").read_text() == "mine"
    assert (tmp_path / "content/guides/ice.md").read_text() == ICE


# --------------------------------------------------------------------------- the command


def test_the_command_says_it_first_and_does_it_then(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two(tmp_path)
    before = snapshot(tmp_path)
    words = ["rename", "guides/ice", "cold", "--source", str(tmp_path)]
    assert main([*words, "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert snapshot(tmp_path) == before
    assert said.splitlines() == [
        "content/guides/ice.md -> content/guides/cold.md",
        "/guides/ice/ -> /guides/cold/ (the old address leads on)",
        "  content/guides/ice.md:4:1: + aliases: [/guides/ice/]",
        "  content/guides/other.md:6:5: ice.md -> cold.md",
        "2 places in 2 files would change; nothing was written",
    ]
    assert main(words) == 0
    assert capsys.readouterr().out == said.replace("would change; nothing was written", "changed")
    assert (tmp_path / "content/guides/cold.md").is_file()


def test_the_command_undoes_an_earlier_one_that_was_cut_short(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two(tmp_path)
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), "3"], check=False)
    assert main(["rename", "guides/ice", "cold", "--source", str(tmp_path)]) == 0
    assert "an earlier rename was cut short: 2 files" in capsys.readouterr().out


def test_the_command_refuses_with_the_code_of_a_wrong_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    two(tmp_path)
    assert main(["rename", "guides/snow", "cold", "--source", str(tmp_path)]) == 2
    assert main(["rename", "guides/ice", "other", "--source", str(tmp_path), "--quiet"]) == 1
    assert "there is no page 'guides/snow'" in capsys.readouterr().err


def test_the_real_site_stands_a_rename_and_a_way_back(tmp_path: Path) -> None:
    root = Path(sites.ROOT)
    shutil.copytree(root / "content", tmp_path / "content")
    shutil.copy(root / "site.yaml", tmp_path)
    before = snapshot(tmp_path)
    then = rename(tmp_path, "content/conditions/arthritis.md", "sore-joints")
    assert not any(b"conditions/arthritis" in raw for path, raw in then.items())
    changed = {path for path in then.keys() & before.keys() if then[path] != before[path]}
    assert len(changed) > 10
    again = rename(tmp_path, "content/conditions/sore-joints.md", "arthritis")
    page_path = "content/conditions/arthritis.md"
    assert {**again, page_path: b""} == {**before, page_path: b""}
