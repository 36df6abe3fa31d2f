"""The preview, as a browser, an editor and a stranger meet it.

How many edits and requests: COLDPRESS_EDITS and COLDPRESS_REQUESTS; at full size 500 and 10,000.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from coldpress.memory.inputs import Sign
from coldpress.memory.session import Session
from coldpress.model import Options
from coldpress.preview import follow
from coldpress.preview.difference import Reloaded, Restyled, difference
from coldpress.preview.doors import refusal
from coldpress.preview.drawing import HERE, asset, tokens
from coldpress.preview.editors import EDITORS, editor_of
from coldpress.preview.follow import Follower, untold
from coldpress.preview.generation import (
    AT_HAND,
    Found,
    Generation,
    Moved,
    Shelf,
    generation_of,
    look_up,
)
from coldpress.preview.overlay import Surroundings
from coldpress.preview.panel import Desk
from coldpress.preview.rules import rule_page
from coldpress.preview.server import injected
from coldpress.preview.spots import words_at
from coldpress.preview.talk import understood
from coldpress.preview.workshop import State, Workshop
from coldpress.problems import OperationError, Place, error
from coldpress.rulebook import rulebook
from tests import previewing, sites
from tests.previewing import NOW, Editor, Running, clean, until
from tests.sizes import SEED, size

EDITS = size("EDITS", 12, 500)
REQUESTS = size("REQUESTS", 300, 10_000)
Heard = list[dict[str, Any]]
SCRIPT = b'<script type="module" src="/__coldpress/preview.js" data-coldpress="'


def generation(source: Path, **changed: object) -> Generation:
    from coldpress import pipeline  # noqa: PLC0415  beside its options

    options = sites.options(source, drafts=True, **changed)
    session = Session(options)
    built = pipeline.compose(options, session=session)
    return generation_of(1, built, session, options.now)


# ------------------------------------------------------------------------------ who may come in


GOOD = {"Host": "127.0.0.1:8000"}


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST:8000"]
)
def test_this_machine_may_come_in(host: str) -> None:
    assert refusal("GET", {"Host": host}, 8000) is None
    assert refusal("HEAD", {"Host": host, "Origin": f"http://{host}"}, 8000) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": ""},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1:8001"},
        {"Host": "evil.example:8000"},
        {"Host": "127.0.0.1.evil.example:8000"},
        {"Host": "localhost:8000@evil.example"},
        {"Host": "0.0.0.0:8000"},
        {"Host": "192.168.0.2:8000"},
        {**GOOD, "Origin": "http://evil.example"},
        {**GOOD, "Origin": "https://127.0.0.1:8000"},
        {**GOOD, "Origin": "http://127.0.0.1:9000"},
        {**GOOD, "Origin": "null"},
        {**GOOD, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {
            **GOOD,
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "iframe",
        },
    ],
)
def test_nobody_else_may(headers: dict[str, str]) -> None:
    refused = refusal("GET", headers, 8000)
    assert refused is not None
    assert refused.status == 403


def test_a_link_from_another_site_may_be_followed() -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert refusal("GET", {**GOOD, **visit, "Sec-Fetch-Dest": "document"}, 8000) is None


def test_the_usual_port_need_not_be_named() -> None:
    assert refusal("GET", {"Host": "localhost"}, 80) is None


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", ""])
def test_it_can_only_be_read(method: str) -> None:
    refused = refusal(method, GOOD, 8000)
    assert refused is not None
    assert refused.status == 405


# ------------------------------------------------------------------------------ what is found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    folder = tmp_path_factory.mktemp("shown")
    files = {
        "site.yaml": sites.SITE_YAML.replace("harbour.example", "harbour.example/a/b", 1),
        "content/guides/a.md": sites.page("First", "Words.", aliases="[/old/]"),
        "content/guides/draft.md": sites.page("A draft", draft="true"),
        "content/guides/later.md": sites.page("Later", publish_at="2027-03-01 09:00"),
        "content/guides/over.md": sites.page("Over", expires_at="2026-01-01 09:00"),
        "content/pages/not-found.md": sites.page(
            "Nothing here", layout="not-found", no_booking='"Nobody books here."'
        ),
    }
    return generation(sites.write(folder, files))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/a/b/", "index.html"),
        ("/a/b/guides/a/", "guides/a/index.html"),
        ("/a/b/guides/%61/", "guides/a/index.html"),
        ("/a/b/guides/a/index.html", "guides/a/index.html"),
        ("/a/b/sitemap.xml", "sitemap.xml"),
        ("/a/b/old/", "old/index.html"),
    ],
)
def test_what_was_built_is_found(shown: Generation, path: str, found: str) -> None:
    assert look_up(shown, path) == Found(found, shown.shas[found])


@pytest.mark.parametrize(
    ("path", "to"), [("/", "/a/b/"), ("/a/b", "/a/b/"), ("/a/b/guides/a", "/a/b/guides/a/")]
)
def test_addresses_lead_on_as_on_a_host(shown: Generation, path: str, to: str) -> None:
    assert look_up(shown, path) == Moved(to)


@pytest.mark.parametrize(
    "path",
    [
        "/a/b/no/",
        "/a/bc/",
        "/guides/a/",
        "/a/b/../b/guides/a/",
        "/a/b/%2e%2e/site.yaml",
        "/a/b/..%2f..%2fsite.yaml",
        "/a/b/.coldpress.json",
        "/a/b/.coldpress/store.sqlite",
        "/a/b/.git/config",
        "/a/b//guides/a/",
        "//evil.example/guides",
        "/a/b/guides\\a/",
        "/a/b/guides/a%00/",
        "/a/b/%ff/",
        "/a/b/%",
        "/a/b/%zz/",
        "/etc/passwd",
        "",
        "*",
        "http://evil.example/",
    ],
)
def test_nothing_else_is(shown: Generation, path: str) -> None:
    assert look_up(shown, path) == Found("404.html", shown.shas["404.html"], 404)


def test_a_site_without_such_a_page_says_nothing(shown: Generation) -> None:
    bare = replace(shown, shas={k: v for k, v in shown.shas.items() if k != "404.html"})
    assert look_up(bare, "/a/b/no/") is None


@pytest.mark.parametrize(
    ("name", "standing"),
    [("a", "live"), ("draft", "draft"), ("later", "scheduled"), ("over", "expired")],
)
def test_every_page_is_shown_and_says_how_it_stands(
    shown: Generation, name: str, standing: str
) -> None:
    assert shown.standing(f"guides/{name}/index.html") == standing
    bar = Surroundings(Path(), editor_of("", Path()))(State(1, shown), f"guides/{name}/index.html")[
        "bar"
    ]
    words = {
        "live": "",
        "draft": "Only this preview shows it",
        "scheduled": "1 March 2027, 09:00 PST",
        "expired": "1 January 2026, 09:00 PST",
    }
    assert words[standing] in bar
    assert bool(bar) == (standing != "live")


def test_the_shelf_keeps_what_was_asked_for_last(shown: Generation) -> None:
    shelf = Shelf()
    found = Found("index.html", shown.shas["index.html"])
    content = shelf.content(shown, found)
    assert content == shown.made["index.html"].content
    for number in range(AT_HAND):
        shelf.content(shown, Found("index.html", str(number)))
        if number == 3:
            assert shelf.content(shown, found) is content
    assert shelf.at_hand(found.sha) is content
    assert shelf.at_hand("0") is None


# ------------------------------------------------------------------------------ what a page does


PAGE = b"<html><head><style>a{}</style></head><body class='x'><p>Hi</p></body></html>"


def test_other_styles_alone_are_put_in_their_place() -> None:
    assert difference(PAGE, PAGE.replace(b"a{}", b"b{}")) == Restyled(("b{}",))


@pytest.mark.parametrize("had", [None, b"", PAGE.replace(b"Hi", b"Ho")])
def test_any_other_change_is_another_page(had: bytes | None) -> None:
    assert difference(had, PAGE) == Reloaded()


def test_one_script_goes_in_and_nothing_else() -> None:
    page = injected(PAGE, "abc")
    assert page == PAGE.replace(b"</body>", SCRIPT + b'abc"></script></body>')
    assert injected(b"no end", "").startswith(b"no end<script")


@pytest.mark.parametrize(
    "message",
    ["", "{", "[]", "null", "1", '{"command":"page"}', '{"command":"page","path":1,"sha":""}',
     '{"command":"hello"}', "[" * 5000, f'{{"command":"page","path":"{"x" * 9999}","sha":""}}'],
)  # fmt: skip
def test_what_is_no_page_is_not_understood(message: str) -> None:
    assert understood(message) is None


def test_a_page_introduces_itself() -> None:
    assert understood('{"command":"page","path":"/x/","sha":"1"}') == ("/x/", "1")


# ------------------------------------------------------------------------------ editors, rules


def test_files_open_in_the_editor_that_is_wanted(tmp_path: Path) -> None:
    site = Path("/home/me/my site")
    link = editor_of("", site).link("content/a.md", 4, 2)
    assert link == "vscode://file/home/me/my%20site/content/a.md:4:2"
    assert editor_of("none", site).link("content/a.md") == ""
    own = editor_of("x-edit://open?f={path}&l={line}", site)
    assert own.link("a.md", 3) == "x-edit://open?f=/home/me/my%20site/a.md&l=3"
    assert all(editor_of(name, site).link("a.md") for name in EDITORS if name != "none")


@pytest.mark.parametrize("asked", ["vscod", "javascript:alert('{path}')", "data:{path}", "vi"])
def test_what_is_no_editor_is_said(asked: str) -> None:
    with pytest.raises(OperationError, match="is no editor"):
        editor_of(asked, Path("/"))


def test_every_rule_has_its_page() -> None:
    for rule in rulebook():
        text = rule_page(rule.name)
        assert text is not None
        assert f"<code>{rule.name}</code>" in text
        assert "<script" not in text
    assert rule_page("no-such-rule") is None
    assert rule_page("../rulebook") is None


@pytest.mark.parametrize("name", ["preview.js", "panel.js", "place.js", "preview.css"])
def test_its_own_files_are_served(name: str) -> None:
    found = asset(name)
    assert found is not None
    assert found[1] == (HERE / "assets" / name).read_bytes()


def test_and_no_others() -> None:
    for name in ("", "nothing.js", "../server.py", "..", "x/preview.js", "preview.py"):
        assert asset(name) is None
    assert asset("tokens.css") == ("text/css; charset=utf-8", tokens())
    assert b":host {" in tokens()


# ------------------------------------------------------------------------------ words on the page


def test_a_line_of_the_file_is_found_by_its_words(tmp_path: Path) -> None:
    body = "Start.\n\n## A heading {.sunk}\n\nSome **bold** words [here](a.md)\nand more.\n\n- item"
    source = sites.write(tmp_path, {"content/guides/a.md": sites.page("First", body)})
    page = next(p for p in generation(source).site.pages if p.source.name == "a")
    line = page.source.body_line
    offset = page.source.body.split("\n").index("Some **bold** words [here](a.md)")
    tries = ("Some bold words here and more.", "Some bold words here", "A heading")
    assert words_at(page, line + offset).split("|") == list(tries)
    assert words_at(page, line + offset, 6).startswith("bold words here and more.")
    assert words_at(page, 2) == "First", "a field of the front matter: the title is what one sees"
    assert words_at(page, 10_000) == ""


# ------------------------------------------------------------------------------ panel and overlay


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    """The real site."""
    return generation(sites.ROOT)


def desk(source: Path = sites.ROOT) -> Desk:
    return Desk(source, editor_of("", source))


def test_the_panel_tells_of_every_page(full: Generation) -> None:
    here, state = desk(), State(1, full)
    for output, page in full.site.by_output.items():
        text = here.page(state, output)
        for heading in ("Findings", "In search results", "When it is shared", "Reading",
                        "Claims and evidence", "Links in its text", "Booking", "Weight",
                        "Review", "Planned"):  # fmt: skip
            assert f"<h3>{heading}" in text, (output, heading)
        assert f"vscode://file{sites.ROOT.as_posix()}/{page.source.path}:1:1" in text


def test_the_panel_tells_of_the_site(full: Generation) -> None:
    text = desk().site(State(1, full))
    assert f"{sum(len(site.ids) for site in full.site.editions)} pages" in text
    assert "unconfirmed-fact" in text
    assert "Never reviewed" in text


def test_the_panel_says_when_there_is_no_text(full: Generation) -> None:
    assert "made by the build" in desk().page(State(1, full), "catalogue/index.html")
    assert "nothing at this address" in desk().page(State(1, full), "")
    with pytest.raises(LookupError):
        desk().page(State(), "")


PANELLED = """\
::: ask "Ask your doctor first if you:"
- have heart disease
:::

Cold may ease pain for a while. {long} [Next](b.md), [out](https://other.example/).
"""


@pytest.fixture
def panelled(tmp_path: Path) -> tuple[Path, Generation]:
    words = "The room which was not seen by anybody who had been there was then " * 5
    files = {
        "content/guides/a.md": sites.page(
            "First", PANELLED.format(long=words), publish_at="2027-03-01 09:00",
            no_booking='"It is a list."',
        ),
        "content/guides/b.md": sites.page("Second", "See [a](a.md). Teh end.", draft="true"),
        "content/guides/c.md": sites.page("Third", "Words.", robots="noindex"),
        **sites.SAFETY,
    }  # fmt: skip
    source = sites.write(tmp_path / "site", files)
    return source, generation(source)


def test_the_panel_of_a_page(panelled: tuple[Path, Generation]) -> None:
    source, shown = panelled
    text = desk(source).page(State(1, shown), "guides/a/index.html")
    assert "To other pages (1)" in text
    assert "To other sites (1)" in text
    assert "Texts that lead here (1)" in text
    assert "Goes live: 1 March 2027, 09:00 PST" in text
    assert "No card: It is a list." in text
    assert 'data-words="The room which was not seen' in text
    second = desk(source).page(State(1, shown), "guides/b/index.html")
    assert "It is a draft" in second
    assert "misspelled-word" in second
    third = desk(source).page(State(1, shown), "guides/c/index.html")
    assert "asked not to show this page" in third


def test_the_panel_says_that_it_shows_the_last_good_page(
    panelled: tuple[Path, Generation],
) -> None:
    source, shown = panelled
    bad = error("dead-link", Place("content/guides/a.md", 9, 1), "nothing 'there'", "mend it")
    state = State(2, shown, problems=(bad,))
    text = desk(source).page(state, "guides/a/index.html")
    assert "of the last good build" in text
    assert "Nothing &#39;there&#39;" in text
    assert "1 of them drafts, 1 not public yet" in desk(source).site(state)


def test_the_overlay_says_what_the_terminal_says(tmp_path: Path) -> None:
    source = sites.write(
        tmp_path, {"content/guides/a.md": "---\ntitle: A\nsumary: <b>x</b>\n---\n"}
    )
    many = [
        error("unknown-field", Place("content/guides/a.md", 3, 1 + n), f"unknown {n}", "mend it")
        for n in range(25)
    ]
    around = Surroundings(source, editor_of("", source))
    words = around(State(1, None, problems=tuple(many)), "")
    assert words["problems"] == 25
    assert words["trouble"].count("<h3>") == 20
    assert "And 5 more" in words["trouble"]
    assert "3 | sumary: &lt;b&gt;x" in words["trouble"]
    assert "\n    | ^</pre>" in words["trouble"]
    assert "/__coldpress/rules/unknown-field/" in words["trouble"]
    assert f"vscode://file{source.as_posix()}/content/guides/a.md:3:1" in words["trouble"]
    assert "There is no page yet" in words["trouble"]
    held = around(State(1, None, failure=("the disk is full", "make room")), "")
    assert held["problems"] == 1
    assert "the disk is full" in held["trouble"]
    quiet = Surroundings(source, editor_of("none", source))(
        State(1, None, problems=tuple(many[:1])), ""
    )
    assert "Open in editor" not in quiet["trouble"]


# ------------------------------------------------------------------------------ at home only


def test_nothing_of_the_preview_is_in_a_built_site(full: Generation, tmp_path: Path) -> None:
    own = [path.read_bytes() for path in (HERE / "assets").iterdir()]
    built = sites.compose(sites.ROOT)
    for output, made in built.made.items():
        content = made.content
        assert b"coldpress-preview" not in content, output
        assert b"__coldpress" not in content, output
        assert content not in own, output


# ------------------------------------------------------------------------------ the workshop


class Bench:
    """Workshop and follower at work on a site, and all that they told."""

    def __init__(self, options: Options, **more: object) -> None:
        self.told: list[State] = []
        self.workshop = Workshop(options, self.told.append, **more)  # type: ignore[arg-type]
        self.follower = Follower(options.source, self.workshop.want)
        self.thread = threading.Thread(target=self.workshop.run, daemon=True)

    def __enter__(self) -> Bench:
        self.follower.start()
        self.thread.start()
        assert until(lambda: bool(self.told), 60)
        time.sleep(0.5)  # until the folders are watched
        return self

    def __exit__(self, *_: object) -> None:
        self.follower.stop()
        self.workshop.close()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def outcome(self) -> previewing.Outcome:
        state = self.workshop.state
        if state.problems:
            return tuple(f"{p.path}:{p.line}: {p.message}" for p in state.problems)
        assert state.shown is not None, state.failure
        return dict(state.shown.shas)


def bench_of(source: Path, **more: object) -> Bench:
    options = sites.options(source, drafts=True, allow_shrink=True)
    return Bench(options, **{"quiet": 0.05, **more})  # what was put off is made up for at once


def test_after_every_edit_the_preview_is_what_a_clean_build_makes(tmp_path: Path) -> None:
    source = previewing.start(tmp_path / "site")
    editor = Editor(source, SEED)
    with bench_of(source) as bench:
        for _ in range(EDITS):
            was = editor.edit()
            wanted = clean(source)
            assert until(lambda w=wanted: bench.outcome() == w, 20), (  # type: ignore[misc]
                f"seed {SEED}, edit {was}: {differs(bench.outcome(), wanted)}"
            )
            assert not bench.workshop.state.failure, was


def differs(has: previewing.Outcome, wanted: previewing.Outcome) -> object:
    if isinstance(has, dict) and isinstance(wanted, dict):
        return sorted(k for k in has.keys() | wanted.keys() if has.get(k) != wanted.get(k))
    return has, wanted


def test_a_save_that_the_system_told_of_is_built_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is looked at every so often; what is seen then was built already."""
    monkeypatch.setattr(follow, "LOOK", 0.3)
    source = previewing.start(tmp_path / "site")
    file = source / "content/guides/calm.md"
    with bench_of(source, quiet=60) as bench:
        tried = bench.workshop.tried
        for number in range(3):
            file.write_text(file.read_text() + f"\nMore {number}.\n")
            assert until(lambda n=number: bench.workshop.tried > tried + n, 20)  # type: ignore[misc]
            time.sleep(1)  # three looks
        assert bench.workshop.tried == tried + 3


def test_what_makes_edits_quick_is_ready_before_the_first(tmp_path: Path) -> None:
    with bench_of(previewing.start(tmp_path / "site"), quiet=60) as bench:
        assert until(lambda: bench.workshop.session.readers is not None, 20)
        assert bench.workshop.written


ONE, OTHER, GONE = (1, 1, 1, 1, 1), (2, 2, 2, 2, 2), None


@pytest.mark.parametrize(
    ("before", "now", "told", "news"),
    [
        (ONE, ONE, {}, False),
        (ONE, OTHER, {}, True),
        (ONE, OTHER, {"a.md": OTHER}, False),
        (ONE, OTHER, {"a.md": ONE}, True),  # told of, and changed once more without a word
        (ONE, GONE, {}, True),
        (ONE, GONE, {"a.md": GONE}, False),
        (GONE, ONE, {}, True),
        (GONE, ONE, {"a.md": ONE}, False),
        (GONE, ONE, {"a.md": GONE}, True),
    ],
)
def test_what_nobody_told_of_is_news(
    before: Sign | None, now: Sign | None, told: dict[str, Sign | None], news: bool
) -> None:
    earlier, later = ({"a.md": sign} if sign else {} for sign in (before, now))
    assert untold(earlier, later, told) == ({"a.md"} if news else set())


def test_no_state_is_ever_a_mixture(tmp_path: Path) -> None:
    """One save after another, each of them changes every page: what is shown is one of them."""
    source = previewing.start(tmp_path / "site")
    footers = [f"<footer>{word}</footer>" for word in previewing.WORDS]
    with bench_of(source) as bench:
        for footer in footers:
            file = source / "templates/parts/footer.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(footer)
            time.sleep(0.15)
        assert until(lambda: pages_with(bench.workshop.state, footers[-1]), 20)
        for state in bench.told[1:]:
            assert state.shown is not None
            assert sum(pages_with(state, footer) for footer in footers) <= 1


def pages_with(state: State, words: str) -> bool:
    """Do all pages say so? Fails when only some do."""
    assert state.shown is not None
    site = state.shown.site
    found = {words.encode() in state.shown.made[output].content for output in site.by_output}
    assert len(found) == 1, words
    return found.pop()


def test_search_learns_of_an_edit_when_nobody_waits(tmp_path: Path) -> None:
    """Its index takes longer than a page. It is never half of one build and half of another."""
    pages = {"content/pages/search.md": sites.page("Search", layout="search", no_booking="None")}
    source = previewing.start(tmp_path / "site")
    sites.write(source, pages)
    workshop = Workshop(sites.options(source, drafts=True), lambda _state: None)
    before = workshop.attempt(hurried=True).shown
    file = source / "content/guides/calm.md"
    file.write_text(file.read_text() + "\nZanzibar.\n")
    now = workshop.attempt(hurried=True).shown
    assert before is not None
    assert now is not None
    changed = {one for one in now.shas if now.shas[one] != before.shas.get(one)}
    assert changed == {"guides/calm/index.html"}
    assert workshop.session.owing
    assert workshop.attempt().shown.shas == clean(source)  # type: ignore[union-attr]
    assert not workshop.session.owing


def test_a_save_does_not_wait_for_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"content/pages/search.md": sites.page("Search", layout="search", no_booking="None")}
    source = previewing.start(tmp_path / "site")
    sites.write(source, pages)
    workshop = Workshop(sites.options(source, drafts=True), lambda _state: None)
    workshop.state = workshop.attempt(hurried=True)
    file = source / "content/guides/calm.md"
    file.write_text(file.read_text() + "\nZanzibar.\n")
    workshop.state = workshop.attempt(hurried=True)
    with monkeypatch.context() as slow:
        module = sys.modules["coldpress.outputs.search"]
        slow.setattr(module, "search_index", lambda _site: time.sleep(60))
        threading.Timer(0.3, workshop.wanted.set).start()
        started = time.perf_counter()
        assert workshop.attempt() is workshop.state
        assert time.perf_counter() - started < 20
    assert workshop.session.owing
    workshop.wanted.clear()
    assert workshop.attempt().shown.shas == clean(source)  # type: ignore[union-attr]
    assert not workshop.session.owing


def test_what_was_learnt_is_written_down_and_the_next_start_is_quick(tmp_path: Path) -> None:
    source = previewing.start(tmp_path / "site")
    with bench_of(source):
        pass
    again = Session(sites.options(source, drafts=True))
    assert again.rows.outputs


def test_our_own_fault_ends_nothing(tmp_path: Path) -> None:
    source = previewing.start(tmp_path / "site")
    workshop = Workshop(sites.options(source, drafts=True), lambda _state: None)
    workshop.state = workshop.attempt()
    workshop.session.rows.texts["content/guides/calm.md"] = None  # type: ignore[assignment]
    (source / "content/guides/cool.md").write_text(sites.page("Cool", "Other words."))
    state = workshop.attempt()
    assert state.failure is not None
    assert "stumbled" in state.failure[0]
    assert state.shown is workshop.state.shown, "the last good build stays"
    again = workshop.attempt()
    assert again.shown is not None
    assert dict(again.shown.shas) == clean(source)


def test_time_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coldpress.preview import workshop  # noqa: PLC0415  its clock is turned

    monkeypatch.setattr(workshop, "TICK", 0.3)
    monkeypatch.setattr(workshop, "QUIET", 0.1)
    source = previewing.start(tmp_path / "site")
    later = sites.page("Later", publish_at="2026-11-24 09:00")
    (source / "content/guides/later.md").write_text(later)
    hours = iter(range(0, 10**6, 24))
    clock = lambda: datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(hours=next(hours))  # noqa: E731
    with bench_of(source, clock=clock) as bench:
        output = "guides/later/index.html"

        def standing() -> str:
            shown = bench.workshop.state.shown
            return shown.standing(output) if shown else ""

        assert bench.told[0].shown is not None
        assert bench.told[0].shown.standing(output) == "scheduled"
        assert until(lambda: standing() == "live")


# ------------------------------------------------------------------------------ the whole of it


@pytest.fixture
def source(tmp_path: Path) -> Path:
    files = {
        "content/guides/a.md": sites.page("First", "The first words."),
        "content/guides/b.md": sites.page("A draft", "Not ready.", draft="true"),
        "content/pages/not-found.md": sites.page(
            "Nothing here", "Go on.", layout="not-found", no_booking='"Nobody books here."'
        ),
    }
    return sites.write(tmp_path / "site", files)


@pytest.fixture
def running(source: Path) -> Iterator[Running]:
    with previewing.preview(source) as one:
        yield one


def bare(page: bytes) -> bytes:
    """Without our script."""
    start = page.find(SCRIPT)
    return page[:start] + page[page.find(b"</script>", start) + 9 :] if start >= 0 else page


def test_the_served_site_is_the_built_site_but_for_one_script(
    source: Path, running: Running
) -> None:
    shown = generation(source)
    for output, made in shown.made.items():
        status, content = running.fetch(f"/{output}")
        assert status == 200, output
        assert content.count(SCRIPT) == (1 if output.endswith(".html") else 0)
        assert bare(content) == made.content, output
    assert running.fetch("/", "HEAD") == (200, b"")
    assert running.fetch("/no/")[0] == 404
    assert b"Nothing here" in running.fetch("/no/")[1]
    assert running.fetch("/guides/a?x=1")[0] == 302
    assert running.headers("/guides/a?x=1")["Location"] == "/guides/a/?x=1"


def test_a_save_shows_and_a_mistake_keeps_the_last_good_page(
    source: Path, running: Running
) -> None:
    guide = source / "content/guides/a.md"
    page = "/guides/a/"
    assert running.shows(page, "The first words.") >= 0
    assert running.shows("/guides/b/", "Not ready.") >= 0, "drafts are in the preview"
    guide.write_text(sites.page("First", "The second words."))
    assert running.shows(page, "The second words.") >= 0
    guide.write_text("---\ntitle: First\n")
    assert until(lambda: "error[" in running.log.read_text())
    assert running.shows(page, "The second words.", 1) >= 0
    guide.write_text(sites.page("First", "The third words."))
    assert running.shows(page, "The third words.") >= 0
    assert not (source / "output").exists(), "the preview never touches output/"
    assert "Traceback" not in running.log.read_text()


def test_the_base_path_is_that_of_production_and_may_change(tmp_path: Path) -> None:
    source = previewing.start(tmp_path / "site")
    with previewing.preview(source) as running:
        assert running.fetch("/guides/calm/")[0] == 200
        site = sites.SITE_YAML.replace("harbour.example", "harbour.example/sub", 1)
        (source / "site.yaml").write_text(site)
        assert running.shows("/sub/guides/calm/", 'href="/sub/') >= 0
        assert running.headers("/")["Location"] == "/sub/"
        assert running.fetch("/guides/calm/")[0] == 404


def test_tools_and_headers(source: Path, running: Running) -> None:
    for path in ("frame", "panel?page=/guides/a/", "panel?page=/no/", "site", "preview.js"):
        assert running.fetch(f"/__coldpress/{path}")[0] == 200, path
    assert running.fetch("/__coldpress/rules/unknown-field/")[0] == 200
    for path in ("", "nothing", "rules/", "rules/none/", "../site.yaml", "server.py"):
        assert running.fetch(f"/__coldpress/{path}")[0] in (302, 404), path
    headers = running.headers("/")
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Server" not in headers
    icon = next(o for o in generation(source).made if o.endswith(".svg"))
    drawn = running.headers(f"/{icon}")
    assert "sandbox" in drawn["Content-Security-Policy"]
    assert running.fetch(f"/{icon}", **{"If-None-Match": drawn["Etag"]}) == (304, b"")


def test_before_the_first_good_build_it_waits(tmp_path: Path) -> None:
    files = {"content/guides/a.md": "---\ntitle: First\n"}
    source = sites.write(tmp_path / "site", files)
    port = previewing.free_port()
    command = [sys.executable, str(sites.ROOT / "build.py"), "serve", "--source", str(source)]
    command += ["--port", str(port), "--no-browser", "--now", NOW]
    log = tmp_path / "log"
    with log.open("w") as out, subprocess.Popen(command, stderr=out) as process:
        running = Running(port, process, log)  # type: ignore[arg-type]
        try:
            assert until(lambda: running.fetch("/")[0] == 503, 60)
            assert running.fetch("/__coldpress/site")[0] == 404
            assert until(lambda: "error[" in log.read_text(), 60)
            (source / "content/guides/a.md").write_text(sites.page("First", "Words."))
            assert running.shows("/guides/a/", "Words.") >= 0
        finally:
            process.terminate()


def test_a_port_that_is_taken_is_said_so(source: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, str(sites.ROOT / "build.py"), "serve", "--source", str(source)]
        command += ["--port", str(port), "--no-browser"]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 3
    assert "cannot be used" in run.stderr
    assert "Traceback" not in run.stderr


# ------------------------------------------------------------------------------ strangers

SECRET = b"harbour"
"""Stands on every page of the site."""


def test_strangers_get_nothing(running: Running) -> None:
    assert SECRET in running.fetch("/")[1].lower()
    attacks = [
        {"Host": "evil.example"},
        {"Host": f"evil.example:{running.port}"},
        {"Host": f"127.0.0.1.nip.example:{running.port}"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"},
    ]
    paths = ("/", "/sitemap.xml", "/__coldpress/site", "/__coldpress/frame", "/no")
    for headers in attacks:
        for path in paths:
            status, body = running.fetch(path, **headers)
            assert status == 403, (path, headers)
            assert SECRET not in body.lower()
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"):
        status, body = running.fetch("/", method)
        assert status in (400, 405), method
        assert SECRET not in body.lower()


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}, {"Origin": "null"}]
)
def test_a_stranger_may_not_listen_in(running: Running, headers: dict[str, str]) -> None:
    plain = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
        "Origin": running.url,
    }
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
    connection.request("GET", "/__coldpress/live", headers=plain | headers)
    assert connection.getresponse().status == 403
    connection.close()
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=5)
    connection.request("GET", "/__coldpress/live", headers=plain)
    assert connection.getresponse().status == 101
    connection.close()


def test_it_listens_on_this_machine_only(running: Running) -> None:
    rows = [*Path("/proc/net/tcp").read_text().splitlines()[1:]]
    rows += Path("/proc/net/tcp6").read_text().splitlines()[1:]
    wanted = f":{running.port:04X}"
    here = {row.split()[1].split(":")[0] for row in rows if row.split()[1].endswith(wanted)}
    assert here
    assert here <= {"0100007F", "00000000000000000000000001000000"}


def test_malformed_requests_break_nothing(source: Path, running: Running) -> None:
    chance = random.Random(SEED)
    for number in range(REQUESTS):
        request = malformed(chance, running.port)
        with socket.create_connection(("127.0.0.1", running.port), timeout=5) as line:
            line.settimeout(0.02 if number % 10 else 0.3)
            try:
                line.sendall(request)
                answer = line.recv(65536)
            except OSError:
                answer = b""
        head = answer.split(b"\r\n")[0]
        if head.startswith(b"HTTP/1.1 200"):
            assert b"evil" not in request, request
        assert not head.startswith(b"HTTP/1.1 500"), request
        assert b"Traceback" not in answer
    assert running.process.poll() is None
    assert running.fetch("/")[0] == 200
    said = running.log.read_text()
    assert "Traceback" not in said
    assert "stumbled" not in said


STARTS = ("GET", "HEAD", "POST", "get", "\0", "GET GET", "PRI", "é", "A" * 300, "")
PATHS = ("/", "/x", "*", "", "//", "/%00", "/%", "/..%2f..%2fetc/passwd", "/../../etc/passwd",
         "http://evil.example/", "/" + "a" * 20_000, "/__coldpress/live",
         "/__coldpress/panel?page=%ff", "/__coldpress/panel?page=//x/..", "/\xff\xfe",
         "/.git/config", "/a b", "/<script>",
         "/__coldpress/rules/%2e%2e/", "/__coldpress/site?page=" + "/" * 3000)  # fmt: skip
VERSIONS = ("HTTP/1.1", "HTTP/1.0", "HTTP/2", "HTTP/9.9", "http/1.1", "", "HTTP/1.1 x")
HEADERS = ("Host: evil.example", "Host:", "Host", ": x", "Content-Length: -1", "Content-Length: x",
           "Content-Length: 99999999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: x",
           "Upgrade: websocket\r\nConnection: Upgrade", "Origin: http://evil.example",
           "Sec-WebSocket-Key: x", "Sec-WebSocket-Version: 99", "Cookie: " + "a=b;" * 3000,
           "Range: bytes=9-1", "If-None-Match: *", "\0: \0", "Expect: 100-continue",
           " folded")  # fmt: skip


def malformed(chance: random.Random, port: int) -> bytes:
    """Hardly ever a good one."""
    if chance.random() < 0.15:
        return chance.randbytes(chance.randrange(400))
    lines = [" ".join((chance.choice(STARTS), chance.choice(PATHS), chance.choice(VERSIONS)))]
    if chance.random() < 0.6:
        lines.append(f"Host: 127.0.0.1:{port}")
    lines += chance.choices(HEADERS, k=chance.randrange(4))
    text = chance.choice(["\r\n", "\r\n", "\n", "\r"]).join(lines) + "\r\n\r\n"
    whole = text.encode("utf-8", "replace") + chance.randbytes(chance.choice([0, 0, 50]))
    return whole[: chance.randrange(1, len(whole) + 1)] if chance.random() < 0.2 else whole


@pytest.mark.parametrize("payload", [b"{", b"\xff\xfe", b"[" * 2000, b'{"command":"page"}'])
def test_nonsense_on_the_socket_ends_that_socket_alone(running: Running, payload: bytes) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=5) as line:
        line.sendall(
            b"GET /__coldpress/live HTTP/1.1\r\n"
            + f"Host: 127.0.0.1:{running.port}\r\nOrigin: {running.url}\r\n".encode()
            + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 101")
        size = (
            bytes([0x80 | len(payload)])
            if len(payload) < 126
            else b"\xfe" + len(payload).to_bytes(2, "big")
        )
        line.sendall(b"\x81" + size + b"\0\0\0\0" + payload)
        assert line.recv(4096)[:1] in (b"\x88", b""), "closed"
    assert running.fetch("/")[0] == 200
    assert "Traceback" not in running.log.read_text()


# ------------------------------------------------------------------------------ what a page hears


async def listened(
    running: Running, path: str, sha: str | None, save: Callable[[], None], least: int
) -> Heard:
    """A page that is open during a save: what it is told, until it was told enough and nothing
    more comes."""
    request = HTTPRequest(f"ws://127.0.0.1:{running.port}/__coldpress/live")
    request.headers["Origin"] = running.url
    socket = await websocket_connect(request)
    if sha is None:
        page = running.fetch(path)[1]
        sha = page.partition(SCRIPT)[2].partition(b'"')[0].decode()
    await socket.write_message(json.dumps({"command": "page", "path": path, "sha": sha}))
    heard: Heard = []
    save()
    with contextlib.suppress(TimeoutError):
        while True:
            patience = 1.5 if len(heard) >= least else 30
            message = await asyncio.wait_for(socket.read_message(), patience)
            heard.append(json.loads(message or "{}"))
    socket.close()
    while await socket.read_message() is not None:
        pass  # until the other side has closed it as well, or it would be left to the collector
    return heard


def hears(
    running: Running,
    path: str,
    least: int,
    save: Callable[[], None] = lambda: None,
    sha: str | None = None,
) -> Heard:
    with ThreadPoolExecutor(1) as own:  # a browser's tests may have a loop running in this thread
        return own.submit(asyncio.run, listened(running, path, sha, save, least)).result()


def commands(heard: Heard) -> list[str]:
    return [message["command"] for message in heard]


def put(file: Path, text: str) -> None:
    """At once: a file that is empty for a moment is news of its own."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text)
    beside.replace(file)


def test_a_page_hears_only_of_what_concerns_it(source: Path, running: Running) -> None:
    guide = source / "content/guides/a.md"

    def save() -> None:
        put(guide, sites.page("First", "The second words."))

    assert commands(hears(running, "/guides/a/", 2)) == ["around", "fresh"]
    assert commands(hears(running, "/guides/a/", 3, save)) == ["around", "fresh", "reload"]
    put(guide, sites.page("First", "The first words."))
    assert running.shows("/guides/a/", "The first words.") >= 0
    assert commands(hears(running, "/guides/b/", 3, save)) == ["around", "fresh", "fresh"]
    assert commands(hears(running, "/guides/a/", 2, sha="another")) == ["around", "reload"]
    assert commands(hears(running, "/guides/a", 2)) == ["around", "reload"], "it has moved"


def test_a_page_hears_of_its_new_styles_first(source: Path, running: Running) -> None:
    own = source / "assets/css/base.css"
    own.parent.mkdir(parents=True)
    shipped = (sites.ROOT / "assets/css/base.css").read_text()

    def save(more: str) -> Callable[[], None]:
        def saved() -> None:
            put(own, f"{shipped}\n{more}\n")

        return saved

    save("")()
    time.sleep(3)  # a look every two seconds: it has seen the new folder
    heard = hears(running, "/guides/a/", 4, save("b { color: #123456; }"))
    assert commands(heard) == ["around", "fresh", "styles", "styles"]
    assert all("#123456" in message["styles"][0] for message in heard[2:])
    assert heard[2]["sha"] != heard[3]["sha"], "the first is told before the page is built"
    page = running.fetch("/guides/a/")[1].decode()
    assert heard[3]["styles"][0] in page
    heavy = random.Random(SEED).randbytes(20_000).hex()
    heard = hears(running, "/guides/a/", 6, save(f'b::after {{ content: "{heavy}"; }}'))
    assert commands(heard) == ["around", "fresh", "styles", "around", "styles", "fresh"]
    assert "css-too-heavy" in heard[3]["trouble"]
    assert heard[4]["styles"][0] in page, "what cannot be built is taken off again"


def test_a_page_hears_what_is_wrong_and_that_it_is_mended(source: Path, running: Running) -> None:
    guide = source / "content/guides/a.md"
    text = guide.read_text()

    def save() -> None:
        put(guide, "---\ntitle: First\n")
        assert until(lambda: "error[" in running.log.read_text())
        put(guide, text)

    heard = hears(running, "/guides/a/", 4, save)
    arounds = [message for message in heard if message["command"] == "around"]
    assert [message["problems"] for message in arounds] == [0, 1, 0]
    assert "reload" not in commands(heard), "the page is what it was"
