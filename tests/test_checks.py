"""Checks read finished outputs. Most rules have a case file; here is what needs a whole site."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import sites


def rules(folder: Path, files: dict[str, str], **options: object) -> set[str]:
    return {problem.rule for problem in sites.problems(sites.write(folder, files), **options)}


def test_a_clean_site_has_no_errors(tmp_path: Path) -> None:
    found = sites.problems(sites.write(tmp_path, {"content/guides/a.md": sites.page()}))
    assert [problem for problem in found if problem.level == "error"] == []


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("broken-link", "See [this](/nowhere/)."),
        ("broken-anchor", "See [this](#nowhere)."),
        ("tracked-internal-link", "See [this](/?utm_source=x)."),
    ],
)
def test_links_of_a_page_are_followed(tmp_path: Path, rule: str, body: str) -> None:
    found = sites.problems(sites.write(tmp_path, {"content/guides/a.md": sites.page(body=body)}))
    mine = [problem for problem in found if problem.rule == rule]
    assert mine
    assert (mine[0].path, mine[0].line) == ("content/guides/a.md", 6)


def test_an_anchor_on_another_page_counts(tmp_path: Path) -> None:
    files = {
        "content/guides/a.md": sites.page("First", "See [it](b.md#here)."),
        "content/guides/b.md": sites.page("Second", "## Here\n\nIt is."),
    }
    assert "broken-anchor" not in rules(tmp_path, files)


def test_menu_entries_lead_somewhere(tmp_path: Path) -> None:
    menu = "navigation:\n  - {label: Questions, to: pages/fqa.md}\n"
    files = {
        "site.yaml": sites.SITE_YAML + menu,
        "content/pages/faq.md": sites.page("Questions"),
    }
    found = [p for p in sites.problems(sites.write(tmp_path, files)) if p.level == "error"]
    assert [(p.rule, p.path, p.line, p.hint) for p in found] == [
        ("broken-menu-entry", "site.yaml", 8, "did you mean 'pages/faq'?")
    ]


def test_titles_and_descriptions_tell_pages_apart(tmp_path: Path) -> None:
    files = {
        "content/guides/a.md": sites.page("Same", description="The same words for both pages."),
        "content/guides/b.md": sites.page("same", description="The same words for both pages."),
    }
    assert {"doubled-title", "doubled-description"} <= rules(tmp_path, files)


def test_a_page_without_booking_says_why(tmp_path: Path) -> None:
    files = {
        "templates/guide.html": "{% extends 'base.html' %}{% block main %}<h1>x</h1>{% endblock %}",
        "content/guides/a.md": sites.page(),
    }
    assert "no-booking-link" in rules(tmp_path, files)
    files["content/guides/a.md"] = sites.page(no_booking="nothing here should push anyone")
    assert "no-booking-link" not in rules(tmp_path, files)


@pytest.mark.parametrize(
    ("rule", "markup"),
    [
        ("third-party-request", '<h1>x</h1><img src="https://maps.example/a.png" alt="">'),
        ("script-on-page", "<h1>x</h1><script>1</script>"),
        ("missing-alt", '<h1>x</h1><img src="/favicon.svg">'),
        ("one-title", "<p>no title</p>"),
        ("skipped-heading", "<h1>x</h1><h4>y</h4>"),
        ("doubled-anchor", '<h1 id="a">x</h1><p id="a"></p>'),
        ("missing-fact", '<h1>x</h1><span class="todo">phone</span>'),
        ("too-many-elements", "<h1>x</h1>{% for n in range(950) %}<i></i>{% endfor %}"),
        (
            "page-too-heavy",
            "<h1>x</h1>{% for n in range(9000) %}{{ n * 7919 % 10007 }} {{ n * n }} {% endfor %}",
        ),
        ("template-error", "<h1>{{ page.titel }}</h1>"),
        ("template-error", "<h1>{% if %}</h1>"),
        ("template-error", "{% include 'gone.html' %}"),
    ],
)
def test_what_a_template_does_wrong_is_found(tmp_path: Path, rule: str, markup: str) -> None:
    files = {"templates/guide.html": markup, "content/guides/a.md": sites.page()}
    assert rule in rules(tmp_path, files)


def test_a_template_error_names_its_line(tmp_path: Path) -> None:
    files = {
        "templates/guide.html": "<h1>\n{{ page.titel }}\n</h1>",
        "content/guides/a.md": sites.page(),
    }
    (found,) = [p for p in sites.problems(sites.write(tmp_path, files)) if p.level == "error"]
    assert (found.path, found.line) == ("templates/guide.html", 2)
    assert "titel" in found.message


def test_budgets_of_styles_and_fonts_can_be_broken(tmp_path: Path) -> None:
    small = sites.SITE_YAML + "budgets: {css: 10, fonts: 10}\n"
    assert {"css-too-heavy", "fonts-too-heavy"} <= rules(tmp_path, {"site.yaml": small})


def test_malformed_feeds_are_found(tmp_path: Path) -> None:
    assert "malformed-xml" in rules(tmp_path, {"templates/feeds/atom.xml": "<a>&</a>"})
