"""What belongs on one line stands on it: words and their signs, titles side by side, a line and its
dots.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Look, Served

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

TORN = """() => [...document.querySelectorAll('.nb:has(.term)')].filter(e => {
    const lines = [...e.childNodes].filter(n => n.nodeType === 3).map(n => {
      const range = document.createRange(); range.selectNodeContents(n);
      return range.getBoundingClientRect(); });
    const term = e.querySelector('.term').getBoundingClientRect();
    return term.width && lines.some(one => one.bottom < term.top + 3 || one.top > term.bottom - 3);
  }).map(e => e.textContent.slice(0, 60))"""
MIDDLE = "e => { const r = e.getBoundingClientRect(); return r.top + r.height / 2; }"


@pytest.mark.parametrize("width", [320, 360])
def test_no_line_begins_with_the_sign_behind_a_term(
    served: Served, open_page: Open, width: int
) -> None:
    page = open_page(Look(width, "light"))
    torn: dict[str, list[str]] = {}
    for address in served.pages():
        page.goto(served.url + address)
        if found := page.evaluate(TORN):
            torn[address] = found
    assert not torn
    page.goto(served.url + "/safety/")
    page.evaluate("document.querySelectorAll('.nb').forEach(e => e.style.whiteSpace = 'normal')")
    seen = []
    for narrower in range(200, width):
        page.evaluate(f"document.body.style.inlineSize = '{narrower}px'")
        seen += page.evaluate(TORN)
    assert seen, "this way of looking sees it"


def test_titles_of_one_and_of_two_lines_begin_side_by_side(served: Served, open_page: Open) -> None:
    page = open_page(Look(1280, "light"))
    page.goto(served.url + "/")
    titles = page.evaluate(
        """() => [...document.querySelectorAll('.card :is(h2, h3) a')].map(e => {
          const range = document.createRange(); range.selectNodeContents(e);
          return [range.getBoundingClientRect().top, range.getBoundingClientRect().height]; })"""
    )
    assert len({height for _top, height in titles}) > 1
    assert len({top for top, _height in titles}) == 1


def test_the_line_of_a_visit_runs_through_its_dots(served: Served, open_page: Open) -> None:
    page = open_page(Look(1280, "light"))
    page.goto(served.url + "/")
    dot, line = page.evaluate(
        """() => ['::before', '::after'].map(part => {
          const style = getComputedStyle(document.querySelector('.steps li'), part);
          return parseFloat(style.top) + parseFloat(style.height) / 2; })"""
    )
    assert abs(dot - line) < 0.6


def test_a_row_has_its_title_beside_its_icon(served: Served, open_page: Open) -> None:
    page = open_page(Look(1280, "light"))
    page.goto(served.url + "/guides/cryotherapy-and-chronic-pain/")
    row = page.locator(".links a:has(svg):not(:has(.meter))").first
    icon, title = row.locator("svg").evaluate(MIDDLE), row.locator("span").evaluate(MIDDLE)
    assert abs(icon - title) < 1
    plain = page.locator(".links a:not(:has(svg))").first
    start = "e => e.getBoundingClientRect().left + parseFloat(getComputedStyle(e).paddingLeft)"
    words = plain.locator("span").first.evaluate("e => e.getBoundingClientRect().left")
    assert abs(plain.evaluate(start) - words) < 2


@pytest.mark.parametrize(
    "address", ["/how-cold-helps/numbness/", "/es/como-ayuda-el-frio/adormecimiento/"]
)
def test_labels_of_the_nerves_keep_off_the_spinal_cord(
    served: Served, open_page: Open, address: str
) -> None:
    """At 360 px, where they are largest; the cord begins at 355 of 400."""
    page = open_page(Look(360, "light"))
    page.goto(served.url + address)
    ends = page.evaluate(
        """() => [...document.querySelectorAll('.fig text')].map(e => e.getBBox())
          .map(box => box.x + box.width)"""
    )
    assert ends
    assert max(ends) < 355
