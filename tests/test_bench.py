"""The measuring itself: corpora that are valid and always the same, sums over all processes, an
edit that is checked, tables and charts that say what was measured, a guard that fails."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import chart, drawing, figures, measure, preview, regress, rounds, session, tables, tools
from bench.articles import EDITABLE, Cite, Link, Paragraph, counts
from bench.corpus import coldpress_text, corpus, own_site, write_coldpress
from bench.dialects import address, notes, pelican_text, yaml_text
from tests import sites

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

# --------------------------------------------------------------------------- the corpus


def test_a_corpus_is_a_valid_site_with_every_check_on(tmp_path: Path) -> None:
    write_coldpress(corpus(40), tmp_path)
    built = sites.compose(tmp_path)
    assert {problem.rule for problem in built.advice} <= {"unconfirmed-fact"}
    articles = [page for page in built.site.pages if re.search(r"-\d+$", page.source.name)]
    assert len(articles) == 40
    assert sum(page.source.kind.name == "guide" for page in articles) > 20
    assert all(page.converted.citations for page in articles)
    assert all(built.site.relations[page.id] for page in articles)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        write_coldpress(corpus(12, seed), tmp_path / name)
    one, again, other = (rounds.contents(tmp_path / n) for n in ("one", "again", "other"))
    assert one == again
    assert one.keys() == other.keys()
    assert one["content/guides/guide-1.md"] != other["content/guides/guide-1.md"]


@pytest.mark.parametrize("size", [12, 100, 1_000, 10_000, 100_000])
def test_a_corpus_has_its_size_and_is_mostly_guides(size: int) -> None:
    shares = counts(size)
    assert sum(shares.values()) == size
    assert shares["guides"] >= 0.55 * size
    assert all(shares.values())


def test_an_article_has_what_was_promised() -> None:
    for one in corpus(30).articles():
        text = coldpress_text(one)
        assert text.count(EDITABLE) == 1
        assert 4_200 < len(text.partition("\n---\n")[2]) < 6_200
        assert len(re.findall(r"^##", text, re.MULTILINE)) >= 7
        assert text.count("[@") == 5
        assert len(re.findall(r"\]\((?!term:)", text)) >= 8
        assert "| --- |" in text


def test_large_corpora_cite_more() -> None:
    assert len(corpus(3_000).sources.references) == 3 * len(corpus(100).sources.references)


def test_a_site_keeps_its_facts_and_gets_room_for_lists() -> None:
    site = own_site(
        "name: Harbour\nbase_url: https://old.example\nbudgets:\n  page: 1\nredirects: []\n"
    )
    assert "base_url: https://bench.example\n" in site
    assert "old.example" not in site
    assert site.count("budgets:") == 1
    assert "redirects: []\n" in site


def test_peers_get_the_same_texts_in_plain_markdown() -> None:
    made = corpus(20)
    words_of = notes(made)
    for one in made.articles():
        for text in (yaml_text(one, words_of, {}), pelican_text(one, words_of)):
            assert not re.search(r"\[@|term:|^:::?|\.md\)", text, re.MULTILINE)
            assert text.count(EDITABLE) == 1
            runs = [block.run for block in one.blocks if isinstance(block, Paragraph)]
            for part in (part for run in runs for part in run):
                if isinstance(part, Cite):
                    assert f"\n[^{part.key}]: {words_of[part.key]}" in text
                if isinstance(part, Link):
                    assert f"[{part.words}]({address(part.to)})" in text


def test_addresses_of_peers() -> None:
    found = [address(id) for id in ("pages/index", "pages/faq", "guides/index", "guides/guide-7")]
    assert found == ["/", "/faq/", "/guides/", "/guides/guide-7/"]


def test_every_tool_gets_every_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_CACHE", str(tmp_path / "cache"))
    made = corpus(12)
    wanted = {one.outline.id for one in made.articles()}
    for tool in tools.tools(session.TOOLS.split(",")):
        folder = tmp_path / tool.name
        tool.lay_out(made, folder)
        for id in wanted:
            assert EDITABLE in (folder / tool.source.format(id=id)).read_text(), tool.name
        assert tool.version != "unknown"


def test_an_unknown_tool_is_named() -> None:
    with pytest.raises(measure.BenchError, match="unknown tool 'jekyll'; there are coldpress"):
        tools.tools(["hugo", "jekyll"])


# --------------------------------------------------------------------------- measuring

WORK = 0.25
BUSY = f"""
import subprocess, sys, time
held = bytearray(60_000_000)
held[::4096] = b"x" * len(held[::4096])
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]]) if len(sys.argv) > 1 else None
until = time.process_time() + {WORK}
while time.process_time() < until:
    pass
time.sleep(0.3)
if child: child.wait()
"""


def command(folder: Path, *words: str) -> measure.Command:
    return measure.Command((sys.executable, *words), folder, folder / "log", {})


@linux_only
def test_time_and_memory_are_those_of_all_processes(tmp_path: Path) -> None:
    alone = measure.run(command(tmp_path, "-c", BUSY), sample=True)
    both = measure.run(command(tmp_path, "-c", BUSY, BUSY), sample=True)
    assert 55e6 < alone.peak < 110e6
    assert both.peak > alone.peak + 50e6
    # What each works at least: on a busy machine to start Python takes as long as you like.
    assert alone.cpu >= WORK
    assert both.cpu >= 2 * WORK
    assert both.wall >= 0.3


@linux_only
def test_memory_is_not_looked_at_unless_asked(tmp_path: Path) -> None:
    assert measure.run(command(tmp_path, "-c", "pass")).peak == 0


@linux_only
def test_a_command_that_fails_shows_what_it_wrote(tmp_path: Path) -> None:
    with pytest.raises(measure.BenchError, match=r"ended with 3:\nno such page"):
        measure.run(command(tmp_path, "-c", "print('no such page'); raise SystemExit(3)"))


@linux_only
def test_edits_are_timed_until_the_page_has_them(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(f"The word is {EDITABLE}, and it stays.")
    port = preview.free_port()
    server = command(tmp_path, "-m", "http.server", str(port), "--bind", "127.0.0.1")
    taken = preview.edits(server, port, tmp_path / "page", "/page", 2)
    assert len(taken) == 2
    assert all(0 < seconds < 1 for seconds in taken)
    assert f"{EDITABLE}ac, and" in (tmp_path / "page").read_text()
    assert preview.fetch(HTTPConnection("127.0.0.1", port), "/page") == b""


@linux_only
def test_a_preview_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(EDITABLE)
    with pytest.raises(measure.BenchError, match="the preview ended with 0"):
        preview.edits(command(tmp_path, "-c", ""), preview.free_port(), tmp_path / "page", "/", 1)


# --------------------------------------------------------------------------- rounds

COPY = """
import shutil, sys
from pathlib import Path
for path in Path("content").rglob("*.md"):
    to = Path("output", path.relative_to("content").with_suffix(""), "index.html")
    if to.exists() and "lazy" in sys.argv: continue
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, to)
"""


def stand_in(name: str, *again: str) -> tools.Tool:
    """A generator that copies texts; `lazy` never looks at what is there already."""
    words = (sys.executable, "-c", COPY)
    again = (*words, *again) if again else ()
    return tools.Tool(name, "1", write_coldpress, "content/{id}.md", words, None, again)


def measured(
    tmp_path: Path, *chosen: tools.Tool, only: tuple[str, ...] = rounds.SCENARIOS, count: int = 2
) -> tuple[dict[tuple[str, str], rounds.Result], list[str]]:
    said: list[str] = []
    bench = rounds.Bench(tmp_path, corpus(12), chosen, only, said.append)
    found = rounds.measure(bench, count, 1)
    return {(one.tool, one.scenario): one for one in found}, said


@linux_only
def test_a_round_measures_each_kind_of_work_and_checks_the_edit(tmp_path: Path) -> None:
    found, _said = measured(tmp_path, stand_in("whole"), stand_in("lazy", "lazy"))
    for tool in ("whole", "lazy"):
        for scenario in ("cold", "unchanged", "edit"):
            assert len(found[tool, scenario].wall) == 2
            assert len(found[tool, scenario].cpu) == 2
        assert found[tool, "cold"].peak > 1_000_000
    assert found["whole", "edit"].correct is True
    assert found["lazy", "edit"].correct is False


@linux_only
def test_rounds_are_interleaved_and_take_turns_at_being_first(tmp_path: Path) -> None:
    _found, said = measured(tmp_path, stand_in("a"), stand_in("b"), only=("cold",))
    assert [line.split()[0] for line in said] == ["a", "b", "b", "a"]


@linux_only
def test_a_tool_that_fails_is_noted_and_the_others_go_on(tmp_path: Path) -> None:
    broken = replace(stand_in("broken"), build=(sys.executable, "-c", "raise SystemExit(2)"))
    found, _said = measured(tmp_path, broken, stand_in("whole"), only=("cold",), count=1)
    assert "ended with 2" in found["broken", "cold"].note
    assert not found["broken", "cold"].wall
    assert found["whole", "cold"].wall


def test_an_edit_wants_the_word_once(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text(f"{EDITABLE} {EDITABLE}")
    with pytest.raises(measure.BenchError, match="2 times"):
        rounds.edit(tmp_path, stand_in("a"), "x")


def test_a_scenario_that_does_not_exist_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert session.main(["--only", "warm"]) == 3
    assert "unknown scenario 'warm'; there are cold" in capsys.readouterr().err


# --------------------------------------------------------------------------- tables and charts


def results(**changed: list[float]) -> dict[str, Any]:
    wall = {
        "coldpress cold": [2.0, 2.2, 3.0],
        "coldpress edit": [0.21, 0.2, 0.22],
        "coldpress preview": [0.04] * 19 + [0.5],
        "hugo cold": [1.0, 1.0, 2.0],
        "hugo edit": [1.0, 1.0, 1.1],
        "mkdocs cold": [10.5, 10.0, 11.0],
        "mkdocs preview": [],
        **{name.replace("_", " "): values for name, values in changed.items()},
    }
    rows = [
        {
            "tool": name.split()[0],
            "scenario": name.split()[1],
            "pages": 1000,
            "wall": values,
            "cpu": values,
            "peak": 200 * 2**20,
            "correct": name == "coldpress edit" or None,
            "note": "" if values else "the preview ended with 1",
        }
        for name, values in wall.items()
    ]
    versions = {"coldpress": "abc1234", "hugo": "0.168.0", "mkdocs": "1.6.1"}
    machine = {"cores": 4, "date": "2026-11-23", "in_memory": True, "versions": versions}
    return {**machine, "results": rows}


@pytest.fixture
def write_results(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str = "now.json", **changed: list[float]) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(results(**changed)))
        return path

    return write


def test_figures_are_medians_with_their_spread(write_results: Callable[..., Path]) -> None:
    run = figures.read(write_results())
    cold = run.of("coldpress", 1000, "cold")
    assert cold is not None
    assert (cold.middle, cold.least, cold.most) == (2.2, 2.0, 3.0)
    assert cold.ratio == (2.0, 1.5, 2.2)
    shown = run.of("coldpress", 1000, "preview")
    assert shown is not None
    assert 0.04 < shown.late < 0.5
    assert shown.ratio is None


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0384, "38 ms"), (0.9999, "1.00 s"), (1.916, "1.92 s"), (12.34, "12.3 s"), (121.4, "121 s")],
)
def test_seconds_have_three_digits(value: float, said: str) -> None:
    assert figures.seconds(value) == said


def test_a_table_says_time_spread_ratio_memory_and_whether_the_edit_was_right(
    write_results: Callable[..., Path],
) -> None:
    text = tables.table(figures.read(write_results()), 1000)
    ours, hugo, mkdocs = text.splitlines()[4:7]
    assert ours.startswith("| **Coldpress** | 2.20 s (2.00 s to 3.00 s), 2.00× | – |")
    assert "40 ms, 95 % within 63 ms" in ours
    assert ours.endswith("| 200 MiB | yes |")
    assert hugo.startswith("| Hugo | 1.00 s (1.00 s to 2.00 s) |")
    assert mkdocs.endswith("| – | – | – | 200 MiB | – |")
    assert "4 cores, in memory, 2026-11-23" in text
    assert "Not measured: MkDocs, preview: the preview ended with 1" in text


def test_processor_time_stands_beside_hugos(write_results: Callable[..., Path]) -> None:
    rows = tables.asked("work", figures.read(write_results()), None).splitlines()
    assert rows[0] == "| articles | | cold build | nothing changed | one edit |"
    assert rows[2].startswith("| 1,000 | Coldpress | 2.20 s, 2.20× | – | ")
    assert rows[3] == "| 1,000 | Hugo | 1.00 s | – | 1.00 s |"


def test_documents_are_filled_between_their_marks(
    tmp_path: Path, write_results: Callable[..., Path]
) -> None:
    document = tmp_path / "speed.md"
    document.write_text(
        "Before.\n<!-- speed:1000 -->\nstale\n<!-- speed:end -->\nBetween.\n"
        "<!-- speed:before -->\n<!-- speed:end -->\nAfter.\n"
    )
    then = write_results("then.json", coldpress_cold=[20.0, 22.0, 30.0])
    words = [str(write_results()), "--before", str(then), "--into", str(document)]
    for _ in range(2):  # filling again changes nothing
        assert chart.main([*words, "--svg", str(tmp_path / "speed.svg")]) == 0
        text = document.read_text()
        assert text.startswith("Before.\n<!-- speed:1000 -->\n\n1,000 articles: Coldpress abc1234")
        assert "| 1,000 | cold build | 22.0 s | 2.20 s | 10.0× | 20.0× | 2.00× | 10.0× |" in text
        assert "stale" not in text
        assert text.count("Between.") == 1
        assert text.endswith("<!-- speed:end -->\nAfter.\n")
    assert (tmp_path / "speed.svg").exists()


def test_a_document_without_marks_and_a_broken_file_are_said(
    tmp_path: Path, write_results: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "plain.md"
    document.write_text("Nothing to fill.")
    assert chart.main([str(write_results()), "--into", str(document)]) == 3
    assert "has no mark like <!-- speed:1000 -->" in capsys.readouterr().err
    document.write_text("{}")
    assert chart.main([str(document)]) == 3
    assert "has no results of bench/run.py" in capsys.readouterr().err


def test_without_a_document_the_table_is_shown(
    write_results: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert chart.main([str(write_results())]) == 0
    assert "| **Coldpress** |" in capsys.readouterr().out


def test_the_chart_says_in_words_and_places_what_was_measured(
    write_results: Callable[..., Path],
) -> None:
    svg = ElementTree.fromstring(drawing.chart(figures.read(write_results()), 1000))
    space = {"s": "http://www.w3.org/2000/svg"}
    assert svg.get("role") == "img"
    words = svg.findtext("s:desc", "", space)
    assert "Cold build: Coldpress 2.20 s, Hugo 1.00 s, MkDocs 10.5 s." in words
    rows: Mapping[str, float] = {
        name.text: float(dot.get("cx", ""))
        for group in svg.findall("s:g", space)[:3]
        if (name := group.find("s:text", space)) is not None and name.text
        if (dot := group.find("s:circle", space)) is not None
    }
    assert rows["Hugo"] < rows["Coldpress"] < rows["MkDocs"]
    # From 1 to 10.5 s is as far as from 2.2 to 23.1 s: the scale is logarithmic.
    far = (rows["MkDocs"] - rows["Hugo"]) / (rows["Coldpress"] - rows["Hugo"])
    assert far == pytest.approx(2.98, abs=0.03)
    style = svg.findtext("s:style", "", space)
    assert "prefers-color-scheme:dark" in style


# --------------------------------------------------------------------------- the guard


def stored(tmp_path: Path, **figures: object) -> Path:
    path = tmp_path / "baseline.json"
    path.write_text(
        json.dumps({"pages": 60, "python": "3.11", "calls": 1000, "ratio": 4, **figures})
    )
    return path


@pytest.mark.parametrize(
    ("found", "code", "said"),
    [
        ({}, 0, "calls in a build: 1,000, stored 1,000 (+0.0%)"),
        ({"calls": 1_070}, 0, "+7.0%"),
        ({"calls": 1_090}, 1, "error: calls in a build: 1,090, stored 1,000 (+9.0%), allowed +8%"),
        ({"ratio": 4.9}, 1, "error: processor time, in units of the reference: 4.9, stored 4 (+22"),
        ({"calls": 700}, 0, "much better: store it with --write"),
        ({"calls": 5_000, "python": "3.12"}, 0, "processor time"),
        ({"pages": 10}, 1, "error: no figures in"),
    ],
)
def test_the_guard_fails_when_a_build_has_become_more_work(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    found: dict[str, object],
    code: int,
    said: str,
) -> None:
    now = {"pages": 60, "python": "3.11", "calls": 1000, "ratio": 4, **found}
    assert regress.judge(stored(tmp_path), now) == code
    shown = capsys.readouterr().err
    assert said in shown
    assert ("has become more work" in shown) is (code == 1 and "no figures" not in said)


def test_a_missing_baseline_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert regress.judge(tmp_path / "none.json", {}) == 1
    assert "store them: python3 bench/regress.py --write" in capsys.readouterr().err


def test_the_stored_figures_fit_what_the_guard_measures() -> None:
    kept = json.loads(regress.BASELINE.read_text())
    assert kept["pages"] == regress.PAGES
    assert kept["calls"] > 0
    assert kept["ratio"] > 0


def test_calls_are_the_same_in_every_process(tmp_path: Path) -> None:
    regress.once("prepare", tmp_path / "site", 4)
    one, again = (regress.child("calls", tmp_path / "site", 4)["calls"] for _ in range(2))
    assert one > 100_000
    assert again == pytest.approx(one, rel=0.002)
