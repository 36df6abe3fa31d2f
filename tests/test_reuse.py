"""Pages in Markdown, llms.txt, tables to take away."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter

import markdown
import pytest
from lxml import html as reading

from coldpress.model import Page, Site
from coldpress.pipeline import Built
from coldpress.reuse import has_twin, twin_output
from coldpress.twinning import markdown_of
from tests import sites
from tests.conftest import Make

HERE = "https://x.example/guides/a/"


@pytest.fixture(scope="module")
def real() -> Built:
    return sites.compose(sites.ROOT)


def twin(built: Built, page: Page) -> str:
    return built.made[twin_output(page)].content.decode()


def twins(built: Built) -> list[tuple[Site, Page, str]]:
    return [
        (edition, page, twin(built, page))
        for edition in built.site.editions
        for page in edition.pages
        if has_twin(edition, page)
    ]


# ---- one text


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("<h1>A &amp; B</h1><p>Words  and\nmore.</p>", "# A & B\n\nWords and more."),
        ('<p>See <a href="/b/">b</a>.</p>', "See [b](https://x.example/b/)."),
        ('<p><a href="#part">here</a></p>', f"[here]({HERE}#part)"),
        ('<p><a href="tel:911">Call</a></p>', "[Call](tel:911)"),
        (f'<p><a href="{HERE}">{HERE}</a></p>', f"<{HERE}>"),
        ("<p>2 * 3 [x] a_b</p>", r"2 \* 3 \[x\] a\_b"),
        ("<p>2015. A year</p>", r"2015\. A year"),
        ("<p>- no list</p>", r"\- no list"),
        ("<p>one<br>two</p>", "one  \ntwo"),
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul>", "- a\n- b\n\n  c"),
        ("<ul><li>a<ol><li>x</li></ol></li></ul>", "- a\n\n  1. x"),
        ('<ol><li value="7">a</li><li>b</li></ol>', "7. a\n2. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        (
            "<table><caption>C</caption><tr><th>a|b</th><td><p>1</p><p>2</p></td></tr></table>",
            "C\n\n|  |  |\n| --- | --- |\n| a\\|b | 1 2 |",
        ),
        (
            "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 |  |",
        ),
        ("<dl><dt>Term</dt><dd>what it is</dd></dl>", "- **Term**: what it is"),
        (
            '<p>Cold\u2060<button class="cite">1</button><span class="note">n</span></p>',
            "Cold[1]",
        ),
        ("<details><summary>Why?</summary><div>So.</div></details>", "### Why?\n\nSo."),
        ("<svg><title>T</title><desc>D.</desc><path/></svg>", "*T: D.*"),
        ('<svg aria-hidden="true"><title>T</title></svg><hr>', "---"),
        ('<p><img src="/m/a.png" alt="A room"></p>', "![A room](https://x.example/m/a.png)"),
        ("<td>", ""),
        ("", ""),
    ],
)
def test_html_becomes_markdown(written: str, wanted: str) -> None:
    assert markdown_of(written, HERE).rstrip("\n") == wanted


def test_a_rating_stands_apart_from_what_it_rates() -> None:
    meter = (
        '<span class="meter"><i aria-hidden="true"><b></b></i><span>Relief: limited</span></span>'
    )
    assert markdown_of(f"<p>Ice {meter}</p>", HERE) == "Ice  (Relief: limited)\n".replace("  ", " ")
    assert markdown_of(f"<p>{meter} Ice</p>", HERE) == "**Relief: limited.** Ice\n"


# ---- the whole site


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{2,}", text))


def test_no_word_of_a_page_is_lost_in_its_twin(real: Built) -> None:
    found = twins(real)
    lost_pages = len(real.site.editions)  # each has a page for addresses that lead nowhere
    assert len(found) == sum(len(list(one.pages)) for one in real.site.editions) - lost_pages
    for _edition, page, text in found:
        drawn = markdown.markdown(text, extensions=["tables"])
        there = words(reading.fromstring(f"<div>{drawn}</div>").text_content())
        lost = words(page.converted.text) - there
        assert not lost, (page.route.url, lost.most_common(8))


def test_a_twin_has_the_title_the_grades_the_day_and_its_references(real: Built) -> None:
    for edition, page, text in twins(real):
        assert text.startswith(f"# {page.title.replace('[', chr(92) + '[')}\n")
        assert edition.config.base_url + page.route.url in text
        for one in page.source.matter.ratings:
            grade = edition.evidence.meters[one.finding].grade
            assert f"{one.label}: {edition.strings[f'word_{grade}']}" in text, page.id
        if page.source.matter.evidence_checked:
            assert str(page.source.matter.evidence_checked.year) in text
        for key in page.converted.citations:
            record = edition.evidence.references[key]
            where = f"https://doi.org/{record.doi}" if record.doi else record.url
            assert where in text, (page.id, key)


def test_a_twin_has_nothing_raw_and_whole_addresses_only(real: Built) -> None:
    for _edition, page, text in twins(real):
        assert not re.findall(r":::|\{\{|\{%|\[@|<(?!https?:)[a-z/]|\u2060", text), page.id
        for target in re.findall(r"(?<!\\)\]\(([^)\s]*)", text):
            assert re.match(r"https?://|tel:|mailto:", target), (page.id, target)


def test_llms_txt_leads_to_every_page(real: Built) -> None:
    """https://llmstxt.org: a title, a quote, then lists of links under second-level headings."""
    base = real.site.config.base_url
    for edition in real.site.editions:
        lines = real.made[f"{edition.prefix}/llms.txt"[1:]].content.decode().splitlines()
        assert lines[0] == f"# {edition.config.facts.name}"
        assert lines[2].startswith("> ")
        assert [line for line in lines if line.startswith("#")][1:], "it has sections"
        items = [line for line in lines if line.startswith("- ")]
        links = [re.fullmatch(r"- \[(.+)\]\((\S+)\): (.+)", line) for line in items]
        outputs = [link[2].removeprefix(f"{base}/") for link in links if link]
        assert sorted(outputs) == sorted(
            twin_output(page) for page in edition.pages if has_twin(edition, page)
        )
        assert set(outputs) <= set(real.made)


@pytest.mark.parametrize("table", ["findings", "references", "glossary"])
def test_a_table_is_the_same_in_both_forms(real: Built, table: str) -> None:
    text = real.made[f"data/{table}.csv"].content.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    found = json.loads(real.made[f"data/{table}.json"].content)
    assert found["publisher"] == "Inside Out Restorative Spa"
    assert len(rows) == len(found["records"]) > 10
    for row, record in zip(rows, found["records"], strict=True):
        flat = {
            name: " ".join(value) if isinstance(value, list) else str(value)
            for name, value in record.items()
            if not isinstance(value, bool)
        }
        assert {name: row[name] for name in flat} == flat


def test_notes_for_writers_are_in_no_table(real: Built) -> None:
    text = real.made["data/references.json"].content.decode()
    for record in real.site.evidence.references.values():
        assert record.found == record.in_short or json.dumps(record.found) not in text
        assert record.limits == record.caution or json.dumps(record.limits) not in text


def test_the_tables_are_offered_on_the_references_page(real: Built) -> None:
    links = {link.url for link in real.made["references/index.html"].facts.links}
    tables = {output for output in real.made if output.startswith("data/")}
    assert len(tables) == 6
    assert {f"/{output}" for output in tables} <= links


def test_a_site_may_go_without_twins(site: Make) -> None:
    guide = {"content/guides/a.md": sites.page("A guide")}
    bare = {"site.yaml": f"{sites.SITE_YAML}markdown_twins: false\n"}
    built = site({**guide, **bare})
    assert not [output for output in built.made if output.endswith(".md")]
    assert "(https://harbour.example/guides/a/):" in built.made["llms.txt"].content.decode()
    assert "guides/a/index.md" in site({**guide, "site.yaml": sites.SITE_YAML}).made


def test_a_twin_is_made_anew_with_its_page_alone(site: Make) -> None:
    pages = {f"content/guides/{name}.md": sites.page(f"Guide {name}") for name in ("one", "two")}
    before = site(pages)
    after = site({**pages, "content/guides/one.md": sites.page("Guide one", "Other words.")})
    changed = {o for o in after.made if after.rows[o].key != before.rows[o].key}
    assert "guides/one/index.md" in changed
    assert "guides/two/index.md" not in changed
    assert "Other words." in after.made["guides/one/index.md"].content.decode()
