"""The forms in a real browser: change a title, see the file and the page change; nothing is asked
of anybody else."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from coldpress.editor import bundle
from coldpress.editor.desk import Desk
from coldpress.editor.pages import Pages
from coldpress.editor.server import DeskServer
from coldpress.problems import OperationError
from tests import sites
from tests.browser.conftest import LOOKS, needed

pytestmark = pytest.mark.browser

PAGE = """\
---
# A note for whoever edits this.
title: "Cold or heat?"   # the question people ask
description: "Which of the two may help, when it may, and whom you should ask before you try it."
order: 010
key_points:
  - Ask first.   # always
---

Some *words* that   stay.
"""
CACHE = sites.ROOT / ".coldpress"


@pytest.fixture(scope="module")
def forms() -> Path:
    """Fetched once, with npm, and kept where `edit --fetch` keeps it."""
    try:
        needed(bundle.is_there(CACHE) or shutil.which("npm"), "npm")
        return bundle.fetch(CACHE)
    except OperationError as failed:
        needed(None, failed.message)
        raise


@pytest.fixture
def server(tmp_path: Path, forms: Path) -> Iterator[DeskServer]:
    words = "cold:\n  term: Cold  # the feeling\n  definition: No warmth.\n"
    files = {"content/guides/cold-or-heat.md": PAGE, "content/data/glossary.yaml": words}
    folder = sites.write(tmp_path, files)
    pages = Pages(sites.options(folder, drafts=True), print)
    pages.rebuild()
    made = DeskServer(Desk(folder), forms, pages.now, pages.rebuild, 0)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def visit(server: DeskServer, open_page: Any) -> Iterator[Page]:
    """A browser for which there is nothing in the world but this server."""
    page: Page = open_page(LOOKS[2])
    outside: list[str] = []

    def only_ours(route: Route) -> None:
        url = route.request.url
        if url.startswith((f"http://{server.own[0]}/", "blob:", "data:")):
            route.continue_()
        else:
            outside.append(url)
            route.abort()

    page.route("**/*", only_ours)
    page.goto(server.address)
    page.get_by_role("heading", name="Collections").wait_for()
    yield page
    assert outside == []


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).first.click()
    page.get_by_text("Publish now").click()
    page.get_by_text("Changes saved", exact=False).first.wait_for()


def test_a_title_changes_in_the_file_and_on_the_page(server: DeskServer, visit: Page) -> None:
    file = server.desk.root / "content/guides/cold-or-heat.md"
    visit.goto(f"{server.address}#/collections/guides/entries/cold-or-heat")
    title = visit.locator("input[id^=title-field]")
    title.wait_for()
    assert title.input_value() == "Cold or heat?"
    title.fill('Warm: is it "better"?')
    publish(visit)
    assert file.read_text() == PAGE.replace("Cold or heat?", 'Warm: is it \\"better\\"?')
    visit.goto(f"http://{server.own[0]}/guides/cold-or-heat/")
    assert visit.locator("h1").inner_text() == 'Warm: is it "better"?'


def test_a_text_is_saved_as_it_is_typed(server: DeskServer, visit: Page) -> None:
    file = server.desk.root / "content/guides/cold-or-heat.md"
    visit.goto(f"{server.address}#/collections/guides/entries/cold-or-heat")
    text = visit.locator("[data-slate-editor]").last
    text.wait_for()
    text.click()
    visit.keyboard.press("Control+End")
    visit.keyboard.type(" And [one](x) more.")
    publish(visit)
    assert file.read_text() == PAGE.replace("stay.", "stay. And [one](x) more.")


def test_a_record_keeps_its_comment(server: DeskServer, visit: Page) -> None:
    file = server.desk.root / "content/data/glossary.yaml"
    visit.goto(f"{server.address}#/collections/records/entries/glossary")
    visit.locator("[class*=ListItemTopBar] button").first.click()
    visit.locator("input[id^=spanish-field]").fill("frío")
    publish(visit)
    assert file.read_text() == (
        "cold:\n  term: Cold  # the feeling\n  definition: No warmth.\n  spanish: frío\n"
    )


def test_what_will_not_do_is_told_and_not_written(server: DeskServer, visit: Page) -> None:
    file = server.desk.root / "content/guides/cold-or-heat.md"
    visit.goto(f"{server.address}#/collections/guides/entries/cold-or-heat")
    field = visit.locator("input[id^=description-field]")
    field.wait_for()
    field.fill("short")
    visit.get_by_role("button", name="Publish", exact=True).first.click()
    visit.get_by_text("Publish now").click()
    visit.get_by_text("'description' is too short", exact=False).first.wait_for()
    assert file.read_text() == PAGE
