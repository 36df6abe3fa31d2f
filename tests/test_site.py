"""The real site is a test: it builds, and keeps what we promise of it."""

from __future__ import annotations

import re

import pytest

from coldpress.pipeline import Built
from coldpress.schema import Finding
from tests import sites

DRAWING_BYTES = 6_000


@pytest.fixture(scope="module")
def built() -> Built:
    return sites.compose(sites.ROOT)


def test_it_builds_and_only_the_owner_can_mend_what_is_left(built: Built) -> None:
    assert {problem.rule for problem in built.advice} <= {"unconfirmed-fact"}


def test_no_drawing_is_heavier_than_it_may_be(built: Built) -> None:
    for output, one in built.made.items():
        if output.endswith(".html"):
            for drawing in re.findall(r"<svg\b.*?</svg>", one.content.decode(), re.DOTALL):
                assert len(drawing.encode()) <= DRAWING_BYTES, (output, drawing[:80])


def test_every_condition_and_mechanism_shows_how_sure_we_are(built: Built) -> None:
    for folder in ("conditions", "mechanisms", "methods"):
        for page in built.site.of_kind(folder):
            assert page.source.matter.ratings, page.id
            assert page.converted.citations, page.id


def test_search_is_one_link_away_on_every_page(built: Built) -> None:
    for edition in built.site.editions:
        address = edition.by_id["pages/search"].route.url
        for page in edition.pages:
            html = built.made[page.route.output].content.decode()
            assert f'href="{address}"' in html.partition("<footer")[2], page.id


def test_that_nobody_can_reach_us_is_said_as_long_as_it_is_so(built: Built) -> None:
    """Pages send readers here who want to ask or to report a mistake."""
    facts = built.site.config.facts.organisation
    said = {
        "contact": "There is no way to reach us",
        "editorial-policy": "There is no way to tell us yet",
        "es/contacto": "no hay forma de comunicarse",
        "es/politica-editorial": "no hay forma de avisarnos",
    }
    for address, words in said.items():
        html = built.made[f"{address}/index.html"].content.decode()
        assert (words in html) == (not facts.phone and not facts.email), address


def test_no_grade_is_typed_into_a_page(built: Built) -> None:
    """Grades live in findings: front matter names a finding, never a grade."""
    assert "grade" in Finding.__struct_fields__
    for page in built.site.pages:
        assert "grade" not in type(page.source.matter).__struct_fields__


def test_the_library_is_complete(built: Built) -> None:
    counts = {
        folder: len(list(built.site.of_kind(folder)))
        for folder in ("mechanisms", "conditions", "methods", "guides")
    }
    assert counts == {"mechanisms": 4, "conditions": 6, "methods": 6, "guides": 9}
    assert len(built.site.glossary) >= 40
    assert all(entry.spanish for entry in built.site.glossary.values())
    faq = built.made["faq/index.html"].content.decode()
    assert faq.count('<details class="qa"') >= 20


def test_titles_and_descriptions_fit_a_result(built: Built) -> None:
    for page in built.site.pages:
        matter = page.source.matter
        if matter.robots == "index":
            assert 121 <= len(matter.description) <= 156, (page.id, len(matter.description))
            assert len(matter.title) <= 60, page.id
