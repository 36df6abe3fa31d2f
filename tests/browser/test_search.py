"""The search page: a full index without script, results as you type with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LOOKS, Look, Served, axe

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHONE, DESK = Look(360, "light"), Look(1280, "light")

FIRST = {
    "pins and needles": "/where-it-hurts/neuropathic-pain/",
    "pins & needles in my feet": "/where-it-hurts/neuropathic-pain/",
    "pacemaker": "/safety/",
    "can I go with a pacemakr": "/safety/",
    "I am pregnant": "/safety/",
    "embarazo": "/safety/",
    "MIGRANE": "/where-it-hurts/headaches-migraine/",
    "migraña": "/where-it-hurts/headaches-migraine/",
    "fibromialgya": "/where-it-hurts/fibromyalgia/",
    "slipped disc": "/where-it-hurts/low-back-pain/",
    "doms": "/where-it-hurts/muscle-pain/",
    "pulled muscle": "/where-it-hurts/muscle-pain/",
    "frozen shoulder": "/where-it-hurts/",
    "cold plunge": "/kinds-of-cold/cold-water/",
    "ice bath": "/kinds-of-cold/cold-water/",
    "arthritis": "/where-it-hurts/arthritis/",
    "headaches": "/where-it-hurts/headaches-migraine/",
    "privacy": "/privacy/",
    "circulation": "/how-cold-helps/circulation/",
    "frostbite": "/guides/side-effects/",
}
"""What people type -> the page that must stand first."""

SPANISH = {
    "¿Cómo ayuda el frío en la migraña?": "/es/donde-duele/dolor-cabeza-migrana/",
    "qué es la fibromialgia": "/es/donde-duele/fibromialgia/",
    "tengo un marcapasos": "/es/es-seguro-para-mi/",
    "Dónde duele": "/es/donde-duele/",
}
"""The same in Spanish, whose small words bear accents."""


def typed(page: Page, words: str) -> list[str]:
    """The addresses of the results."""
    page.get_by_role("searchbox").fill(words)
    settled(page, words)
    return addresses(page)


def settled(page: Page, words: str) -> None:
    """The answer to these words is on the page: the address changes with it."""
    page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=words)


def addresses(page: Page) -> list[str]:
    found = page.evaluate("[...document.querySelectorAll('#found a')].map(a => a.pathname)")
    return [str(address) for address in found]


def test_what_people_type_finds_the_page_that_answers_it(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    first: dict[str, str] = {}
    for words in FIRST:
        page.goto(f"{served.url}/search/")
        first[words] = (typed(page, words) or ["nothing"])[0]
    assert first == FIRST


def test_what_people_type_in_spanish_finds_it_too(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    first: dict[str, str] = {}
    for words in SPANISH:
        page.goto(f"{served.url}/es/buscar/")
        first[words] = (typed(page, words) or ["nothing"])[0]
    assert first == SPANISH


def test_results_come_as_you_type_and_are_announced(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(f"{served.url}/search/")
    status = page.get_by_role("status")
    assert status.inner_text() == ""
    page.get_by_role("searchbox").press_sequentially("neuro", delay=20)
    settled(page, "neuro")
    assert status.inner_text() == f"{len(addresses(page))} pages found"
    assert page.get_by_role("searchbox").input_value() == "neuro"
    assert page.url.endswith("/search/?q=neuro")


def test_an_address_with_a_query_shows_its_results(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.goto(f"{served.url}/search/?q=ice+bath")
    page.locator("#found a").first.wait_for()
    assert page.get_by_role("searchbox").input_value() == "ice bath"
    first = page.locator("#found li").first
    assert first.locator("a").inner_text() == "Cold water immersion: what studies show"
    assert first.locator("p").inner_text()
    assert ":" in first.locator(".meter").inner_text(), "a rating, in words"


def test_the_form_of_another_page_leads_here(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.goto(f"{served.url}/404.html")
    page.get_by_role("searchbox").fill("pacemaker")
    page.get_by_role("searchbox").press("Enter")
    page.locator("#found a").first.wait_for()
    assert page.url == f"{served.url}/search/?q=pacemaker"
    assert addresses(page)[0] == "/safety/"


def test_the_keyboard_walks_through_field_and_results(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.goto(f"{served.url}/search/")
    typed(page, "knee")
    field = "document.activeElement.id === 'q'"
    place = "[...document.querySelectorAll('#found a')].indexOf(document.activeElement)"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(place) == 1
    page.keyboard.press("ArrowUp")
    assert page.evaluate(place) == 0
    page.keyboard.press("Escape")
    assert page.evaluate(field)
    page.keyboard.press("Escape")
    assert page.evaluate(field)
    assert page.get_by_role("searchbox").input_value() == ""
    page.wait_for_function("() => !document.querySelector('#found li')")
    assert page.url == f"{served.url}/search/"
    page.keyboard.type("knee")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => {place} === 0")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)


def test_nothing_found_shows_the_way_on(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(f"{served.url}/search/")
    assert typed(page, "xylophone") == []
    assert page.get_by_role("status").inner_text() == "Nothing found for “xylophone”"
    assert page.locator("#nothing a[href='/safety/']").is_visible()
    assert page.locator("#nothing a[href='/contact/']").is_visible()
    assert page.locator(".index").first.is_visible()


def test_typed_markup_stays_text(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(f"{served.url}/search/")
    assert typed(page, "<img src=x>") == []
    assert page.locator("main img").count() == 0
    assert "<img src=x>" in page.get_by_role("status").inner_text()


def test_without_script_every_page_is_listed(served: Served, open_page: Open) -> None:
    page = open_page(PHONE, java_script_enabled=False)
    page.goto(f"{served.url}/search/?q=pacemaker")
    assert page.locator("noscript").is_visible()
    assert "Results need JavaScript" in page.content()
    listed = page.locator(".index a").evaluate_all("all => all.map(a => a.pathname)")
    site = served.built.site
    assert set(listed) == {
        one.route.url
        for one in site.pages
        if one.source.matter.robots == "index" and one.source.name != "index"
    }
    page.get_by_role("button", name="Search").click()
    assert page.url.startswith(f"{served.url}/search/?q=")


def test_a_failed_download_is_said_and_mended(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.route("**/search.*.json", lambda route: route.abort())
    page.goto(f"{served.url}/search/")
    typed(page, "knee")
    assert "could not load" in page.get_by_role("status").inner_text()
    page.unroute("**/search.*.json")
    assert typed(page, "knees")


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_axe_finds_nothing_in_results(
    served: Served, tools: Path, open_page: Open, look: Look, request: pytest.FixtureRequest
) -> None:
    page = open_page(look)
    page.goto(f"{served.url}/search/")
    found = []
    for name, words in {"results": "pins and needles", "nothing": "xylophone"}.items():
        typed(page, words)
        found += axe(page, tools)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if folder := request.config.getoption("--screenshots"):
            page.screenshot(path=Path(folder) / f"search-{name}-{look.name}.png", full_page=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", [PHONE, DESK], ids=lambda look: look.name)
def test_results_are_large_enough_to_tap(served: Served, open_page: Open, look: Look) -> None:
    page = open_page(look)
    page.goto(f"{served.url}/search/")
    typed(page, "cold")
    heights = page.evaluate(
        "[...document.querySelectorAll('#found a')].map(a => a.getBoundingClientRect().height)"
    )
    assert len(heights) == 20
    assert min(heights) >= 44
    assert "20 are shown" in page.get_by_role("status").inner_text()
