"""Markdown -> pieces, links, headings, citations; and the exact words of every problem in a text.

Cases: tests/cases/markdown/*.txt. tests/texts.py says what site they stand in.
"""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from coldpress.markdown import Known, convert, engine, known_of
from coldpress.model import Call, Config, Content, Media, Route
from coldpress.problems import Place
from coldpress.schema import SiteFacts, fitted
from tests.texts import KNOWN, PATH, as_lines, body, cases, drawn, page, problems, rules, source


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, wanted, id=name) for name, text, wanted in cases("[!p]*.txt")]
    + [pytest.param(text, wanted, id=name) for name, text, wanted in cases("pictures.txt")],
)
def test_text_becomes_pieces(text: str, expected: str) -> None:
    assert body(page(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(text, wanted, id=name) for name, text, wanted in cases("problems-*.txt")],
)
def test_mistakes_give_exactly_these_problems(text: str, expected: str) -> None:
    assert as_lines(problems(text)) == expected


# --------------------------------------------------------------------------- laws


def test_one_converter_leaks_nothing_into_the_next_page() -> None:
    shared = engine()
    first = "One.[^1]\n\n*[RCT]: trial\n\n[^1]: Note.\n\n[name]: muscle-pain.md\n"
    second = "Two RCT.\n\n## Note"
    convert(source(first), KNOWN, shared)
    reused, _ = convert(source(second), KNOWN, shared)
    fresh, _ = convert(source(second), KNOWN)
    assert reused == fresh
    assert "footnote" not in body(page(second))
    found = convert(source("[a][name] b[^1]"), KNOWN, shared)[1]
    assert [p.rule for p in found] == ["unfinished-link", "unknown-footnote"]


ALL_CASES = [text for _, text, _ in cases("*.txt")]


def test_the_same_text_gives_equal_values() -> None:
    shared = engine()
    for text in ALL_CASES:
        assert convert(source(text), KNOWN) == convert(source(text), KNOWN, shared)


def test_what_comes_out_can_be_sent_to_another_process() -> None:
    converted = page('a [@dias2025]\n\n::: tip "T"\n[x](term:sham)\n:::\n\n![A knee](knee.jpg)')
    assert pickle.loads(pickle.dumps(converted)) == converted


def test_line_ends_of_windows_change_nothing() -> None:
    for text in ALL_CASES:
        dos = convert(source(text.replace("\n", "\r\n")), KNOWN)
        assert dos == convert(source(text), KNOWN), text


PARTS = (
    *"[]()<>*_`~!#:|/&;{}=-+.@^$%'\"\\",
    *(
        ":::",
        "{:",
        "1.",
        "\n",
        "\n\n",
        "    ",
        " ",
        "a",
        "é",
        "\t",
        "<b",
        "<!--",
        "-->",
        "<![",
        "<?",
    ),
    *(
        "]]>",
        "[@dias2025]",
        "[x](muscle-pain.md)",
        "[^1]",
        "\n[^1]: ",
        '\n::: tip "T"\n',
        "\n:::\n",
    ),
    *("\n:: cta\n", "```", "![", "](", "&#1;", "<div>", "</div>", "\n:   ", "[x](term:sham)"),
    *("\n*[a]: ", "|---|\n", "\n## ", "<script>", " onx=1", "{{", "}}"),
)


@settings(max_examples=300, deadline=None)
@given(some.lists(some.sampled_from(PARTS), max_size=40).map("".join))
def test_no_text_raises(text: str) -> None:
    converted, found = convert(source(text, summary="x", key_points=("y",)), KNOWN)
    assert converted is not None or found
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in found:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


@settings(max_examples=150, deadline=None)
@given(some.text(max_size=200), some.text(max_size=60).filter(lambda t: "\n" not in t))
def test_no_string_raises(text: str, line: str) -> None:
    convert(source(text, key_points=(line,) if line else ()), KNOWN)


# --------------------------------------------------------------------------- time


RUNS = (
    *("[", "![", "[a](", "<a ", " *", "**a", "_a ", "`", "[^", "> ", "- ", "1. ", "<!--", "<!["),
    *("<b>", "[a][", "\\[", "a\n:   b\n\n", "# a\n", "a\n---\n", '::: tip "x"\n', ":: x\n"),
    *("|", "'", '"'),
)


@pytest.mark.parametrize("seed", RUNS)
def test_runs_end_soon(seed: str) -> None:
    start = time.perf_counter()
    convert(source(seed * 20_000), KNOWN)
    assert time.perf_counter() - start < 6


def test_a_long_page_is_no_problem() -> None:
    """60,000 words with all there is on a page."""
    paragraph = (
        "Cold [eases](muscle-pain.md) *some* pain for **a while** [@dias2025], and not all of it. "
    ) * 8
    text = "".join(f"## Part {n}\n\n{paragraph}\n\n- a\n- b\n\n" for n in range(400))
    assert rules(text) == ["too-much-markup"]
    assert rules(text[: len(text) // 4]) == []


# --------------------------------------------------------------------------- positions


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    moved = replace(source("x\n\n  [a](nope.md)"), body_line=12)
    (problem,) = convert(moved, KNOWN)[1]
    assert (problem.line, problem.column) == (14, 3)


def test_a_problem_in_a_string_stands_where_the_string_does() -> None:
    places = {"summary": Place(PATH, 4, 10), "key_points.1": Place(PATH, 8, 5)}
    text = source("x", places=places, summary="a [@no]", key_points=("b", "[c](no.md)"))
    found = convert(text, KNOWN)[1]
    assert [(p.rule, p.line, p.column) for p in found] == [
        ("unknown-citation", 4, 10),
        ("broken-link", 8, 5),
    ]


def test_every_call_and_link_knows_its_place() -> None:
    converted = page("a\n\nb [@dias2025] [c](muscle-pain.md#d)\n\n:: cta")
    calls = [p for s in converted.sections for p in s.body if isinstance(p, Call)]
    assert [(c.name, c.place.line, c.place.column) for c in calls] == [
        ("cite", 3, 3),
        ("cta", 5, 1),
    ]
    (link,) = converted.links
    assert (link.written, link.url) == ("muscle-pain.md#d", "/where-it-hurts/muscle-pain/#d")
    assert link.place == Place(PATH, 3, 15)


# --------------------------------------------------------------------------- what is learned


def test_citations_are_numbered_in_the_order_of_the_page() -> None:
    converted = page(
        "Body [@brosseau2003] and [@dias2025].",
        summary="First [@dias2025].",
        key_points=("Second [@costello2015].", "Again [@dias2025]"),
    )
    assert converted.citations == ("dias2025", "costello2015", "brosseau2003")


def test_strings_of_front_matter_are_inline_only() -> None:
    converted = page(
        "x",
        summary='It\'s *fine*, "really" [@dias2025].',
        key_points=("1. no list", "# no heading", "- **no** list", "    no code", "> no", "::: no"),
    )
    assert drawn(converted.summary) == (
        "It’s <em>fine</em>, “really”<<cite keys=['dias2025'] locators=['']>>."
    )
    assert [drawn(point) for point in converted.key_points] == [
        "1. no list",
        "# no heading",
        "- <strong>no</strong> list",
        "    no code",
        "&gt; no",
        "::: no",
    ]


def test_a_term_is_explained_once_on_the_page_summary_included() -> None:
    converted = page("A [sham](term:sham).", summary="A [sham](term:sham).")
    assert "<<term" in drawn(converted.summary)
    assert body(converted) == "<p>A sham.</p>"
    assert converted.terms == ("sham",)


def test_headings_links_media_and_words() -> None:
    converted = page(
        'Intro [@dias2025].[^1]\n\n## One *two*\n\n::: warn "Do not"\n- x\n:::\n\n### Three\n\n'
        "![A knee](knee.jpg)\n\n[^1]: Small print.\n"
    )
    assert [(h.level, h.id, h.text) for h in converted.headings] == [
        (2, "one-two", "One two"),
        (3, "three", "Three"),
    ]
    assert converted.media == ("content/conditions/knee.jpg",)
    assert converted.text == "Intro. One two Do not x Three Small print."
    assert [link.url for link in converted.links] == ["/media/knee.4f1c9a2b.jpg"]


def test_the_base_path_goes_before_every_address_of_ours() -> None:
    known = replace(KNOWN, base_path="/spa")
    text = "[a](muscle-pain.md) [b](/feed.xml) [c](#x) [d](https://example.org/) ![k](knee.jpg)"
    converted = page(text, known)
    assert [link.url for link in converted.links] == [
        "/spa/where-it-hurts/muscle-pain/",
        "/spa/feed.xml",
        "#x",
        "https://example.org/",
        "/spa/media/knee.4f1c9a2b.jpg",
    ]


def test_braces_are_never_run() -> None:
    assert "{{ 7*7 }}" in body(page("{{ 7*7 }}\n\n| {{ 7*7 }} |\n|---|\n| x |"))


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("content/pages/all.md", {"layout": "matrix"}),
        ("content/conditions/index.md", {}),
        ("content/pages/home.md", {"layout": "home"}),
    ],
)
def test_pages_that_draw_data_may_have_no_text(path: str, fields: dict[str, Any]) -> None:
    assert convert(source("", path, **fields), KNOWN)[1] == ()


def test_a_page_of_shortcodes_alone_is_not_empty() -> None:
    assert rules(":: body-map") == []
    assert rules("") == ["empty-page"]


def test_known_is_gathered_from_the_content() -> None:
    live, later = source("x"), source("x", "content/guides/winter-offer.md")
    picture = Media("content/conditions/knee.jpg", "4f1c9a2b77", 1, 1)
    content = Content(
        sources=(live, source("x", "content/guides/index.md")),
        media={picture.path: picture},
        references={},
        findings={},
        glossary={},
        places={},
        scheduled=(later,),
        left_out=frozenset({later.path, "content/guides/broken.md"}),
        unreadable=frozenset({"content/guides/broken.md"}),
    )
    facts = fitted(
        {
            "name": "Cold Spring",
            "base_url": "https://example.org/spa",
            "booking": {"url": "https://example.org/book"},
        },
        SiteFacts,
    )[0]
    config = Config(facts, "https://example.org/spa", "/spa", {})
    routes = {PATH: Route("/where-it-hurts/arthritis/", "where-it-hurts/arthritis/index.html", ())}
    assert known_of(content, routes, config, ["gate"]) == Known(
        base_path="/spa",
        urls={PATH: "/where-it-hurts/arthritis/"},
        hidden=frozenset({later.path}),
        unreadable=frozenset({"content/guides/broken.md"}),
        media={picture.path: picture},
        diagrams=frozenset({"gate"}),
        names={
            "conditions": frozenset({"arthritis"}),
            "guides": frozenset({"broken", "winter-offer"}),
        },
    )
