"""The law of incremental builds: whatever was edited since, the outputs are those of a clean build,
byte for byte; and an edit costs what depends on it."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from coldpress import cli, pipeline
from coldpress.checks import check_text
from coldpress.memory import log
from coldpress.memory.session import OutputRow, Rows, Session
from coldpress.model import Site
from coldpress.problems import BuildError, Problem, errors_in
from tests import sites
from tests.sizes import size
from tests.test_evidence import REFERENCES

EDITS = size("INCREMENTAL", 25, 200)
NOW = "2026-11-23T12:00:00+00:00"
CHECKLIST = sites.page("Is it safe for me?", "Ask first.", layout="checklist", no_booking="no")
FILES: dict[str, str | bytes] = {
    "content/pages/safety.md": CHECKLIST,
    "content/guides/index.md": sites.page("All guides", "Read on."),
    **{f"content/guides/g{n}.md": sites.page(f"Guide {n}", f"Words {n}.") for n in range(6)},
    "content/guides/near.md": sites.page("Near", "See [six](g5.md#a-part).", related="[guides/g0]"),
    "content/guides/g5.md": sites.page("Guide 5", "## A part\n\nWords."),
}


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a build leaves for the next is written change by change, as on a large site."""
    monkeypatch.setattr(log, "WORTH", 0)
    return sites.write(tmp_path / "site", FILES)


def bytes_of(built: pipeline.Built) -> dict[str, bytes]:
    return {output: one.content for output, one in built.made.items()}


def clean(source: Path) -> dict[str, bytes] | list[str]:
    """As if there had never been a build before."""
    fresh = source.parent / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(source, fresh, ignore=shutil.ignore_patterns(".coldpress", "output"))
    return outcome(lambda: pipeline.compose(sites.options(fresh)))


def outcome(build: Callable[[], pipeline.Built]) -> dict[str, bytes] | list[str]:
    try:
        built = build()
    except BuildError as failed:
        return [str(problem) for problem in failed.problems]
    return {**bytes_of(built), "advice": "\n".join(map(str, built.advice)).encode()}


def remade(source: Path, edit: Callable[[], object]) -> set[str]:
    """Outputs that an edit changes, after a build before it; cards without their fingerprint."""
    pipeline.compose(sites.options(source))
    before = Session(sites.options(source)).rows.outputs
    edit()
    pipeline.compose(sites.options(source))
    after = Session(sites.options(source)).rows.outputs
    return {
        re.sub(r"\.[0-9a-f]{8}\.png$", ".png", output)
        for output, row in after.items()
        if changed(before.get(output), row)
    }


def changed(before: OutputRow | None, after: OutputRow) -> bool:
    return before is None or before.key != after.key


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_body_edit_makes_one_page_again(source: Path) -> None:
    edit = source / "content/guides/g0.md"
    assert remade(source, lambda: rewrite(edit, "Words 0.", "Other words.")) == {
        "guides/g0/index.html",
        "guides/g0/index.md",
    }


def test_a_title_edit_makes_exactly_the_pages_again_that_show_it(source: Path) -> None:
    (source / "site.yaml").write_text(sites.WITH_CARDS)
    edit = source / "content/guides/g0.md"
    # Itself, its hub and the page that leads on to it; not the guides beside it.
    assert remade(source, lambda: rewrite(edit, "title: Guide 0", "title: Guide 0b")) == {
        *("guides/g0/index.html", "guides/g0/index.md"),
        *("guides/index.html", "guides/index.md"),
        *("guides/near/index.html", "guides/near/index.md"),
        *("media/cards/guides-g0.png", "llms.txt"),
    }


def test_an_edit_that_shows_nowhere_makes_nothing_again(source: Path) -> None:
    edit = source / "content/guides/g0.md"
    assert remade(source, lambda: rewrite(edit, "title: Guide 0", "# a note\ntitle: Guide 0")) == (
        set()
    )


def test_a_new_page_makes_only_the_lists_again_that_name_it(source: Path) -> None:
    (source / "site.yaml").write_text(sites.WITH_CARDS)
    new = source / "content/guides/new.md"
    assert remade(source, lambda: new.write_text(sites.page("New", "Words."))) == {
        *("guides/new/index.html", "guides/new/index.md"),
        *("guides/index.html", "guides/index.md"),
        *("media/cards/guides-new.png", "sitemap.xml", "llms.txt"),
    }


@pytest.mark.parametrize("afresh", [True, False])
def test_what_changed_in_a_build_that_stopped_half_way_is_not_forgotten(
    source: Path, afresh: bool
) -> None:
    """Its texts are known, and lists and pages are still those of the build before."""
    session = Session(sites.options(source))
    pipeline.compose(sites.options(source), session=session)
    (source / "content/guides/a-new.md").write_text(sites.page("A new one", "Words."))
    rewrite(source / "content/guides/near.md", "related: [guides/g0]", "related: [guides/g2]")
    rewrite(source / "content/guides/g0.md", "Words 0.", "Words [nowhere](no.md).")
    with pytest.raises(BuildError):
        pipeline.compose(sites.options(source), session=session)
    rewrite(source / "content/guides/g0.md", "Words [nowhere](no.md).", "Words 0.")
    session = Session(sites.options(source)) if afresh else session
    built = outcome(lambda: pipeline.compose(sites.options(source), session=session))
    assert built == clean(source)


def test_a_template_edit_makes_the_pages_again_that_it_draws(source: Path) -> None:
    own = source / "templates" / "checklist.html"
    own.parent.mkdir()
    shipped = (sites.ROOT / "templates" / "checklist.html").read_text()
    own.write_text(shipped)
    assert remade(source, lambda: own.write_text(shipped + "<!-- more -->")) == {
        "safety/index.html"
    }


def judged(source: Path, edit: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Pages whose text is judged after an edit; all is as in a clean build."""
    pipeline.compose(sites.options(source))
    edit()
    asked: list[str] = []

    def noting(site: Site, output: str) -> tuple[Problem, ...]:
        asked.append(output)
        return check_text(site, output)

    with monkeypatch.context() as watching:
        watching.setattr("coldpress.baking.check_text", noting)
        made = outcome(lambda: pipeline.compose(sites.options(source)))
    assert made == clean(source)
    return {output for output in asked if output.endswith(".html")}


def test_a_text_is_judged_again_when_it_has_changed_and_not_when_its_page_has(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = source / "content/guides/g0.md"
    rewrite(guide, "Words 0.", "Cold eases pain. Get 20% off.")  # advised against
    own = source / "templates" / "base.html"
    own.parent.mkdir()
    shipped = (sites.ROOT / "templates" / "base.html").read_text()
    own.write_text(shipped)
    more = shipped.replace("</body>", "<!-- more --></body>")
    assert judged(source, lambda: own.write_text(more), monkeypatch) == set()
    here = {"guides/g0/index.html"}
    moved = lambda: rewrite(guide, "---\n\n", "---\n\n\n")  # noqa: E731  its advice names lines
    assert judged(source, moved, monkeypatch) == here
    assert judged(source, lambda: rewrite(guide, "Get 20% off.", ""), monkeypatch) == here
    label = lambda: rewrite(guide, "title: Guide 0", "title: Cold heals")  # noqa: E731
    assert judged(source, label, monkeypatch) == here  # its hub shows the title, and says as before


def test_a_text_is_judged_again_when_a_record_it_cites_has_changed(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = source / "content/data/references.yaml"
    records.parent.mkdir()
    records.write_text(REFERENCES)
    (source / "content/guides/g1.md").write_text(sites.page("Ice", "An ice pack [@b2020]."))
    other = lambda: rewrite(records, "[cold-pack]", "[ice-massage]")  # noqa: E731
    assert judged(source, other, monkeypatch) == {"guides/g1/index.html"}
    with pytest.raises(BuildError) as told:
        pipeline.compose(sites.options(source))
    assert [problem.rule for problem in errors_in(told.value.problems)] == ["wrong-method"]


def test_a_template_edit_is_seen_by_the_next_build_of_the_same_process(source: Path) -> None:
    """Each with a session of its own: what was compiled is no memory of either."""
    own = source / "templates" / "base.html"
    own.parent.mkdir()
    shipped = (sites.ROOT / "templates" / "base.html").read_text()
    own.write_text(shipped)
    pipeline.compose(sites.options(source))
    own.write_text(shipped.replace("</body>", "<!-- more --></body>"))
    made = bytes_of(pipeline.compose(sites.options(source)))
    assert all(b"<!-- more -->" in made[name] for name in made if name.endswith("/index.html"))


def test_a_heading_that_vanishes_is_found_on_the_page_that_was_not_edited(source: Path) -> None:
    pipeline.compose(sites.options(source))
    rewrite(source / "content/guides/g5.md", "## A part", "## Another part")
    for _again in range(2):  # the second build may not think that the first was fine
        with pytest.raises(BuildError) as failed:
            pipeline.compose(sites.options(source))
        assert [(p.rule, p.path) for p in errors_in(failed.value.problems)] == [
            ("broken-anchor", "content/guides/near.md")
        ]


def test_a_page_that_goes_is_missed_by_who_links_to_it(source: Path) -> None:
    pipeline.compose(sites.options(source))
    (source / "content/guides/g5.md").unlink()
    with pytest.raises(BuildError) as failed:
        pipeline.compose(sites.options(source))
    assert {p.rule for p in errors_in(failed.value.problems)} == {"broken-link"}


# ------------------------------------------------------------------------------ any edits


Editor = Callable[[Path, random.Random], None]


def retitled(one: Path, chance: random.Random) -> None:
    one.write_text(one.read_text().replace("title: ", f"title: {chance.choice('ABC')}"))


def gone(one: Path, _chance: random.Random) -> None:
    if one.name != "index.md" and len(list(one.parent.iterdir())) > 3:
        one.unlink()


def new(one: Path, chance: random.Random) -> None:
    name = f"new{chance.randrange(5)}"
    (one.parent / f"{name}.md").write_text(sites.page(f"New {name}", f"See [it]({one.name})."))


def moved(one: Path, chance: random.Random) -> None:
    if one.name != "index.md":
        one.rename(one.with_name(f"moved{chance.randrange(9)}.md"))


def broken(one: Path, _chance: random.Random) -> None:
    one.write_text(one.read_text() + "\n[nowhere](nothing.md)\n")


LINK = re.compile(r"\[([^\]]*)\]\(([^)#]+)#?([^)]*)\)")
RELATED = re.compile(r"related: \[guides/(\w+)\]\n")


def mended(one: Path, _chance: random.Random) -> None:
    """Everything that is wrong in its folder, as somebody does it who reads what a build says."""
    folder = one.parent

    def led(link: re.Match[str]) -> str:
        there = folder / link[2]
        leads = there.exists() and (not link[3] or "## A part" in there.read_text())
        return link[0] if leads else link[1]

    def relation(row: re.Match[str]) -> str:
        return row[0] if (folder / f"{row[1]}.md").exists() else ""

    for page in sorted(folder.glob("*.md")):
        if page.name.endswith(".es.md") and not (folder / f"{page.name[:-6]}.md").exists():
            page.unlink()
            continue
        text = page.read_text().replace("titel:", "title:")
        page.write_text(RELATED.sub(relation, LINK.sub(led, text)))


def misspelt(one: Path, chance: random.Random) -> None:
    if chance.random() < 0.3:
        one.write_text(one.read_text().replace("title:", "titel:"))


def renamed(one: Path, chance: random.Random) -> None:
    facts = one.parents[2] / "site.yaml"
    facts.write_text(facts.read_text().replace("Rooms", f"Rooms {chance.choice('ab')}"))


def claimed(one: Path, chance: random.Random) -> None:
    """What is only advised against: a page with it is still built."""
    said = ("Cold eases pain.", "Get 20% off.", "Half of them felt 40% better.")
    one.write_text(one.read_text() + f"\n\n{chance.choice(said)}\n")


def lengthened(one: Path, chance: random.Random) -> None:
    part = f"## Part {chance.randrange(4)}\n\n" if chance.random() < 0.5 else ""
    one.write_text(one.read_text() + f"\n\n{part}Words {chance.randrange(100)}.\n")


def linked(one: Path, chance: random.Random) -> None:
    other = chance.choice(sorted(one.parent.glob("*.md")))
    one.write_text(one.read_text() + f"\n\nSee [the other]({other.name}).\n")


def hub(one: Path, _chance: random.Random) -> None:
    """The page above all others comes and goes."""
    index = one.with_name("index.md")
    if index.exists():
        index.unlink()
    else:
        index.write_text(str(FILES["content/guides/index.md"]))


def translated(one: Path, chance: random.Random) -> None:
    """What it says of cold is only advised against."""
    said = chance.choice(("Descanse 20 minutos.", "El frío alivia el dolor.", "Duerma bien."))
    one.with_name(f"{one.name.split('.')[0]}.es.md").write_text(sites.page("Descanso", said))


EDITORS = (
    *(retitled, gone, new, moved, broken, misspelt, renamed, lengthened, linked, claimed),
    *(mended,) * 6,  # or nearly every build would end at a mistake
)
OF_TWO_LANGUAGES = (*EDITORS, *(hub, translated, translated))


def edit_anything(source: Path, chance: random.Random, editors: Sequence[Editor] = EDITORS) -> None:
    """What a person might do, right or wrong."""
    one = chance.choice(sorted((source / "content/guides").glob("*.md")))
    chance.choice(editors)(one, chance)


@pytest.mark.parametrize("seed", range(2))
def test_any_edits_in_two_languages_give_what_a_clean_build_gives(source: Path, seed: int) -> None:
    chance = random.Random(f"two {seed}")
    (source / "site.yaml").write_text(sites.SITE_YAML + "languages: [en, es]\n")
    session = Session(sites.options(source)) if seed else None
    for number in range(EDITS):
        edit_anything(source, chance, OF_TWO_LANGUAGES)
        made = outcome(lambda: pipeline.compose(sites.options(source), session=session))
        assert made == clean(source), (seed, number)


@pytest.mark.parametrize("seed", range(2))
def test_any_edits_give_what_a_clean_build_gives(source: Path, seed: int) -> None:
    """COLDPRESS_INCREMENTAL: how many edits. The same number with the same seed: the same edits."""
    chance = random.Random(seed)
    session = Session(sites.options(source)) if seed else None  # as a preview does it, and a CLI
    for number in range(EDITS):
        edit_anything(source, chance)
        made = outcome(lambda: pipeline.compose(sites.options(source), session=session))
        assert made == clean(source), (seed, number)
        all_answered(Session(sites.options(source)).rows)


def all_answered(rows: Rows) -> None:
    """Every name that an output has read is one whose answer the next build can compare."""
    for output, row in rows.outputs.items():
        lost = [name for name in row.names if name[-1] not in rows.answers.get(name[:-1], {})]
        assert not lost, output


def test_what_a_page_begins_to_read_is_known_to_the_next_build(source: Path) -> None:
    """It stands beside what others have read before, in a build of its own."""
    pipeline.compose(sites.options(source))
    for number in range(4):
        text = f"See [that](g{number}.md).\n\n## Part {number}\n"
        (source / "content/guides/near.md").write_text(sites.page("Near", text))
        pipeline.compose(sites.options(source))
        all_answered(Session(sites.options(source)).rows)


# ------------------------------------------------------------------------------ the command line


def call(*words: object) -> int:
    return cli.main([str(word) for word in words])


def age(source: Path) -> None:
    """As if the files had been written a while ago: what is fresh is read again."""
    for path in source.rglob("*"):
        if path.is_file() and "output" not in path.parts:
            os.utime(path, (1_700_000_000, 1_700_000_000))


def test_an_unchanged_site_is_seen_at_a_glance(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = ("build", "--source", source, "--now", NOW)
    age(source)
    assert call(*wanted) == 0
    os.sync()
    time.sleep(0.1)
    assert call(*wanted) == 0
    capsys.readouterr()
    monkeypatch.setattr(pipeline, "build", lambda *_given: 1 / 0)
    assert call(*wanted) == 0
    assert "0 new, 0 changed, 0 removed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "touch",
    [
        lambda source: rewrite(source / "content/guides/g0.md", "Words 0.", "Other words."),
        lambda source: (source / "content/guides/more.md").write_text(sites.page("More", "Y.")),
        lambda source: (source / "output/guides/g0/index.html").write_text("by hand"),
        lambda source: (source / "output/guides/g0/index.html").unlink(),
        lambda source: (source / "templates").mkdir(),
    ],
)
def test_whatever_is_different_is_seen(source: Path, touch: Callable[[Path], object]) -> None:
    wanted = ("build", "--source", source, "--now", NOW, "--quiet")
    assert call(*wanted) == 0
    touch(source)
    assert call("build", "--source", source, "--now", NOW) == 0
    expected = clean(source)
    assert isinstance(expected, dict)
    for output, content in expected.items():
        if output != "advice":
            assert (source / "output" / output).read_bytes() == content, output


def test_another_day_is_another_build(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = "2026-12-24T12:00:00+00:00"
    (source / "content/guides/g0.md").write_text(
        sites.page("Guide 0", "Words.", publish_at="2026-12-01 09:00")
    )
    assert call("build", "--source", source, "--now", NOW) == 0
    assert not (source / "output/guides/g0/index.html").exists()
    assert call("build", "--source", source, "--now", later) == 0
    assert (source / "output/guides/g0/index.html").exists()
    capsys.readouterr()


def test_verify_reads_what_looks_unchanged(source: Path) -> None:
    """A file that somebody changed without changing its size, its times or its place."""
    assert call("build", "--source", source, "--now", NOW, "--quiet") == 0
    page = source / "output/guides/g0/index.html"
    state = page.stat()
    content = page.read_bytes()
    with page.open("r+b") as file:
        file.write(content.replace(b"Words 0", b"Sword 0"))
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert call("build", "--source", source, "--now", NOW, "--quiet", "--verify") == 0
    assert page.read_bytes() == content


def test_explain_names_what_changed(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ("build", "--source", source, "--now", NOW)
    assert call(*wanted, "--quiet") == 0
    assert call(*wanted, "--explain", "/guides/g1/") == 0
    assert "guides/g1/index.html: not made again" in capsys.readouterr().out
    rewrite(source / "content/guides/g0.md", "title: Guide 0", "title: Guide zero")
    assert call(*wanted, "--explain", "content/guides/g0.md") == 0
    said = capsys.readouterr().out
    assert "guides/g0/index.html: made again, because\n  content/guides/g0.md changed" in said
    rewrite(source / "content/guides/g0.md", "title: Guide zero", "title: Guide naught")
    assert call(*wanted, "--explain", "guides/near/index.html") == 0
    assert "the front matter or address of guides/g0 changed" in capsys.readouterr().out
    assert call(*wanted, "--explain", "guides/naer") == 2
    assert "did you mean" in capsys.readouterr().err


def test_a_smaller_limit_weighs_pages_anew(tmp_path: Path) -> None:
    """A page that is far below its limit is weighed quickly; the same page near a limit exactly."""
    words = " ".join(f"word{n * 7919 % 1000:x}" for n in range(1_500))
    head = "title: Heavy\ndescription: A page with many words that nobody reads."
    page = f"---\n{head}\n---\n\n{words}\n"
    source = sites.write(tmp_path, {"content/guides/heavy.md": page})
    plain = (source / "site.yaml").read_text()
    (source / "site.yaml").write_text(f"{plain}budgets:\n  page: 90000\n")
    quick = sites.compose(source).made["guides/heavy/index.html"].facts.compressed
    (source / "site.yaml").write_text(f"{plain}budgets:\n  page: {quick - 1}\n")
    exact = sites.compose(source).made["guides/heavy/index.html"].facts.compressed
    assert exact < quick


def test_a_site_in_the_folder_of_the_program_is_seen_to_change(tmp_path: Path) -> None:
    """As in a clone of the project: program, templates and texts in one folder."""
    source = sites.write(tmp_path / "site", FILES)
    shutil.copy(sites.ROOT / "build.py", source)
    for part in ("coldpress", "templates", "assets"):
        shutil.copytree(
            sites.ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__")
        )

    def built() -> str:
        time.sleep(0.05)  # a file saved this very moment is looked at again, come what may
        command = [sys.executable, "build.py", "--now", NOW]
        done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    output = source / "output/guides"
    built()
    (source / "content/guides/g0.md").write_text(sites.page("Guide 0", "Other words."))
    (source / "content/guides/late.md").write_text(sites.page("Late", "Later words."))
    (source / "content/guides/g1.md").unlink()
    built()
    assert "Other words." in (output / "g0/index.html").read_text()
    assert (output / "late/index.html").is_file()
    assert not (output / "g1").exists()
    assert "0 new, 0 changed, 0 removed" in built()
