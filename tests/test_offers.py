"""content/data/offers.yaml -> one line under the header, on its days, never on a health page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coldpress.model import Site
from coldpress.offering import about_health, chosen, letter
from coldpress.schedule import next_changes
from coldpress.schema import Offer, Wording
from coldpress.views.offers import offer as offer_on
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
    assert "Ends December 31, 2026." in html
    assert '<a href="/spa/offer-terms/">Read the terms</a>' in html


def test_it_stands_between_header_and_text(site: Make) -> None:
    html = site(files(), now=DURING).made["index.html"].content.decode()
    assert html.index("</header>") < html.index('<aside class="offer') < html.index("<main")


def test_terms_may_be_a_few_words(site: Make) -> None:
    built = site(files(terms="One session a person."), now=DURING)
    html = strip(built.made["index.html"].content.decode())
    assert "Ends December 31, 2026. One session a person." in html
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


def test_the_plan_says_when_it_comes_and_goes(site: Make) -> None:
    assert [
        (at.isoformat(), what, path) for at, what, path in next_changes(site(files()).site)
    ] == [
        ("2026-12-01T08:00:00+00:00", "the offer 'winter' starts", "content/data/offers.yaml"),
        ("2027-01-01T08:00:00+00:00", "the offer 'winter' ends", "content/data/offers.yaml"),
    ]


@pytest.mark.parametrize(
    ("days", "now", "shown"),
    [
        # 8 March 2026 has 23 hours in California, 1 November 25.
        (("2026-03-08", "2026-03-08"), "2026-03-08T07:59:59Z", False),
        (("2026-03-08", "2026-03-08"), "2026-03-08T08:00:00Z", True),
        (("2026-03-08", "2026-03-08"), "2026-03-09T06:59:59Z", True),
        (("2026-03-08", "2026-03-08"), "2026-03-09T07:00:00Z", False),
        (("2026-11-01", "2026-11-01"), "2026-11-01T06:59:59Z", False),
        (("2026-11-01", "2026-11-01"), "2026-11-01T07:00:00Z", True),
        (("2026-11-01", "2026-11-01"), "2026-11-02T07:59:59Z", True),
        (("2026-11-01", "2026-11-01"), "2026-11-02T08:00:00Z", False),
    ],
)
def test_its_days_are_days_of_the_place(
    site: Make, days: tuple[str, str], now: str, shown: bool
) -> None:
    starts, ends = days
    offers = OFFER.format(terms="None.").replace("2026-12-01", starts).replace("2026-12-31", ends)
    built = site({"content/data/offers.yaml": offers}, now=datetime.fromisoformat(now))
    assert (b'class="offer' in built.made["index.html"].content) == shown


def test_the_example_of_the_real_site_offers_nothing() -> None:
    text = (sites.ROOT / "content/data/offers.yaml").read_text(encoding="utf-8")
    assert all(line.startswith("#") for line in text.splitlines())


# ---- laws

EVERY_KIND = {
    **sites.SAFETY,
    **TERMS,
    "content/conditions/index.md": sites.page("Where it hurts"),
    "content/conditions/knees.md": sites.page("Sore knees", sites.SAFE),
    "content/methods/ice.md": sites.page("An ice pack", sites.SAFE),
    "content/mechanisms/numb.md": sites.page("Numbness"),
    "content/guides/first.md": sites.page("A first visit"),
    "content/guides/harm.md": sites.page("Side effects", sensitive="true"),
    "content/guides/help.md": sites.page("Get help", urgent="{title: Stop., items: [Pain.]}"),
}
HEALTH = {"pages/safety", "conditions/index", "conditions/knees", "guides/harm", "guides/help"}
DAYS = st.dates(date(2026, 11, 1), date(2027, 1, 31))


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return sites.compose(sites.write(tmp_path_factory.mktemp("kinds"), EVERY_KIND)).site


@given(data=st.data())
def test_no_data_puts_an_offer_beside_a_health_worry(every_kind: Site, data: st.DataObject) -> None:
    """And none is shown on another day than its own, or without its last day and its terms."""
    ids = st.sampled_from([page.id for page in every_kind.pages])
    offers = st.builds(
        Offer,
        text=st.just("An offer"),
        label=st.sampled_from([None, "Book it"]),
        variants=st.lists(st.just(Wording(text="The other words", label=None)), max_size=2),
        terms=st.sampled_from(["pages/offer-terms", "pages/nowhere", "In a few words"]),
        starts=DAYS,
        ends=DAYS,
        pages=st.lists(ids, min_size=1),
    )
    given_offers = data.draw(st.dictionaries(st.sampled_from("abc"), offers, max_size=3))
    site = replace(every_kind, offers=given_offers, today=data.draw(DAYS))
    for page in site.pages:
        shown = offer_on(site, page)
        assert shown is None or page.id not in HEALTH
        if shown is not None:
            assert shown["terms"]["label"]
            assert any(
                one.starts <= site.today <= one.ends
                and page.id in one.pages
                and str(one.ends.year) in shown["ends"]
                for one in given_offers.values()
            )


def test_which_pages_are_about_health(every_kind: Site) -> None:
    assert {page.id for page in every_kind.pages if about_health(page.source)} == HEALTH


def test_words_of_the_first_language_stay_on_its_pages(every_kind: Site) -> None:
    starts = ends = every_kind.today
    one = Offer(text="An offer", terms="Words.", starts=starts, ends=ends)
    site = replace(every_kind, offers={"one": one})
    home = site.by_id["pages/index"]
    assert offer_on(site, home)
    assert offer_on(site, replace(home, source=replace(home.source, lang="es"))) is None


# ---- wordings

PAGES = [f"guides/{number}" for number in range(1000)]


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_a_new_wording_takes_pages_and_moves_none_between_the_others(count: int) -> None:
    before = {page: chosen(page, "winter", count) for page in PAGES}
    after = {page: chosen(page, "winter", count + 1) for page in PAGES}
    assert {after[page] for page in PAGES if after[page] != before[page]} == {count}
    fair = len(PAGES) / (count + 1)
    for number in range(count + 1):
        assert abs(list(after.values()).count(number) - fair) < fair / 4


def test_two_offers_split_the_pages_differently() -> None:
    assert [chosen(p, "winter", 2) for p in PAGES] != [chosen(p, "spring", 2) for p in PAGES]


VARIANTS = """\
  label: Book this offer
  pages: [pages/index, guides/a, guides/b, guides/c, guides/d]
  variants:
    - text: Come once for $40 in place of $60.
      label: Book for $40
    - text: For $40 in place of $60.
"""
WORDINGS = {
    "a": ("First session $40, usually $60.", "Book this offer"),
    "b": ("Come once for $40 in place of $60.", "Book for $40"),
    "c": ("For $40 in place of $60.", "Book this offer"),
}
GUIDES = {
    f"content/guides/{name}.md": sites.page(f"The guide {name}") for name in ("a", "b", "c", "d")
}


def test_every_page_has_one_wording_and_its_link_says_which(site: Make) -> None:
    built = site({**files(VARIANTS), **GUIDES}, now=DURING)
    seen = set()
    for output, slug in [("index.html", "home"), *((f"guides/{n}/index.html", n) for n in "abcd")]:
        html = strip(built.made[output].content.decode())
        id = "pages/index" if slug == "home" else f"guides/{slug}"
        mark = letter(chosen(id, "winter", 3))
        text, label = WORDINGS[mark]
        assert text in html
        assert f">{label}<span" in html
        assert content(html) == f"{slug}-winter-{mark}-offer"
        assert "offer" in built.made[output].facts.slots
        seen.add(mark)
    assert len(seen) > 1


def content(html: str) -> str:
    url = html.rpartition('<a href="')[2].partition('"')[0].replace("&amp;", "&")
    return parse_qs(urlsplit(url).query)["utm_content"][0]


def test_without_variants_the_link_has_no_mark(site: Make) -> None:
    built = site(files("  label: Book this offer\n"), now=DURING)
    assert content(strip(built.made["index.html"].content.decode())) == "home-winter-offer"


def test_the_name_of_an_offer_tells_nobody_what_hurts(site: Make) -> None:
    knees = {**sites.SAFETY, "content/conditions/knees.md": sites.page("Sore knees", sites.SAFE)}
    named = files("  label: Book this offer\n")
    named["content/data/offers.yaml"] = named["content/data/offers.yaml"].replace(
        "winter", "For-knees"
    )
    built = site({**named, **knees}, now=DURING)
    assert "knees" not in content(strip(built.made["index.html"].content.decode()))


BUTTONS = sites.SITE_YAML + "  variants: [Book your session, Book a visit]\n"
LABELS = ("Book a session", "Book your session", "Book a visit")


def test_the_button_has_one_name_a_page_and_its_links_say_which(site: Make) -> None:
    files = {"site.yaml": BUTTONS, **EVERY_KIND, **GUIDES}
    built = site(files)
    shown = set()
    for page in built.site.pages:
        html = built.made[page.route.output].content.decode()
        number = 0 if page.id in HEALTH else chosen(page.id, "booking", 3)
        assert [label for label in LABELS if f">{label}<svg" in html] == [LABELS[number]]
        links = html.count(f"-{letter(number)}-") if page.id not in HEALTH else 0
        assert bool(links) == (page.id not in HEALTH)
        shown.add(number)
    assert len(shown) == 3


def test_without_other_words_links_are_as_they_were(site: Make) -> None:
    html = site({}).made["index.html"].content.decode()
    assert "utm_content=home-header" in html


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


# ---- what is said of offers


def told(folder: Path, rules: set[str], files: dict[str, str], now: datetime = DURING) -> list[str]:
    found = sites.problems(sites.write(folder, files), now=now)
    return [
        f"{p.path.rpartition('/')[2]}:{p.line}:{p.column} {p.level} {p.rule}: {p.message}"
        for p in found
        if p.rule in rules
    ]


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"draft": "true"}, "is a draft"),
        ({"publish_at": "2026-12-02 09:00"}, "is not live yet"),
        ({"expires_at": "2026-12-31 12:00"}, "has expired"),
        ({"publish_at": "2026-12-01 00:00", "expires_at": "2027-01-01 00:00"}, ""),
    ],
)
def test_an_offer_that_waits_for_its_terms_is_named(
    tmp_path: Path, terms: dict[str, str], why: str
) -> None:
    page = {"content/pages/offer-terms.md": sites.page("Terms of the offer", **terms)}
    for now in (sites.NOW, DURING):
        said = told(tmp_path, {"offer-waits"}, {**files(), **page}, now)
        message = "offers.yaml:3:10 advice offer-waits: the offer 'winter' is not shown while"
        assert said == ([f"{message} 'pages/offer-terms', its terms, {why}"] if why else [])


def test_in_a_preview_a_draft_is_there(tmp_path: Path) -> None:
    page = {"content/pages/offer-terms.md": sites.page("Terms of the offer", draft="true")}
    found = sites.problems(sites.write(tmp_path, {**files(), **page}), now=DURING, drafts=True)
    assert "offer-waits" not in {problem.rule for problem in found}


def test_what_is_over_is_nobodys_worry(tmp_path: Path) -> None:
    page = {"content/pages/offer-terms.md": sites.page("Terms of the offer", draft="true")}
    later = datetime(2027, 2, 1, tzinfo=UTC)
    assert told(tmp_path, {"offer-waits"}, {**files(), **page}, later) == []


def test_two_offers_for_one_page_and_day(tmp_path: Path) -> None:
    second = OFFER.format(terms="None.").replace("winter", "second")
    overlap = second.replace("2026-12-31", "2027-01-05").replace("2026-12-01", "2026-12-24")
    after = overlap.replace("2026-12-24", "2027-01-01")
    assert told(tmp_path, {"offer-behind-another"}, files(overlap)) == [
        "offers.yaml:6:1 advice offer-behind-another: 'second' is not shown on pages/index from"
        " 2026-12-24 to 2026-12-31: 'winter' is"
    ]
    assert told(tmp_path, {"offer-behind-another"}, files(after)) == []


def test_a_wording_without_a_page_is_named(tmp_path: Path) -> None:
    variants = "  variants:\n    - text: Other words.\n"
    found = told(tmp_path, {"unused-wording"}, files(variants))
    unused = 1 - chosen("pages/index", "winter", 2)
    what = ["its own wording", "wording 'b'"][unused]
    assert [line.partition(": ")[2] for line in found] == [
        f"of the 1 pages of 'winter' none gets {what}"
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("First session $40 today, usually $60.", "today"),
        ("First session $40 this week, usually $60.", "this week"),
        ("First session $40, usually $60. Ends soon.", "Ends soon"),
        ("First session $40, usually $60. Only 3 days left.", "3 days left"),
        ("First session $40 until Friday, usually $60.", "until Friday"),
        ("First session $40 for a limited time, usually $60.", "limited time"),
        ("First session $40, usually $60, while it lasts.", "while it lasts"),
        ("First session $40 until December 24, usually $60.", "December 24"),
        ("First session $40 until 24th of December, usually $60.", "24th of December"),
        ("First session $40 until 12/24, usually $60.", "12/24"),
    ],
)
def test_words_that_go_stale_are_errors(tmp_path: Path, text: str, words: str) -> None:
    offers = OFFER.format(terms="None.").replace("First session $40, usually $60.", f'"{text}"')
    (line,) = told(tmp_path, {"offer-goes-stale"}, {"content/data/offers.yaml": offers})
    assert line.startswith("offers.yaml:2:9 error offer-goes-stale: ")
    assert repr(words) in line


@pytest.mark.parametrize(
    "text",
    ["First session $40, usually $60.", "May we invite you? $40, usually $60.", "The summer rate."],
)
def test_plain_words_do_not_go_stale(tmp_path: Path, text: str) -> None:
    offers = OFFER.format(terms="None.").replace("First session $40, usually $60.", f'"{text}"')
    assert told(tmp_path, {"offer-goes-stale"}, {"content/data/offers.yaml": offers}) == []


def test_variants_and_terms_are_read_as_well(tmp_path: Path) -> None:
    more = "  variants:\n    - text: Only today for $40.\n      label: Book now only\n"
    offers = OFFER.format(terms="Today only. Until 24 December for new clients.") + more
    found = told(tmp_path, {"offer-goes-stale"}, {"content/data/offers.yaml": offers})
    assert [line.partition(" ")[0] for line in found] == [
        "offers.yaml:3:10",
        "offers.yaml:7:13",
        "offers.yaml:8:14",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Come for 20% off.",
        "At half price.",
        "Use the promo code ICE.",
        "Your first session is free.",
    ],
)
def test_an_offer_written_by_hand_has_no_end(tmp_path: Path, words: str) -> None:
    rules = {"offer-without-end", "offer-on-health-page"}
    plain = {"content/guides/first.md": sites.page("A first visit", words)}
    (line,) = told(tmp_path, rules, plain)
    assert line.startswith("first.md:6:1 advice offer-without-end: ")
    ending = {
        "content/guides/first.md": sites.page("A visit", words, expires_at="2027-01-01 00:00")
    }
    assert told(tmp_path, rules, ending) == []
    health = {"content/guides/first.md": sites.page("A first visit", words, sensitive="true")}
    (line,) = told(tmp_path, rules, health)
    assert line.startswith("first.md:7:1 error offer-on-health-page: ")


def test_the_terms_themselves_and_a_refusal_are_no_offer(tmp_path: Path) -> None:
    terms = {"content/pages/offer-terms.md": sites.page("Terms", "The 20% off is for one visit.")}
    refusal = {"content/guides/a.md": sites.page("Our prices", "We never give 20% off.")}
    rules = {"offer-without-end", "offer-on-health-page"}
    assert told(tmp_path, rules, {**files(), **terms, **refusal}) == []


def test_a_template_cannot_bring_an_offer_to_a_health_page(tmp_path: Path) -> None:
    link = '<a href="https://booking.example/?utm_content=x-offer">Deal</a>'
    own = {**EVERY_KIND, "templates/parts/record.html": "{#- Own. -#}" + link}
    found = told(tmp_path, {"offer-on-health-page"}, own)
    assert (
        "knees.md:1:1 error offer-on-health-page: an offer stands on this page, which is about"
        " a condition" in found
    )
    assert not [line for line in found if line.startswith(("numb.md", "first.md"))]


def test_a_button_must_be_known_again(tmp_path: Path) -> None:
    words = "  variants: [Start now, book a  session, Book a visit, Book A Visit]\n"
    found = told(tmp_path, {"button-words"}, {"site.yaml": sites.SITE_YAML + words})
    assert found == [
        "site.yaml:7:14 error button-words: 'Start now' and 'Book a session' do not sound like the"
        " same button",
        "site.yaml:7:25 error button-words: 'book a  session' is there already",
        "site.yaml:7:56 error button-words: 'Book A Visit' is there already",
    ]


def test_a_button_nobody_sees_is_named(tmp_path: Path) -> None:
    words = "  variants: [Book a visit, Book an hour, Book it, Book us]\n"
    found = told(tmp_path, {"unused-wording"}, {"site.yaml": sites.SITE_YAML + words})
    assert len(found) == 4, "five names, one page"


def test_every_wording_is_read_for_claims(tmp_path: Path) -> None:
    offers = OFFER.format(terms="None.") + "  variants:\n    - text: Cold cures arthritis.\n"
    buttons = sites.SITE_YAML + "  variants: [Book a cure for arthritis]\n"
    write = {"content/data/offers.yaml": offers, "site.yaml": buttons}
    found = sites.problems(sites.write(tmp_path, write), now=DURING)
    paths = {problem.path for problem in found if problem.rule == "cure-claim"}
    assert paths == {"content/data/offers.yaml", "site.yaml"}
