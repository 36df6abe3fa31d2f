"""The preview's catalogue, looked at as the pages are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from coldpress import pipeline
from tests import sites
from tests.browser.conftest import LOOKS, Look, axe

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
OFFER = """\
try:
  text: First session $40, usually $60.
  terms: pages/offer-terms
  starts: 2026-11-01
  ends: 2026-12-31
"""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real look with drafts shown, and a small site that has an offer."""
    folder = sites.write(
        tmp_path_factory.mktemp("preview"),
        {
            "content/data/offers.yaml": OFFER,
            "content/pages/offer-terms.md": sites.page("Terms of the offer"),
        },
    )
    options = sites.options(folder, drafts=True, base_url="http://preview.example")
    pipeline.build(options)
    return options.output


def shown(page: Page, preview: Path, address: str) -> Page:
    """No server: every file is answered from the folder."""

    def answer(route: object) -> None:
        path = route.request.url.removeprefix("http://preview.example/")  # type: ignore[attr-defined]
        path += "index.html" if path.endswith("/") or not path else ""
        route.fulfill(path=preview / path)  # type: ignore[attr-defined]

    page.route("http://preview.example/**", answer)
    page.goto(f"http://preview.example{address}")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("address", ["/catalogue/", "/"])
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_axe_finds_nothing(
    preview: Path, tools: Path, open_page: Open, look: Look, address: str
) -> None:
    """The home page stands for the offer strip, which only shows between header and band."""
    found = axe(shown(open_page(look), preview, address), tools)
    assert not found, "\n".join(found[:20])


def test_what_opens_has_no_violations(preview: Path, tools: Path, open_page: Open) -> None:
    page = shown(open_page(LOOKS[0]), preview, "/catalogue/")
    page.locator("#components-question .dark summary").first.click()
    page.locator("#components-citation .dark .cite").first.click()
    assert page.locator(".note:popover-open").is_visible()
    found = axe(page, tools)
    assert not found, "\n".join(found[:20])


def test_a_note_opened_in_the_dark_is_dark(preview: Path, open_page: Open) -> None:
    """In the top layer too a specimen keeps its scheme."""
    page = shown(open_page(LOOKS[0]), preview, "/catalogue/")
    colours = set()
    for scheme in ("light", "dark"):
        page.locator(f"#components-citation .{scheme} .term").click()
        note = page.locator(".note:popover-open")
        colours.add(note.evaluate("e => getComputedStyle(e).backgroundColor"))
        page.keyboard.press("Escape")
    assert colours == {"rgb(255, 255, 255)", "rgb(8, 32, 41)"}


@pytest.mark.parametrize("width", [320, 360, 1280, 1920])
def test_it_does_not_scroll_sideways(preview: Path, open_page: Open, width: int) -> None:
    page = shown(open_page(Look(width, "light")), preview, "/catalogue/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_offer_is_one_line_that_hides_nothing(preview: Path, open_page: Open) -> None:
    page = shown(open_page(Look(1280, "light")), preview, "/")
    strip = page.locator("aside.offer").bounding_box()
    header = page.locator("header").bounding_box()
    title = page.locator("h1").bounding_box()
    assert strip
    assert header
    assert title
    assert strip["y"] == pytest.approx(header["y"] + header["height"])
    assert strip["height"] < 60
    assert title["y"] >= strip["y"] + strip["height"]


def test_it_is_valid_html(preview: Path, tools: Path) -> None:
    jar = tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    files = [preview / "catalogue" / "index.html", preview / "index.html"]
    command = ["java", "-Xss8m", "-jar", str(jar), "--format", "json", "--stdout"]
    run = subprocess.run(
        [*command, "--exit-zero-always", *map(str, files)],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = [
        f"{message.get('lastLine')}: {message['message']}"
        for message in json.loads(run.stdout)["messages"]
        if message["type"] != "info" and not message["message"].startswith("CSS:")
    ]
    assert not messages, "\n".join(messages[:20])


def test_pictures_for_people(
    preview: Path, open_page: Open, request: pytest.FixtureRequest
) -> None:
    folder = request.config.getoption("--screenshots")
    for width in (360, 1280) if folder else ():
        page = shown(open_page(Look(width, "light")), preview, "/catalogue/")
        page.screenshot(path=Path(folder) / f"catalogue-{width}.png", full_page=True)
    assert (preview / "catalogue" / "index.html").is_file()
