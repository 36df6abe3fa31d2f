"""content/data/offers.yaml -> one line under the header, on its days, never on a health page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from coldpress.summary import report_of
from tests import sites
from tests.conftest import Make

OFFER = """\
winter:
  text: First session $40, usually $60.
  terms: {terms}
  starts: 2026-12-01
  ends: 2026-12-31
"""
DURING = datetime(2026, 12, 24, 12, tzinfo=UTC)
TERMS = {"content/pages/offer-terms.md": sites.page("Terms of the offer")}


def files(more: str = "", terms: str = "pages/offer-terms") -> dict[str, str]:
    return {**TERMS, "content/data/offers.yaml": OFFER.format(terms=terms) + more}


def strip(html: str) -> str:
    return html.partition('<aside class="offer')[2].partition("</aside>")[0]


def test_an_offer_stands_on_the_home_page_with_its_end_and_its_terms(site: Make) -> None:
    built = site(files(), now=DURING, base_url="https://x.example/spa")
    html = strip(built.made["index.html"].content.decode())
    assert "First session $40, usually $60." in html
    assert "Ends 31 December 2026." in html
    assert '<a href="/spa/offer-terms/">Read the terms</a>' in html


def test_it_stands_between_header_and_text(site: Make) -> None:
    html = site(files(), now=DURING).made["index.html"].content.decode()
    assert html.index("</header>") < html.index('<aside class="offer') < html.index("<main")


def test_terms_may_be_a_few_words(site: Make) -> None:
    built = site(files(terms="One session a person."), now=DURING)
    html = strip(built.made["index.html"].content.decode())
    assert "Ends 31 December 2026. One session a person." in html
    assert "<a" not in html


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        ("2026-12-01T07:59:00+00:00", False),  # still November in California
        ("2026-12-01T08:00:00+00:00", True),
        ("2027-01-01T07:59:00+00:00", True),  # the last evening
        ("2027-01-01T08:00:00+00:00", False),
    ],
)
def test_it_is_there_on_its_days_only(site: Make, now: str, shown: bool) -> None:
    built = site(files(), now=datetime.fromisoformat(now))
    assert (b'class="offer' in built.made["index.html"].content) == shown


def test_a_page_without_an_offer_does_not_wear_its_style(site: Make) -> None:
    made = site(files(), now=DURING).made
    assert b".offer" in made["index.html"].content
    assert b".offer" not in made["offer-terms/index.html"].content


def test_only_its_pages_show_it_and_of_two_the_first(site: Make) -> None:
    more = OFFER.format(terms="None.").replace("winter", "second").replace("$40", "$50")
    more += "  pages: [pages/index, guides/a]\n"
    guides = {"content/guides/a.md": sites.page("A guide")}
    made = site({**files(more), **guides}, now=DURING).made
    assert "$40" in strip(made["index.html"].content.decode())
    assert "$50" in strip(made["guides/a/index.html"].content.decode())
    assert not strip(made["offer-terms/index.html"].content.decode())


def test_an_offer_waits_for_its_terms(site: Make) -> None:
    draft = {"content/pages/offer-terms.md": sites.page("Terms of the offer", draft="true")}
    assert not strip(site({**files(), **draft}, now=DURING).made["index.html"].content.decode())


def test_a_site_without_offers_is_as_it_was(site: Make) -> None:
    assert b"offer" not in site({}).made["index.html"].content


def test_the_report_says_when_it_comes_and_goes(site: Make) -> None:
    report = report_of(site(files()), None, 0.0)
    assert [(at.isoformat(), path) for at, path in report.scheduled] == [
        ("2026-12-01T08:00:00+00:00", "content/data/offers.yaml"),
        ("2027-01-01T08:00:00+00:00", "content/data/offers.yaml"),
    ]


# ---- mistakes


def found(tmp_path: Path, offers: str, **more: str) -> list[str]:
    write = {**TERMS, "content/data/offers.yaml": offers, **more}
    return [
        f"{p.line}:{p.column} {p.rule}: {p.message} ({p.hint})"
        for p in sites.problems(sites.write(tmp_path, write), now=DURING)
        if p.path == "content/data/offers.yaml"
    ]


def test_unknown_pages_are_errors(tmp_path: Path) -> None:
    offers = OFFER.format(terms="pages/ofer-terms") + "  pages: [pages/indx]\n"
    assert found(tmp_path, offers) == [
        "3:10 unknown-relation: there is no page 'pages/ofer-terms'"
        " (did you mean 'pages/offer-terms'?)",
        "6:11 unknown-relation: there is no page 'pages/indx' (did you mean 'pages/index'?)",
    ]


def test_an_offer_that_ends_before_it_starts_is_an_error(tmp_path: Path) -> None:
    offers = OFFER.format(terms="None.").replace("2026-12-31", "2026-11-30")
    assert found(tmp_path, offers) == [
        "5:9 offer-ends-first: this offer ends (2026-11-30) before it starts (2026-12-01)"
        " (look for swapped days or a wrong year)"
    ]


def test_no_offer_beside_a_health_worry(tmp_path: Path) -> None:
    offers = OFFER.format(terms="None.") + "  pages: [pages/safe, conditions/knees, pages/index]\n"
    pages = {
        "content/pages/safe.md": sites.page("Is it safe", layout="checklist"),
        "content/conditions/knees.md": sites.page("Sore knees"),
    }
    hint = "(take the page out of the list: an offer never stands beside a health worry)"
    assert found(tmp_path, offers, **pages) == [
        "6:11 offer-on-health-page: the offer 'winter' would stand on 'pages/safe',"
        f" which is about safety {hint}",
        "6:23 offer-on-health-page: the offer 'winter' would stand on 'conditions/knees',"
        f" which is about a condition {hint}",
    ]


def test_a_day_that_is_none_is_an_error(tmp_path: Path) -> None:
    (problem,) = found(tmp_path, OFFER.format(terms="None.").replace("2026-12-31", "soon"))
    assert problem.startswith("5:9 ")
