"""The preview in a real Chromium: what an editor sees when she saves, errs and looks around."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests import previewing, sites
from tests.browser.conftest import LOOKS, Look, axe
from tests.previewing import Running

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
PHONE, DESK = Look(360, "light"), Look(1280, "light")
ARTICLE = "content/conditions/arthritis.md"
ADDRESS = "/where-it-hurts/arthritis/"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, to be edited."""
    folder = tmp_path_factory.mktemp("site") / "site"
    folder.mkdir()
    shutil.copytree(sites.ROOT / "content", folder / "content")
    shutil.copy(sites.ROOT / "site.yaml", folder)
    draft = sites.page("A quiet draft", "Nobody has read this.", draft="true")
    (folder / "content/guides/draft.md").write_text(draft)
    return folder


@pytest.fixture(scope="module")
def running(source: Path) -> Iterator[Running]:
    with previewing.preview(source, now=sites.TODAY_SAID) as one:
        yield one


@pytest.fixture
def article(source: Path, running: Running) -> Iterator[Path]:
    """To be changed; afterwards it is as it was, and the preview has seen that."""
    file = source / ARTICLE
    text, page = file.read_text(), running.fetch(ADDRESS)
    yield file
    file.write_text(f"{text}\nBack.\n")
    assert running.shows(ADDRESS, "Back.") >= 0
    file.write_text(text)
    assert previewing.until(lambda: running.fetch(ADDRESS) == page)


@pytest.fixture
def visit(running: Running, open_page: Open) -> Iterator[Callable[..., Page]]:
    """Open a page of the preview and wait until it is connected; what its console complains of
    is a failure, but for pages that are not there."""
    said: list[str] = []

    def complaint(message: ConsoleMessage) -> None:
        if message.type == "error" and "404" not in message.text:
            said.append(message.text)

    def visited(path: str = ADDRESS, look: Look = DESK) -> Page:
        page = open_page(look)
        page.on("console", complaint)
        page.on("pageerror", lambda failed: said.append(str(failed)))
        page.goto(running.url + path)
        expect(page.get_by_role("button", name="Editor", exact=True)).to_be_visible()
        page.wait_for_function("window.same = true")  # also when it is just being loaded again
        return page

    yield visited
    assert not said


def stayed(page: Page) -> bool:
    """It was not loaded again."""
    return bool(page.evaluate("window.same === true"))


def mistake(file: Path) -> None:
    file.write_text(file.read_text().replace("description:", "descripton:", 1))


def opened(page: Page, tab: str = "This page") -> Page:
    # A page that was just loaded again hears no key before its preview is there.
    expect(page.get_by_role("button", name="Editor", exact=True)).to_be_visible()
    page.keyboard.press("Alt+Shift+P")
    page.get_by_role("button", name=tab).click()
    expect(page.locator(".panel-body h2")).to_be_visible()
    return page


# ------------------------------------------------------------------------------ saving


def test_a_save_is_on_the_page_at_once(article: Path, visit: Callable[..., Page]) -> None:
    page = visit()
    text = article.read_text()
    for word in ("Harbour", "Window", "Bench"):
        article.write_text(f"{text}\n{word} stands here.\n")
        expect(page.locator("main")).to_contain_text(f"{word} stands here.")


def test_rapid_saves_are_never_lost(article: Path, visit: Callable[..., Page]) -> None:
    page = visit()
    text = article.read_text()
    for turn in range(12):
        article.write_text(f"{text}\nSave {previewing.letters(turn)} stands here.\n")
        time.sleep(0.04)
    expect(page.locator("main")).to_contain_text(f"Save {previewing.letters(11)} stands here.")


def test_a_page_that_did_not_change_stays_as_it_is(
    article: Path, visit: Callable[..., Page], running: Running
) -> None:
    page = visit("/privacy/")
    article.write_text(f"{article.read_text()}\nThe harbour stands here.\n")
    assert running.shows(ADDRESS, "The harbour stands here.") >= 0
    page.wait_for_timeout(300)
    assert stayed(page)


def test_other_styles_are_put_on_without_loading(
    source: Path, visit: Callable[..., Page], running: Running
) -> None:
    page = visit()
    page.evaluate("document.querySelector('main').append(document.createElement('input'))")
    page.locator("main input").fill("half a word")
    page.evaluate("scrollTo(0, 900)")
    own = source / "assets/css/utilities.css"
    own.parent.mkdir(parents=True)
    shipped = (sites.ROOT / "assets/css/utilities.css").read_text()
    try:
        own.write_text(f"{shipped}\nh2 {{ font-style: italic; }}\n")
        expect(page.locator("main h2").first).to_have_css("font-style", "italic")
        assert running.shows(ADDRESS, "font-style:italic") >= 0
        page.wait_for_timeout(300)
        assert stayed(page)
        assert page.evaluate("scrollY") == 900
        assert page.locator("main input").input_value() == "half a word"
        own.write_text(f"{shipped}\nh2 {{ font-style: italic; \n@import")
        expect(page.get_by_role("dialog")).to_be_visible()
    finally:
        shutil.rmtree(source / "assets")
    expect(page.locator("main h2").first).not_to_have_css("font-style", "italic")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert stayed(page)


def test_a_page_that_comes_and_goes(source: Path, visit: Callable[..., Page]) -> None:
    file = source / "content/guides/new.md"
    page = visit("/guides/new/look/../")
    assert "no page here" in page.locator("h1").inner_text().lower() or page.title()
    file.write_text(sites.page("A new guide", "Fresh words."))
    expect(page.locator("main")).to_contain_text("Fresh words.")
    file.unlink()
    expect(page.locator("main")).not_to_contain_text("Fresh words.")


def test_pages_find_a_preview_that_was_begun_anew(
    tmp_path: Path, open_page: Open, browser: object
) -> None:
    source = previewing.start(tmp_path / "site")
    with previewing.preview(source) as first:
        page = open_page(DESK)
        page.goto(f"{first.url}/guides/calm/")
        expect(page.get_by_role("button", name="Editor", exact=True)).to_be_visible()
    (source / "content/guides/calm.md").write_text(sites.page("Calm", "Said meanwhile."))
    with previewing.preview(source, first.port):
        expect(page.locator("main")).to_contain_text("Said meanwhile.", timeout=20_000)


# ------------------------------------------------------------------------------ mistakes


def test_a_mistake_is_told_on_the_page_and_clears_itself(
    article: Path, visit: Callable[..., Page]
) -> None:
    page = visit()
    text = article.read_text()
    mistake(article)
    told = page.get_by_role("dialog", name="One thing to mend")
    expect(told).to_be_visible()
    expect(told).to_contain_text("unknown field 'descripton'")
    expect(told).to_contain_text("did you mean 'description'?")
    expect(told.locator("pre")).to_contain_text("descripton: ")
    expect(page.get_by_role("status")).to_have_text(
        "One thing to mend. The page shows the last good state."
    )
    link = told.get_by_role("link", name="Open in editor").get_attribute("href")
    assert link == f"vscode://file{article.as_posix()}:4:1"
    expect(page.locator("h1")).to_be_visible()
    article.write_text(text)
    expect(told).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("Mended. The page is up to date.")
    assert stayed(page)


def test_it_can_be_put_aside_with_the_keyboard(article: Path, visit: Callable[..., Page]) -> None:
    page = visit()
    mistake(article)
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    pill = page.get_by_role("button", name="One thing to mend")
    expect(pill).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_focused()


def test_whoever_comes_later_is_told_as_well(article: Path, visit: Callable[..., Page]) -> None:
    mistake(article)
    page = visit("/privacy/")
    expect(page.get_by_role("dialog")).to_be_visible()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Why: unknown-field").click()
    expect(popup.value.get_by_role("heading", level=1)).to_be_visible()


# ------------------------------------------------------------------------------ the panel


def test_the_panel_opens_and_is_remembered(visit: Callable[..., Page]) -> None:
    page = opened(visit(), "Whole site")
    expect(page.get_by_role("heading", name="Heaviest pages")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Heaviest pages")).to_be_visible()
    page.get_by_role("button", name="Close the editor's panel").click()
    expect(page.get_by_role("complementary", name="Editor's panel")).to_be_hidden()
    expect(page.get_by_role("button", name="Editor", exact=True)).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Editor", exact=True)).to_be_visible()
    expect(page.get_by_role("complementary", name="Editor's panel")).to_be_hidden()


def test_a_finding_leads_to_its_place(article: Path, visit: Callable[..., Page]) -> None:
    article.write_text(f"{article.read_text()}\nAt the very end stands teh wrong word.\n")
    page = visit()
    expect(page.locator("main")).to_contain_text("teh wrong word")
    opened(page)
    row = page.locator(".finding", has_text="teh")
    expect(row).to_be_visible()
    row.get_by_role("button", name="Show").click()
    expect(page.get_by_role("status")).to_have_text("Marked on the page")
    assert marked(page).startswith("teh wrong word")
    top = "[...CSS.highlights.get('coldpress')][0].getBoundingClientRect().top"
    assert 0 < int(page.evaluate(top)) < 800
    assert row.locator("a.file").get_attribute("href") == (
        f"vscode://file{article.as_posix()}:{len(article.read_text().splitlines())}:24"
    )


def marked(page: Page) -> str:
    return str(page.evaluate("[...CSS.highlights.get('coldpress')].join('')"))


def test_every_sentence_the_panel_names_is_found_on_its_page(
    visit: Callable[..., Page],
) -> None:
    """Of the pages of the real site: hardest sentences, claims and links."""
    missed = []
    for path in ("/", ADDRESS, "/guides/side-effects/", "/how-cold-helps/numbness/"):
        page = opened(visit(path))
        page.evaluate("localStorage.clear()")
        for summary in page.locator(".panel-body summary").all():
            summary.click()
        shows = page.locator(".panel-body button.find")
        for number in range(shows.count()):
            shows.nth(number).click()
        missed += [(path, words) for words in page.locator("button.unseen").all_inner_texts()]
        assert shows.count() > 5
    assert not missed


def test_on_a_phone_the_panel_makes_room_for_the_place(visit: Callable[..., Page]) -> None:
    page = opened(visit(look=PHONE))
    page.locator(".quotes button.find").first.click()
    expect(page.get_by_role("complementary", name="Editor's panel")).to_be_hidden()
    assert marked(page)


def test_the_panel_follows_a_save(article: Path, visit: Callable[..., Page]) -> None:
    page = opened(visit())
    expect(page.locator(".finding", has_text="teh")).to_be_hidden()
    article.write_text(f"{article.read_text()}\nAt the end stands teh word.\n")
    expect(page.locator(".finding", has_text="teh")).to_be_visible()
    mistake(article)
    expect(page.locator(".panel .finding.error")).to_contain_text("Unknown field 'descripton'")


def test_a_draft_says_that_it_is_one(visit: Callable[..., Page]) -> None:
    page = visit("/guides/draft/")
    expect(page.get_by_role("region", name="Not public")).to_contain_text("Only this preview")
    expect(visit().get_by_role("region", name="Not public")).to_have_count(0)


# ------------------------------------------------------------------------------ for everyone


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_no_barrier(
    article: Path, visit: Callable[..., Page], tools: Path, look: Look, running: Running
) -> None:
    """axe finds nothing in the preview's parts: bar, panel with all open, overlay, pill, rule."""
    assert not axe(visit("/guides/draft/", look), tools)
    page = opened(visit(look=look))
    for summary in page.locator(".panel-body summary").all():
        summary.click()
    assert not axe(page, tools)
    assert fits(page)
    page.get_by_role("button", name="Whole site").click()
    expect(page.get_by_role("heading", name="Heaviest pages")).to_be_visible()
    assert not axe(page, tools)
    page.get_by_role("button", name="Close the editor's panel").click()
    mistake(article)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert not axe(page, tools)
    page.keyboard.press("Escape")
    assert not axe(page, tools)
    assert fits(page)
    page.goto(f"{running.url}/__coldpress/rules/unknown-field/")
    assert not axe(page, tools)
    assert fits(page)


def fits(page: Page) -> bool:
    """Nothing makes the page, or the panel, wider than its room."""
    return bool(
        page.evaluate(
            """() => {
              const host = [...document.querySelectorAll('coldpress-preview')].at(-1);
              const body = host?.shadowRoot.querySelector('.panel-body');
              return document.documentElement.scrollWidth <= innerWidth
                && (!body || body.scrollWidth <= body.clientWidth);
            }"""
        )
    )
