"""The contract of the command line, through the front door, as a person or a CI meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from coldpress import cli, usage
from coldpress.commands import COMMANDS
from coldpress.commands.given import now
from coldpress.rulebook import rulebook
from coldpress.usage import Parser, module_of, options, with_command
from tests import sites

ROOT = sites.ROOT
NOW = "2026-11-23T12:00Z"


def run(*words: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return sites.write(tmp_path / "site", {"content/guides/a.md": sites.page()})


def call(*words: object) -> int:
    """In this process: the same entry point, so that coverage sees it."""
    return cli.main([str(word) for word in words])


def test_a_build_says_what_it_did_and_what_comes_next(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--source", source, "--now", NOW) == 0
    said = capsys.readouterr().out
    assert "2 pages" in said
    assert "python3 build.py serve" in said
    assert (source / "output" / "guides" / "a" / "index.html").is_file()
    assert call("build", "--source", source, "--now", NOW) == 0
    assert "unchanged" in capsys.readouterr().out


def test_problems_leave_the_output_as_it_was(source: Path) -> None:
    assert call("--source", source, "--now", NOW, "--quiet") == 0
    before = {p: p.read_bytes() for p in (source / "output").rglob("*") if p.is_file()}
    (source / "content/guides/a.md").write_text("---\ntitle: A page\n---\n")
    assert call("--source", source, "--now", NOW, "--quiet") == 1
    assert {p: p.read_bytes() for p in (source / "output").rglob("*") if p.is_file()} == before


def test_what_is_mended_is_told_with_the_file_it_was_written_to(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The address is missed in addresses.lock, and the page says where it went."""
    facts = source / "site.yaml"
    facts.write_text(facts.read_text() + "base_url_confirmed: 2026-01-01\n")
    guide = source / "content/guides/a.md"
    assert call("--source", source) == 0
    assert "/guides/a/" in (source / "addresses.lock").read_text()
    guide.write_text(sites.page("A page", slug="b"))
    assert call("check", "--source", source) == 1
    capsys.readouterr()
    assert call("check", "--fix", "--source", source) == 0
    assert "\nmended content/guides/a.md:4: " in "\n" + capsys.readouterr().out
    assert "aliases: [/guides/a/]" in guide.read_text()
    assert call("check", "--fix", "--source", source) == 0
    assert "nothing here can be mended without you" in capsys.readouterr().out


def test_check_writes_nothing(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("check", "--source", source, "--now", NOW) == 0
    assert not (source / "output").exists()


def test_check_tells_where_every_page_offers_booking(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = source / "content/pages/privacy.md"
    path.write_text(sites.page("Privacy", no_booking="nobody is to be pushed here"))
    assert call("check", "--source", source, "--now", NOW) == 0
    table = capsys.readouterr().out.partition("booking links:\n")[2].splitlines()
    rows = {line.split()[0]: line.split(maxsplit=1)[1].strip() for line in table}
    assert rows["content/guides/a.md"] == "bar, card, header, rail"
    assert rows["content/pages/privacy.md"].endswith("(no card: nobody is to be pushed here)")
    assert len(rows) == 3


def test_json_is_one_object_with_problems_and_figures(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--source", source, "--now", NOW, "--format", "json") == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"problems", "built"}
    assert said["built"]["pages"] == 2
    assert said["built"]["seconds"] > 0
    assert {tuple(sorted(problem)) for problem in said["problems"]} == {
        ("column", "hint", "level", "line", "mend", "message", "path", "rule")
    }


def test_release_refuses_what_nobody_confirmed(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--release", "--source", source, "--now", NOW) == 1
    assert "error[unconfirmed-fact]" in capsys.readouterr().out
    assert not (source / "output").exists()


def test_wrong_usage_is_two(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["bild"], ["--jobs", "many"], ["--now", "tomorrow"], ["next", "--since", "2026"]):
        with pytest.raises(SystemExit) as stopped:
            call(*words)
        assert stopped.value.code == 2
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == [
        "build.py: there is no command 'bild'",
        "  did you mean 'build'?; see: python3 build.py --help",
    ]
    assert len(said) == 8, "what is wrong and where to look, without a list of everything"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("", "build"),
        ("--output docs", "build --output docs"),
        ("--output docs docs", "docs --output docs"),
        ("--out=new check", "check --out=new"),
        ("--verify", "build --verify"),
        ("--fix --explain /guides/", "build --fix --explain /guides/"),
        ("--quiet --output test rename a b", "rename --quiet --output test a b"),
        ("--help", "--help"),
        ("--quiet deploy --help", "deploy --quiet --help"),
        ("bild", "bild"),
        *((f"--source {name}", f"build --source {name}") for name in COMMANDS),
    ],
)
def test_what_stands_behind_an_option_is_no_command(words: str, meant: str) -> None:
    assert with_command(words.split()) == meant.split()


def test_a_build_goes_into_a_folder_with_the_name_of_a_command(source: Path) -> None:
    assert call("--source", source, "--output", source / "docs", "--verify") == 0
    assert (source / "docs/index.html").is_file()


def test_a_day_is_one_of_the_site_s_own_time_zone(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planned = sites.page("Planned", publish_at="2027-06-01 00:00")
    (source / "content/guides/planned.md").write_text(planned)
    assert call("next", "--source", source, "--now", "2027-05-31T23:59") == 0
    assert "goes live" in capsys.readouterr().out
    assert call("next", "--source", source, "--now", "2027-06-01") == 0
    assert "nothing is planned" in capsys.readouterr().out
    assert call("next", "--source", source, "--now", "2027-03-14T02:30") == 1
    assert "does not exist: clocks go forward in America/Los_Angeles" in capsys.readouterr().out


def test_without_a_rule_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("explain") == 0
    rows = capsys.readouterr().out.splitlines()
    assert len(rows) == len(rulebook())
    assert rows == sorted(rows)
    assert any(row.split()[:2] == ["unknown-field", "error"] for row in rows)


def test_what_does_not_exist_is_wrong_usage(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("--source", tmp_path / "nowhere") == 2
    assert call("explain", "nonsense") == 2
    assert call("reviews", "--source", source, "--sign", "guides/none", "--by", "A") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_an_output_that_is_not_there_is_asked_for_and_nothing_is_published(source: Path) -> None:
    assert call("--source", source, "--explain", "/nope/") == 2
    assert not (source / "output").exists()


def test_what_cannot_be_done_is_three(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "mine.txt").write_text("not yours")
    assert call("--source", source, "--output", foreign, "--now", NOW) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert (foreign / "mine.txt").read_text() == "not yours"


def test_a_fault_of_our_own_shows_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("coldpress.commands.check.run", lambda _given: 1 // 0)
    assert call("check") == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "ZeroDivisionError" in (tmp_path / "coldpress-fault.txt").read_text()


def test_new_writes_a_file_that_passes_once_filled_in(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("new", "guide", "Cold packs: a start", "--source", source) == 0
    path = source / "content/guides/cold-packs-a-start.md"
    assert path.is_file()
    assert "content/guides/cold-packs-a-start.md" in capsys.readouterr().out
    assert call("check", "--source", source, "--now", NOW, "--drafts") == 0
    assert "advice[unfilled-prompt]" in capsys.readouterr().out
    assert call("new", "guide", "Cold packs: a start", "--source", source) in (1, 3)
    assert call("new", "gude", "Other", "--source", source) in (1, 3)


def test_rollback_returns_to_the_previous_build(source: Path) -> None:
    page = source / "output/guides/a/index.html"
    assert call("--source", source, "--now", NOW, "--quiet") == 0
    before = page.read_bytes()
    (source / "content/guides/a.md").write_text(sites.page(body="Other words."))
    assert call("--source", source, "--now", NOW, "--quiet") == 0
    assert page.read_bytes() != before
    assert call("rollback", "--source", source) == 0
    assert page.read_bytes() == before


def test_explain_says_more_about_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("explain", "broken-link") == 0
    assert "Right" in capsys.readouterr().out
    assert call("explain", "broken-lnk") != 0


def test_the_clock_is_an_input(monkeypatch: pytest.MonkeyPatch) -> None:
    given = usage.parser().parse_args([])
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert now(given).isoformat() == "1970-01-02T00:00:00+00:00"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert now(given).year >= 2026


def test_help_comes_at_once_and_imports_nothing_heavy() -> None:
    code = "import sys; from coldpress import cli; cli.parser(); print(sorted(sys.modules))"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert not [name for name in ("msgspec", "markdown", "jinja2", "yaml") if name in said.stdout]


def test_the_front_door_passes_everything_through(source: Path) -> None:
    done = run("check", "--source", source, "--now", NOW, "--format", "github")
    assert done.returncode == 0
    assert "::notice" in done.stdout or "::warning" in done.stdout
    assert done.stderr == "", "nothing but problems in a pipe"


def test_every_option_stands_in_a_document() -> None:
    documents = [sites.ROOT / "README.md", *(sites.ROOT / "docs").glob("*.md")]
    written = "".join(file.read_text() for file in documents if file.name != "errors.md")
    taken = Parser(add_help=False)
    options(taken, suppress=True)
    for name in COMMANDS.keys() - {"test"}:
        one = Parser(add_help=False)
        module_of(name).arguments(one)
        for option in {*one._option_string_actions, *taken._option_string_actions}:
            assert re.search(rf"{option}(?![\w-])", written), (name, option)
