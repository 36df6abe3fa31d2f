"""The preview of the real site -> docs/images/: the pictures of docs/editing.md.

    python -m tests.browser.pictures

Needs Chromium. Nothing is drawn by hand: who changes the preview runs this again.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests import previewing, sites
from tests.browser.conftest import CHROMIUM, FLAGS

IMAGES = sites.ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
ARTICLE = "content/conditions/arthritis.md"
ADDRESS = "/where-it-hurts/arthritis/"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        source = copied(Path(folder, "site"))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with previewing.preview(source, now=sites.TODAY_SAID) as running:
            page = browser.new_page(viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
            page.goto(running.url + ADDRESS)
            expect(page.get_by_role("button", name="Editor", exact=True)).to_be_visible()
            mistake(page, source / ARTICLE)
            panel(page)
            page.goto(f"{running.url}/guides/flight/")
            expect(page.get_by_role("region", name="Not public")).to_be_visible()
            kept(page, "preview-draft")
        browser.close()


def copied(source: Path) -> Path:
    source.mkdir()
    shutil.copytree(sites.ROOT / "content", source / "content")
    shutil.copy(sites.ROOT / "site.yaml", source)
    draft = sites.page("Cold packs on a long flight", "Ask your airline.", draft="true")
    (source / "content/guides/flight.md").write_text(draft)
    return source


def mistake(page: Page, file: Path) -> None:
    text = file.read_text()
    file.write_text(text.replace("summary:", "sumary:", 1))
    told = page.get_by_role("dialog")
    expect(told).to_be_visible()
    kept(page, "preview-mistake")
    file.write_text(text)
    expect(told).to_be_hidden()


def panel(page: Page) -> None:
    page.keyboard.press("Alt+Shift+P")
    expect(page.get_by_role("heading", name="Findings")).to_be_visible()
    kept(page, "preview-panel")
    page.keyboard.press("Escape")


def kept(page: Page, name: str) -> None:
    page.evaluate("document.fonts.ready")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    shot.save(IMAGES / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
