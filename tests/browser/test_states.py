"""What opens, closes, prints and can be reached with the keyboard."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import LOOKS, Look, Served, axe

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHONE, DESK = Look(360, "light"), Look(1280, "light")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))


def test_the_first_stop_skips_to_the_text(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.goto(served.url + "/")
    page.keyboard.press("Tab")
    assert 'class="skip"' in focused(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_menu_opens_is_walked_and_gives_focus_back(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(served.url + "/")
    button = page.locator("button[popovertarget=nav]")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("#nav").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('#nav')")
    page.keyboard.press("Escape")
    assert not page.locator("#nav a").first.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == "nav"


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_open_menu_citation_and_question_have_no_violations(
    served: Served, tools: Path, open_page: Open, look: Look
) -> None:
    page = open_page(look)
    found: list[str] = []
    if look.width < 1024:
        page.goto(served.url + "/")
        page.locator("button[popovertarget=nav]").click()
        found += axe(page, tools)
    page.goto(served.url + "/how-cold-helps/numbness/")
    page.locator("button.cite").first.click()
    assert page.locator(".note:popover-open").is_visible()
    found += axe(page, tools)
    page.goto(served.url + "/faq/")
    page.locator("main .qa summary").first.click()
    found += axe(page, tools)
    assert not found, "\n".join(found)


def test_a_citation_closes_and_gives_focus_back(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.goto(served.url + "/how-cold-helps/numbness/")
    cite = page.locator("main .cite").first
    cite.focus()
    page.keyboard.press("Enter")
    assert page.locator(".note:popover-open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".note:popover-open").count() == 0
    assert "cite" in focused(page)


def test_the_pins_of_the_body_map_come_in_their_printed_order(
    served: Served, open_page: Open
) -> None:
    page = open_page(DESK)
    page.goto(served.url + "/")
    names = page.evaluate(
        "[...document.querySelectorAll('svg a')].map(a => a.getAttribute('aria-label'))"
    )
    numbers = [int(re.match(r"\d+", name)[0]) for name in names]  # type: ignore[index]
    assert numbers == sorted(numbers)
    assert numbers[0] == 1


@pytest.mark.parametrize("look", [PHONE, DESK], ids=lambda look: look.name)
def test_focus_is_never_hidden(served: Served, open_page: Open, look: Look) -> None:
    """Tab through a long page: the focused element is on screen and not under the booking bar."""
    page = open_page(look)
    page.goto(served.url + "/where-it-hurts/arthritis/")
    for _ in range(60):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return false;
            const r = e.getBoundingClientRect(), x = r.left + Math.min(r.width, 40) / 2;
            const y = r.top + Math.min(r.height, innerHeight) / 2;
            if (r.bottom <= 0 || r.top >= innerHeight) return e.outerHTML.slice(0, 90);
            const top = document.elementFromPoint(x, y);
            return top && (e.contains(top) || top.contains(e) || top.closest('label')) ? false
              : e.outerHTML.slice(0, 90) + ' under ' + (top && top.outerHTML.slice(0, 60)); }"""
        )
        assert not hidden


def test_hand_outs_print_on_two_pages(served: Served, open_page: Open, tmp_path: Path) -> None:
    page, file = open_page(DESK), tmp_path / "page.pdf"
    longer: dict[tuple[str, str], int] = {}
    for address in hand_outs(served):
        page.goto(served.url + address)
        for paper in ("Letter", "A4"):
            page.pdf(path=file, format=paper)
            info = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True)
            pages = int(re.search(r"Pages:\s+(\d+)", info.stdout)[1])  # type: ignore[index]
            if pages > 2:
                longer[address, paper] = pages
    assert not longer


def hand_outs(served: Served) -> list[str]:
    """Conditions and the safety page, in every language."""
    return [
        page.route.url
        for edition in served.built.site.editions
        for page in edition.pages
        if page.id == "pages/safety"
        or (page.source.kind.name == "condition" and not page.source.is_hub)
    ]


def test_print_has_no_violations(served: Served, tools: Path, open_page: Open) -> None:
    page = open_page(DESK)
    page.emulate_media(media="print")
    found: list[str] = []
    for address in ("/", "/safety/", "/where-it-hurts/arthritis/", "/faq/"):
        page.goto(served.url + address)
        found += axe(page, tools)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("height", [600, 800])
def test_the_booking_link_beside_the_text_is_never_cut(
    served: Served, open_page: Open, height: int
) -> None:
    """However long the contents above it are: they scroll."""
    page = open_page(DESK)
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto(served.url + "/where-it-hurts/fibromyalgia/")
    page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 1500)")
    box = page.locator(".side .btn").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height
    assert page.evaluate(
        "(toc => toc.scrollHeight > toc.clientHeight)(document.querySelector('.toc'))"
    )


def test_paper_has_what_backgrounds_say_and_small_drawings(served: Served, open_page: Open) -> None:
    page = open_page(DESK)
    page.emulate_media(media="print")
    page.goto(served.url + "/guides/your-first-session/")
    kept = """([selector, part]) => [...document.querySelectorAll(selector)]
        .map(e => getComputedStyle(e, part).printColorAdjust)"""
    for spot in ((".meter b", ""), (".steps li", "::before"), (".steps li", "::after")):
        found = page.evaluate(kept, spot)
        assert found, spot
        assert set(found) == {"exact"}, spot
    drawing = page.locator(".fig svg").bounding_box()
    assert drawing is not None
    assert drawing["height"] < 350  # of the 1,000 px of a page


def test_only_on_paper_is_there_a_box_to_tick(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    page.goto(served.url + "/safety/")
    border = "getComputedStyle(document.querySelector('.check li'), '::before').borderTopWidth"
    assert page.evaluate(border) == "0px"
    page.emulate_media(media="print")
    assert page.evaluate(border) != "0px"


def test_without_styles_the_order_makes_sense(served: Served, open_page: Open) -> None:
    """Skip link, menu, title, answer, rating, text, booking, footer."""
    page = open_page(DESK, bypass_csp=True)
    page.goto(served.url + "/where-it-hurts/arthritis/")
    page.evaluate("document.querySelectorAll('style').forEach(s => s.remove())")
    wanted = [".skip", "header", "main", "h1", ".answer", ".ratings", "#key-points"]
    wanted += [".care", "section.book", "#references", "footer"]
    tops = page.evaluate(
        "names => names.map(n => document.querySelector(n).getBoundingClientRect().top)", wanted
    )
    assert tops == sorted(tops), dict(zip(wanted, tops, strict=True))
    assert page.locator("main a").first.is_visible()


def test_layout_does_not_shift(served: Served, open_page: Open) -> None:
    page = open_page(PHONE)
    for address in ("/", "/how-cold-helps/numbness/", "/where-it-hurts/arthritis/"):
        page.goto(served.url + address)
        shift = page.evaluate(
            """() => new Promise(done => { let sum = 0;
            new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value))
              .observe({type: 'layout-shift', buffered: true});
            setTimeout(() => done(sum), 300); })"""
        )
        assert shift == 0, address
