"""Every page, as a visitor's browser sees it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import LOOKS, Look, Served, axe

pytestmark = pytest.mark.browser
Open = Callable[..., Page]

OVERFLOW = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('[role=region],svg'))
  .slice(0, 5).map(e => e.tagName + '.' + e.className)"""
SMALL = """() => [...document.querySelectorAll('a, button, summary, input, label:has(input)')]
  .filter(e => e.checkVisibility() && !e.closest('p, li, dd, td, th, caption, figcaption, .note')
               && !e.matches('.cite, .term, .skip'))
  // A card's title link covers its whole card.
  .map(e => [e, (e.closest('.card') || e).getBoundingClientRect()])
  .filter(([e, r]) => r.width > 0 && (r.height < 43.5 || r.width < 43.5))
  .map(([e, r]) => e.outerHTML.slice(0, 80) + ' ' + r.width + 'x' + r.height)"""


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_axe_finds_nothing(served: Served, tools: Path, open_page: Open, look: Look) -> None:
    page = open_page(look)
    found: list[str] = []
    for address in served.in_turn(LOOKS, look):
        page.goto(served.url + address)
        found += axe(page, tools)
    assert not found, "\n".join(found[:20])


def asked_for(page: Page, url: str) -> list[Request]:
    """Everything the page asks for until it is at rest."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.goto(url, wait_until="networkidle")
    return asked


@pytest.mark.parametrize("width", [360, 1280])
def test_a_first_view_asks_for_four_files_at_most(
    served: Served, open_page: Open, width: int
) -> None:
    """The page, two fonts, the styles of what follows; the search page its script as well."""
    for address in served.in_turn([360, 1280], width):
        page = open_page(Look(width, "light"))
        asked = asked_for(page, served.url + address)
        scripts = sum(request.url.endswith(".js") for request in asked)
        assert len(asked) - scripts <= 4, (address, asked)
        page.close()


SHIFT = """() => new Promise(done => {
  let sum = 0;
  const seen = list => list.getEntries().forEach(shift => sum += shift.value);
  new PerformanceObserver(seen).observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 200);
})"""
SLOW = {"latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000, "offline": False}


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_comes_in_on_a_slow_line(
    served: Served, open_page: Open, width: int
) -> None:
    """Whatever fonts the device has: ours come late, and wait for the next page."""
    pages = one_of_each(served)
    for address in (pages["home"], pages["condition"], pages["checklist"], "/es/"):
        page = open_page(Look(width, "light"))
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW)
        page.goto(served.url + address, wait_until="networkidle")
        assert page.evaluate(SHIFT) <= 0.02, address
        page.close()


def test_nothing_fails_and_nothing_leaves(served: Served, open_page: Open) -> None:
    """No console message, no failed request, no other origin, no policy violation."""
    page = open_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: None if request.url.startswith(served.url) else said.append(request.url),
    )
    page.on(
        "response",
        lambda response: (
            said.append(f"{response.status} {response.url}") if response.status >= 400 else None
        ),
    )
    for address in served.pages():
        page.goto(served.url + address)
    assert not said, "\n".join(said[:20])


WIDTHS = {320: False, 360: True, 640: False, 1280: True, 1920: False}
"""Whether what can be pressed is measured there as well."""


def test_no_page_scrolls_sideways_and_targets_are_large_enough(
    served: Served, open_page: Open
) -> None:
    """A page is opened once and made narrower and wider, as a window is."""
    page = open_page(Look(1920, "light"))
    faults: dict[tuple[str, int], object] = {}
    for address in served.pages():
        page.goto(served.url + address)
        for width, pressed in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": 800})
            if wide := overflow(page):
                faults[address, width] = wide
            elif pressed and (small := page.evaluate(SMALL)):
                faults[address, width] = small[:5]
    assert not faults


def test_text_of_twice_the_size_fits_and_spacing_may_be_widened(
    served: Served, open_page: Open
) -> None:
    """WCAG 1.4.4 and 1.4.12."""
    page = open_page(Look(1280, "light"), bypass_csp=True)
    wide: dict[tuple[str, str], object] = {}
    for address in served.pages():
        page.goto(served.url + address)
        for name, width, style in LARGER:
            page.set_viewport_size({"width": width, "height": 800})
            added = page.add_style_tag(content=style)
            if found := overflow(page):
                wide[address, name] = found
            added.evaluate("style => style.remove()")
    assert not wide


LARGER = (
    ("twice the size", 640, "html{font-size:200%}"),
    ("twice the size on a desk", 1280, "html{font-size:200%}"),
    (
        "wider spacing",
        360,
        "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
        "p{margin-block-end:2em!important}",
    ),
)


def overflow(page: Page) -> object:
    """What sticks out at the right; nothing when nothing scrolls sideways."""
    scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return scrolls and (page.evaluate(OVERFLOW) or "something")


def test_the_ways_of_looking_can_see(open_page: Open) -> None:
    page = open_page(Look(360, "light"))
    page.set_content("<p><a href=/x>x</a></p><div><a href=/y>y</a></div>")
    assert not overflow(page)
    assert len(page.evaluate(SMALL)) == 1
    page.set_content("<div style='width: 500px'>x</div>")
    assert overflow(page)


def test_everything_can_be_read_and_booked_without_script(served: Served, open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    for address in served.pages():
        page.goto(served.url + address)
        assert page.locator("h1").is_visible(), address
        assert page.locator('a[href*="utm_content"]').first.count(), address


def test_every_page_is_valid_html(served: Served, tools: Path) -> None:
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout"]
    command += ["--exit-zero-always", "--skip-non-html", str(served.root)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    messages = [
        f"{message['url'].rpartition('/site/')[2]}:{message.get('lastLine')}: {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        # The validator's CSS half does not know container queries, @property and the like.
        if message["type"] != "info" and not message["message"].startswith("CSS:")
    ]
    assert not messages, "\n".join(messages[:20])


def test_pictures_for_people(
    served: Served, open_page: Open, request: pytest.FixtureRequest
) -> None:
    """One page of every kind x 2 widths x 2 schemes, when a folder is named."""
    folder = request.config.getoption("--screenshots")
    if folder is None:
        assert one_of_each(served), "there is a page of every kind to look at"
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        page = open_page(look)
        for name, address in one_of_each(served).items():
            page.goto(served.url + address)
            page.evaluate("document.fonts.ready")
            page.screenshot(path=Path(folder) / f"{name}-{look.name}.png", full_page=True)


def one_of_each(served: Served) -> dict[str, str]:
    """The first page of every kind and layout."""
    found: dict[str, str] = {}
    for page in served.built.site.pages:
        layout = getattr(page.source.matter, "layout", "page")
        name = "hub" if page.source.is_hub else page.source.kind.name
        found.setdefault(name if layout == "page" else layout, page.route.url)
    return found
