"""templates/ -> markup that is whole, escaped, and says what it must to everyone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from jinja2 import nodes
from markupsafe import Markup
from msgspec import convert
from msgspec.structs import replace

from coldpress.fieldtypes import plain_type
from coldpress.markdown.shortcodes import SHORTCODES
from coldpress.render import SHIPPED, environment, render
from coldpress.schema import KINDS, ConditionMatter, Grade, Layout, Reference, fields_of
from coldpress.views import page_view
from coldpress.views.cards import published
from tests import sites
from tests.conftest import Make
from tests.sites import page

CSS = SHIPPED.parent / "assets" / "css"
PAGES = sorted(SHIPPED.glob("*.html"))
MARKUP = sorted(path for path in SHIPPED.rglob("*.html"))
DRAWN = {"diagrams", "plates", "icons"}
"""Drawings have tests of their own."""
WORDS: dict[str, str] = yaml.safe_load((SHIPPED / "strings/en.yaml").read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return path.relative_to(SHIPPED).as_posix()


def drawn(source: str, **view: Any) -> str:
    """A line of template, with the components at hand."""
    template = environment((SHIPPED,)).from_string(source)
    return template.render(t=WORDS, **view)


def component(component: str, call: str, **view: Any) -> str:
    macro = call.partition("(")[0]
    return drawn(
        f'{{% from "components/{component}.html" import {macro} %}}{{{{ {call} }}}}', **view
    )


def shortcode(kind: str, **call: Any) -> str:
    view = {"body": [], **call}
    return render((SHIPPED,), f"shortcodes/{kind}.html", {"t": WORDS, "call": view})


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rating(**changed: Any) -> dict[str, Any]:
    plain = {"label": "Relief", "level": 3, "word": "moderate", "split": False, "against": False}
    return {**plain, **changed}


def card(**changed: Any) -> dict[str, Any]:
    plain = {"label": "Arthritis", "url": "/a/", "description": "Sore joints.", "number": 1}
    none = {"plate": "", "icon": "", "rating": None, "lang": "", "only": ""}
    return {**plain, **none, **changed}


# ---- the shelf: what belongs together is there


def test_every_component_has_a_sheet_and_every_sheet_something_to_dress() -> None:
    templates = {path.stem for path in (SHIPPED / "components").glob("*.html")}
    sheets = {path.stem for path in (CSS / "components").glob("*.css")}
    assert templates - sheets == {"page-record"}, "one line of small print needs no sheet"
    assert not sheets - templates


def test_every_sheet_of_a_page_region_has_its_template() -> None:
    templates = {path.stem for path in (SHIPPED / "parts").glob("*.html")} | {"article"}
    assert {path.stem for path in (CSS / "parts").glob("*.css")} <= templates


def test_every_kind_layout_and_shortcode_has_a_template() -> None:
    wanted = {kind.template for kind in KINDS} | {f"{layout}.html" for layout in get_args(Layout)}
    assert wanted | {"hub.html", "redirect.html"} <= {path.name for path in PAGES}
    drawn_by = {path.stem for path in (SHIPPED / "shortcodes").glob("*.html")}
    assert {*SHORTCODES, "cite", "term"} <= drawn_by


def test_the_words_for_every_value_of_the_schema_are_there() -> None:
    studies = get_args(plain_type(fields_of(Reference)["study_type"].type))
    (regions, _) = get_args(plain_type(fields_of(ConditionMatter)["body_regions"].type))
    wanted = {
        *(f"word_{grade}" for grade in get_args(Grade)),
        *(f"legend_{grade}" for grade in get_args(Grade)),
        *(f"study_{study}" for study in studies),
        *(f"region_{region}" for region in get_args(regions)),
    }
    assert wanted <= set(WORDS)


def test_every_word_a_template_asks_for_is_there() -> None:
    asked = {word for path in MARKUP for word in re.findall(r"\bt\.(\w+)", path.read_text())}
    assert asked <= set(WORDS)


# ---- house style


@pytest.mark.parametrize("path", MARKUP, ids=name)
def test_templates_keep_the_house_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("{#-"), "the head says what the template is and needs"
    code = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    assert not re.search(r"\|\s*safe\b", code)
    assert not re.search(
        r"""\sstyle=|<script(?! src=| type="application/ld\+json")|\son\w+=["']""", code
    ), "a strict policy blocks it"


def parents(path: Path) -> list[str]:
    tree = environment((SHIPPED,)).parse(path.read_text(encoding="utf-8"))
    return [node.template.as_const() for node in tree.find_all(nodes.Extends)]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_at_most_two_levels_of_inheritance(path: Path) -> None:
    depth, above = 0, parents(path)
    while above:
        depth, above = depth + 1, parents(SHIPPED / above[0])
    assert depth <= 2


# ---- components


def test_a_meter_always_says_its_rating_in_words() -> None:
    html = component("meter", 'meter("Relief", rating)', rating=rating())
    assert words(html) == "Relief: moderate"
    assert 'data-l="3"' in html
    assert html.count("<b>") == 4


def test_studies_that_disagree_or_point_against_look_different() -> None:
    split = component("meter", 'meter("", rating)', rating=rating(level=2, split=True))
    against = component("meter", 'meter("", rating)', rating=rating(against=True))
    assert 'data-d="split"' in split
    assert 'data-d="against"' in against
    assert "data-d" not in component("meter", 'meter("", rating)', rating=rating())


def test_what_nobody_studied_has_words_and_no_bars() -> None:
    html = component("meter", 'meter("Relief", r)', r=rating(level=0, word="not studied"))
    assert words(html) == "Relief: not studied"
    assert "<b>" not in html


def test_the_booking_button_says_where_it_leads() -> None:
    html = component("book-button", 'book_button("https://b.example/?a=1&b=2", "Book", t)')
    assert words(html) == "Book (opens our booking site)"
    assert 'rel="noopener" referrerpolicy="strict-origin"' in html
    assert 'href="https://b.example/?a=1&amp;b=2"' in html
    assert "target=" not in html


def test_on_a_sensitive_page_safety_is_the_filled_button() -> None:
    call = 'book_card("https://b.example/", "Book", "/safety/", quiet, t)'
    plain = component("book-card", call, quiet=False)
    quiet = component("book-card", call, quiet=True)
    assert '<a class="btn" href="https://b.example/"' in plain
    assert '<a class="btn" href="/safety/"' in quiet
    assert '<a class="btn quiet" href="https://b.example/"' in quiet


def test_without_a_safety_page_the_booking_card_has_no_dead_link() -> None:
    html = component("book-card", 'book_card("https://b.example/", "Book", "", false, t)')
    assert 'href=""' not in html


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        ("ask", "Before you book: "),
        ("warn", "Caution: "),
        ("stop", "Urgent: "),
        ("emergency", "Emergency: "),
        ("tip", ""),
    ],
)
def test_a_care_card_reads_its_urgency_before_its_heading(kind: str, prefix: str) -> None:
    html = shortcode(kind, title="Call if:", body=[{"html": Markup("<p>Pain</p>")}])
    assert words(html).startswith(f"{prefix}Call if: Pain")
    assert ('href="tel:911"' in html) == (kind == "emergency")


def test_only_the_title_of_a_card_is_a_link() -> None:
    html = component("card", "card(item, level=2)", item=card(rating=rating(), plate="arthritis"))
    assert re.findall(r"<a[^>]*>(.*?)</a>", html) == ["Arthritis"]
    assert "<h2>" in html
    assert "Relief: moderate" in words(html)


def test_an_unknown_fact_is_left_out_of_a_reference() -> None:
    item = {
        "number": 3,
        "authors": "",
        "title": "A page",
        "journal": "",
        "published": "",
        "url": "",
    }
    item |= {"lang": "", "secondary": False}
    html = component("reference-list", "reference_list([item], t, 'en')", item=item)
    assert words(html) == "A page."
    assert '<li id="r3" value="3">' in html


@pytest.mark.parametrize(("title", "shown"), [("A page", "A page."), ("Related?", "Related?")])
def test_a_question_ends_with_its_own_sign(title: str, shown: str) -> None:
    item = {"number": 1, "authors": "", "title": title, "journal": "", "published": "2015"}
    item |= {"lang": "", "secondary": False, "url": ""}
    html = component("reference-list", "reference_list([item], t, 'en')", item=item)
    assert words(html) == f"{shown} 2015."


@pytest.mark.parametrize(
    ("journal", "volume_pages", "shown"),
    [
        ("Pain", "41:365-369", "2018;41:365-369"),
        ("Pain", None, "2018"),
        ("Rheumatology", "2018, issue 12", "2018;issue 12"),
        ("BMJ Case Reports", "2018:bcr-2018-221431", "2018;bcr-2018-221431"),
        ("Blood", "2018-2026", "2018;2018-2026"),
        ("Vice, November 2018", None, ""),
        ("Star, 20 November 2018", "page 3", "Page 3"),
        ("Pain", "online November 2018", "Online November 2018"),
    ],
)
def test_a_reference_says_its_year_once(journal: str, volume_pages: str | None, shown: str) -> None:
    known = yaml.safe_load(REFERENCES)["algafly2007"]
    record = convert({**known, "journal": journal, "volume_pages": volume_pages}, Reference)
    assert published(replace(record, year=2018)) == shown
    assert published(replace(record, year=None)) == (volume_pages or "")


def test_what_was_only_reported_is_named_as_such_wherever_the_source_is() -> None:
    """In the page's words, though the titles of the list are in another language."""
    item = {
        "number": 3,
        "authors": "",
        "title": "A page",
        "journal": "",
        "published": "",
        "lang": "en",
    }
    item |= {"url": "https://a.example", "link": "a.example", "note": "A, 2019.", "secondary": True}
    html = component("reference-list", "reference_list([item], t, 'es')", item=item)
    assert words(html) == f"A page. a.example . {WORDS['secondary']}"
    assert '<ol class="refs" lang="en">' in html
    assert f'<span class="soft" lang="es">{WORDS["secondary"]}' in html
    assert WORDS["secondary"] in words(component("note", "notes([item], t)", item=item))


def test_an_empty_cell_of_the_table_says_so() -> None:
    cell = {"label": "Numbness: Arthritis", "rating": None, "sentence": "", "url": "/a/"}
    known = {**cell, "rating": rating(), "sentence": "It may."}
    row = {"label": "Arthritis", "url": "/a/", "cells": [cell, known]}
    columns = [{"label": "Endorphins", "url": ""}, {"label": "Numbness", "url": "/n/"}]
    table = {"columns": columns, "rows": [row]}
    html = component("grade-table", 'matrix(table, "All", "Condition", t)', table=table)
    assert "No good studies found" in html
    assert html.count("</a></td>") == 1
    assert "It may. Read more , Numbness: Arthritis" in words(html)
    assert '>Read more<span class="vh">' in html, "the pair alone reads like a promise"
    assert re.findall(r'data-label="(\w+)"', html) == ["Endorphins", "Numbness"]


def test_a_letter_without_terms_is_not_a_link() -> None:
    groups = [{"letter": "A", "id": "letter-a"}, {"letter": "Q", "id": ""}]
    html = component("glossary-list", "letters(groups, t)", groups=groups)
    assert '<a href="#letter-a">A</a>' in html
    assert "<span>Q</span>" in html


def test_a_contents_list_of_nothing_is_not_drawn() -> None:
    assert not words(component("contents", "contents([], [], [('next', 'Next', [])], t)"))


# ---- shortcodes


def flow(*pieces: dict[str, Any]) -> str:
    return render((SHIPPED,), "parts/flow.html", {"t": WORDS, "pieces": list(pieces)})


def test_a_citation_stands_right_behind_its_word() -> None:
    cite = {"name": "cite", "items": [{"number": 2, "locator": "p. 3"}], "body": []}
    html = flow({"html": Markup("<p>It numbs")}, cite, {"html": Markup(".</p>")})
    assert re.fullmatch(r'<p>It numbs<span class="nb">&#8288;<button.*</button></span>\.</p>', html)
    assert 'aria-label="Reference 2, p. 3"' in html


def test_text_is_escaped_and_markup_is_not() -> None:
    assert flow({"html": Markup("<em>a</em>")}) == "<em>a</em>"
    html = shortcode("question", title="<b>Is it?</b>", id="q1")
    assert "&lt;b&gt;Is it?&lt;/b&gt;" in html


def test_a_glossary_word_opens_its_meaning() -> None:
    html = shortcode("term", text="analgesia", anchor="t4", definition="Less pain.", url="/g/#a")
    assert 'popovertarget="t4"' in html
    assert '<span class="note" id="t4" popover' in html
    assert 'href="/g/#a"' in html


def test_a_decorative_picture_has_an_empty_alt() -> None:
    size = {"src": "/a.jpg", "alt": "A room", "width": 8, "height": 6, "sources": [], "crop": ""}
    assert 'alt=""' in shortcode("figure", **size, decorative="decorative")
    html = shortcode("figure", **size, decorative="")
    assert 'alt="A room" width="8" height="6" loading="lazy"' in html
    assert "figcaption" not in html


@pytest.mark.parametrize(("diagram", "moves"), [("two-nerves", True), ("vessel", False)])
def test_only_a_drawing_that_moves_has_a_switch(diagram: str, moves: bool) -> None:
    html = shortcode("diagram", file=f"diagrams/{diagram}.svg", id="d1", diagram=diagram)
    assert ('type="checkbox"' in html) == moves
    assert "<figcaption>" in html


# ---- whole pages


class Outline(HTMLParser):
    """Headings, ids and what points at ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.landmarks: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in {"main", "header", "footer"}:
            self.landmarks.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        self.targets += [found[key] for key in ("popovertarget", "aria-labelledby") if key in found]
        self.targets += [found["href"][1:]] if found.get("href", "").startswith("#") else []


REFERENCES = """\
algafly2007:
  authors: "Algafly AA, George KP"
  year: 2007
  title: "Cooling and nerves"
  journal: "A Journal"
  volume_pages: "41:365"
  doi: "10.1136/bjsm.2006.031237"
  pmid: null
  pmcid: null
  url: "https://doi.org/10.1136/bjsm.2006.031237"
  study_type: lab-study
  modality: [ice-pack]
  found: "Nerves slowed."
  limits: "Healthy people."
  claims: {numbing: supports}
  verified_at: "https://doi.org/10.1136/bjsm.2006.031237"
  verified_level: full-abstract
"""
BODY = """\
Before any heading [@algafly2007].

::: emergency "Call 911 now if:"
- chest pain
:::

## What it does

It numbs [@algafly2007].

::: warn "Not on numb skin"
Numb skin cannot warn you.
:::

::: question "Does it hurt?"
A little [@algafly2007].
:::

## What it cannot do

::: limits
- Last.
:::
"""


def whole(site: Make, path: str, text: str, output: str, **more: str) -> str:
    data = {"content/data/references.yaml": REFERENCES, path: text, **more}
    return site(data).made[output].content.decode()


LAYOUTS = sorted(set(get_args(Layout)) - {"home", "hub", "not-found"})


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_of_every_layout_is_whole(site: Make, layout: str) -> None:
    reason = {"no_booking": "a tool"} if layout == "search" else {}
    text = page("About <cold> & skin", BODY, layout=layout, **reason)
    html = whole(site, "content/pages/x.md", text, "x/index.html")
    check_whole(html)
    assert "<h1>About &lt;cold&gt; &amp; skin</h1>" in html


@pytest.mark.parametrize("kind", KINDS[:-1], ids=lambda kind: kind.name)
def test_a_page_of_every_kind_and_its_hub_are_whole(site: Make, kind: Any) -> None:
    folder = f"content/{kind.folder}"
    points = '\n  - "**Short.** It numbs [@algafly2007]."'
    text = page("A long enough title", BODY + sites.SAFE, key_points=points, updated="2026-11-01")
    files = {f"{folder}/index.md": page("All of them here", "Choose one.\n\n## How\n\nLook.")}
    records = {"content/data/references.yaml": REFERENCES, **sites.SAFETY}
    data = {**records, f"{folder}/x.md": text, **files}
    made = site(data).made
    address = kind.permalink.format(slug="x").strip("/")
    check_whole(made[f"{address}/index.html"].content.decode())
    hub = made[f"{Path(address).parent}/index.html"].content.decode()
    check_whole(hub)
    assert "A long enough title" in hub


def check_whole(html: str) -> None:
    outline = Outline(html)
    assert outline.levels.count(1) == 1
    jumps = [(a, b) for a, b in zip(outline.levels, outline.levels[1:], strict=False) if b > a + 1]
    assert not jumps
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.targets) <= set(outline.ids)
    assert outline.landmarks.count("main") == 1
    assert html.count("<style>") == 1
    assert html.count('<link rel="stylesheet"') == 1
    assert html.index("<h1>") < html.index('<link rel="stylesheet"'), "the title waits for nothing"
    assert "popovertarget=" in html


def test_a_page_whose_template_forgets_the_later_styles_gets_them_in_its_head(site: Make) -> None:
    made = site({"templates/parts/later.html": "{# not here #}"}).made
    html = made["index.html"].content.decode()
    assert html.count('<link rel="stylesheet"') == 1
    assert html.index('<link rel="stylesheet"') < html.index("</head>")


@pytest.mark.parametrize(("layout", "barred"), [("checklist", False), ("page", True)])
def test_the_booking_bar_keeps_away_from_the_safety_list(
    site: Make, layout: str, barred: bool
) -> None:
    html = whole(site, "content/pages/x.md", page("A title", BODY, layout=layout), "x/index.html")
    assert ('<aside class="bar"' in html) == barred


def test_that_a_list_can_be_printed_stands_above_the_first_one(site: Make) -> None:
    lists = 'Words.\n\n::: checklist ask "If you:"\n- ache.\n:::\n'
    text = page("A title", f"## Check yourself\n\n{lists}\n{lists}", layout="checklist")
    html = whole(site, "content/pages/x.md", text, "x/index.html")
    hint = html.index(WORDS["print_hint"])
    assert html.count(WORDS["print_hint"]) == 1
    assert html.index("Check yourself</h2>") < html.index("Words.") < hint
    assert hint < html.index("If you:")


def test_the_front_page_has_one_filled_button_before_its_end(site: Make) -> None:
    home = site({}).made["index.html"].content.decode()
    filled = re.findall(r'<a class="btn" href="([^"]+)"', home.partition('<aside class="bar"')[0])
    assert ["-hero" in url for url in filled] == [True, False]


def test_a_page_is_drawn_with_the_words_of_its_site(site: Make) -> None:
    own = 'menu: "All pages"\n'
    html = whole(
        site,
        "content/pages/x.md",
        page("A title", BODY),
        "x/index.html",
        **{"templates/strings/en.yaml": own},
    )
    assert "All pages</button>" in html
    assert WORDS["skip"] in html


def test_what_a_template_is_given_is_written_down() -> None:
    """A name that stands in no document cannot be used by who writes a template of their own."""
    real = sites.compose(sites.ROOT)
    written = set(re.findall(r"[a-z_]+", (sites.ROOT / "docs/views.md").read_text()))
    given: set[str] = set()
    for edition in real.site.editions:
        for one in edition.pages:
            view = page_view(edition, one)
            given |= {*view, *view["page"], *view["site"]}
    assert given <= written
