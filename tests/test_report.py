"""problems + Report -> text, JSON, GitHub annotations, SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from coldpress.model import Published, Report
from coldpress.problems import Mend, Place, Problem, advice, error
from coldpress.report import as_text, render

PATH = "content/guides/cold.md"


def problem(line: int = 2, column: int = 8, message: str = "'x' is wrong") -> Problem:
    return error("bad-value", Place(PATH, line, column), message, "write y")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "content/guides").mkdir(parents=True)
    (tmp_path / PATH).write_text("---\ntitle: x\n\n氷é́: cold\n\tab: cd\n" + "y" * 500 + "\n")
    return tmp_path


def test_the_first_line_is_the_grammar_then_the_excerpt_then_the_hint(site: Path) -> None:
    assert as_text([problem()], site).splitlines() == [
        f"{PATH}:2:8: error[bad-value]: 'x' is wrong",
        "  2 | title: x",
        "    |        ^",
        "  hint: write y",
    ]


@pytest.mark.parametrize(
    ("line", "column", "caret"),
    [(4, 2, 2), (4, 4, 3), (5, 2, 1)],
    ids=["after a wide letter", "after a combining mark", "after a tab"],
)
def test_the_caret_stands_under_the_spot(site: Path, line: int, column: int, caret: int) -> None:
    marker = as_text([problem(line, column)], site).splitlines()[2]
    assert marker.partition("| ")[2].index("^") == caret


def test_a_long_line_is_cut_around_the_spot(site: Path) -> None:
    _, excerpt, marker, _ = as_text([problem(6, 300)], site).splitlines()
    assert len(excerpt) < 115
    assert excerpt.count("…") == 2
    assert marker.index("^") < len(excerpt)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "no/such/file.md", "content"])
def test_no_excerpt_from_outside_the_site_or_from_nowhere(site: Path, path: str) -> None:
    text = as_text([error("bad-value", Place(path), "m", "h")], site)
    assert text.splitlines() == [f"{path}:1:1: error[bad-value]: m", "  hint: h"]


def test_a_message_cannot_command_the_terminal(site: Path) -> None:
    text = as_text([problem(message="\x1b[2J\r\nfine")], site)
    assert "\x1b" not in text
    assert "\r" not in text


def test_colour_only_when_asked(site: Path) -> None:
    assert "\x1b[" not in as_text([problem()], site)
    assert "\x1b[" in as_text([problem()], site, colour=True)


def test_at_most_twenty_a_file(site: Path) -> None:
    text = as_text([problem(column=n) for n in range(1, 31)], site)
    assert text.count("error[bad-value]") == 20
    assert text.endswith(f"{PATH}: and 10 more problems")


def shown(report: Report | None, site: Path, *, format: str = "text", quiet: bool = False) -> str:
    problems = [problem(), advice("unfilled-prompt", Place(PATH, 1), "to fill in", "write it")]
    if report is not None:
        problems = problems[1:]
    return render(problems, report, format=format, source=site, quiet=quiet)


REPORT = Report(
    problems=(advice("unfilled-prompt", Place(PATH, 1), "to fill in", "write it"),),
    outputs=61,
    pages=1,
    words=12_345,
    size=1_234_567,
    seconds=1.26,
    published=Published(("a.html",), (), tuple(f"old{n}.html" for n in range(7)), 52),
    next_change=datetime(2026, 12, 24, 17, tzinfo=UTC),
    scheduled=((datetime(2026, 12, 24, 17, tzinfo=UTC), "goes live", PATH),),
)


def test_closing_lines_of_a_build(site: Path) -> None:
    assert shown(REPORT, site).splitlines()[5:] == [
        "1 page, 12,345 words, 61 files, 1.2 MB in 1.3 s",
        "1 new, 0 changed, 7 removed, 52 unchanged",
        *[f"removed: old{n}.html" for n in range(5)],
        "removed: and 2 more",
        f"scheduled: 2026-12-24 17:00 UTC  {PATH} goes live",
        "build again after 2026-12-24 17:00 UTC",
        "1 piece of advice above",
        "preview: python3 build.py serve",
    ]


def test_closing_lines_of_a_check(site: Path) -> None:
    text = shown(Report(problems=(), pages=2, outputs=3, size=999), site)
    assert text.splitlines()[-1] == "everything checked, nothing written"


def test_a_failed_build_says_that_nothing_changed(site: Path) -> None:
    last = shown(None, site).splitlines()[-1]
    assert last == "1 error in 1 file; your live site was not changed"


def test_quiet_says_only_what_is_wrong(site: Path) -> None:
    assert shown(REPORT, site, quiet=True) == ""
    assert "advice" not in shown(None, site, quiet=True)
    assert "error[bad-value]" in shown(None, site, quiet=True)


def test_json_is_one_object(site: Path) -> None:
    failed = json.loads(shown(None, site, format="json"))
    assert failed["built"] is None
    assert failed["problems"][1] == {
        "level": "error",
        "rule": "bad-value",
        "path": PATH,
        "line": 2,
        "column": 8,
        "message": "'x' is wrong",
        "hint": "write y",
        "mend": None,
    }
    built = json.loads(shown(REPORT, site, format="json"))["built"]
    assert (built["pages"], built["seconds"], built["new"]) == (1, 1.26, ["a.html"])
    assert built["next_change"] == "2026-12-24T17:00:00+00:00"


def test_github_annotations_are_escaped(site: Path) -> None:
    text = render([problem(message="50%, a:b\nc")], None, format="github", source=site)
    assert text == (
        f"::error file={PATH},line=2,col=8,title=bad-value::50%25, a:b%0Ac%0Ahint: write y"
    )


def test_sarif(site: Path) -> None:
    sarif = json.loads(shown(None, site, format="sarif"))
    (run,) = sarif["runs"]
    assert sarif["version"] == "2.1.0"
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    region = run["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 8}
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {
        "bad-value",
        "unfilled-prompt",
    }


MENDED = error(
    "bad-value", Place(PATH, 2, 8), "wrong", "write y", Mend(Place(PATH, 2, 8), "x", "y")
)
STALE = error("bad-value", Place(PATH, 2, 8), "old", "write y", Mend(Place(PATH, 2, 8), "z", "y"))


def test_what_can_be_mended_is_told(site: Path) -> None:
    last = render([MENDED, problem()], None, format="text", source=site).splitlines()[-1]
    assert last == "1 of them can be mended at once: python3 build.py check --fix"
    (row,) = json.loads(render([MENDED], None, format="json", source=site))["problems"]
    assert row["mend"] == {"path": PATH, "line": 2, "column": 8, "was": "x", "becomes": "y"}


def test_sarif_offers_the_mend_where_the_words_still_stand(site: Path) -> None:
    (run,) = json.loads(render([MENDED, STALE], None, format="sarif", source=site))["runs"]
    stale, mended = run["results"]
    assert "fixes" not in stale
    (fix,) = mended["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == PATH
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 9},
            "insertedContent": {"text": "y"},
        }
    ]


def test_sarif_has_only_what_the_standard_knows(site: Path) -> None:
    """The names of the objects we write, from the schema of SARIF 2.1.0, which closes them."""
    log = json.loads(render([MENDED, problem()], None, format="sarif", source=site))
    assert list(strangers(log, "sarifLog")) == []


SARIF: dict[str, dict[str, str]] = {
    "sarifLog": {"$schema": "", "version": "", "runs": "run"},
    "run": {"tool": "tool", "columnKind": "", "results": "result"},
    "tool": {"driver": "toolComponent"},
    "toolComponent": {"name": "", "rules": "reportingDescriptor"},
    "reportingDescriptor": {
        "id": "",
        "shortDescription": "message",
        "fullDescription": "message",
        "help": "message",
        "defaultConfiguration": "reportingConfiguration",
    },
    "reportingConfiguration": {"level": ""},
    "message": {"text": "", "markdown": ""},
    "result": {
        "ruleId": "",
        "ruleIndex": "",
        "level": "",
        "message": "message",
        "locations": "location",
        "fixes": "fix",
    },
    "location": {"physicalLocation": "physicalLocation"},
    "physicalLocation": {"artifactLocation": "artifactLocation", "region": "region"},
    "artifactLocation": {"uri": ""},
    "region": {"startLine": "", "startColumn": "", "endLine": "", "endColumn": ""},
    "fix": {"description": "message", "artifactChanges": "artifactChange"},
    "artifactChange": {"artifactLocation": "artifactLocation", "replacements": "replacement"},
    "replacement": {"deletedRegion": "region", "insertedContent": "message"},
}
LEVELS = {"error", "warning", "note", "none"}


def strangers(value: Any, kind: str) -> Iterator[str]:
    if isinstance(value, list):
        assert value, f"{kind}: an empty list says nothing"
        for one in value:
            yield from strangers(one, kind)
    elif kind:
        for name, inner in value.items():
            if name not in SARIF[kind]:
                yield f"{kind}.{name}"
            else:
                yield from strangers(inner, SARIF[kind][name])
            assert name != "level" or inner in LEVELS
    else:
        assert not isinstance(value, int) or value >= 0


def test_paths_for_a_repository_begin_where_the_command_was_started(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site.parent)
    folder = site.name
    text = render([problem()], None, format="github", source=site)
    assert text.startswith(f"::error file={folder}/{PATH},line=2")
    (run,) = json.loads(render([MENDED], None, format="sarif", source=site))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == f"{folder}/{PATH}"


def test_a_hidden_character_is_shown_as_one(site: Path) -> None:
    (site / PATH).write_text("one\u202etwo\n")
    text = as_text([error("hidden-character", Place(PATH, 1, 4), "m", "h")], site)
    assert "  1 | one\N{REPLACEMENT CHARACTER}two" in text
