"""What writers may put in, run in a real Chromium without any policy that would stop it: nothing of
it runs. The same places as in tests/test_safety_injection.py.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.injections import PAYLOADS, PLACES, built_without_the_refused, bytes_of, ground
from tests.sizes import SEED, measured, size
from tests.whole_builds import png

pytestmark = pytest.mark.browser

MANY = size("PAYLOADS_RUN", 12, len(PAYLOADS))
AT_ONCE = 30
HOOKS = """
window.ran = [];
for (const name of ['alert', 'confirm', 'prompt', 'print', 'msgbox'])
    window[name] = (...words) => { window.ran.push(name + ' ' + words); };
"""
POKES = """() => {
    const events = ['mouseover', 'mouseenter', 'pointerdown', 'focus', 'focusin', 'blur', 'input',
        'animationstart', 'animationend', 'transitionend', 'toggle', 'wheel', 'scroll', 'copy',
        'error', 'load', 'keydown', 'auxclick', 'dblclick', 'contextmenu', 'begin'];
    for (const one of document.querySelectorAll('body *'))
        for (const name of events) one.dispatchEvent(new Event(name, {bubbles: false}));
    for (const one of document.querySelectorAll('[href], [src], [action], [formaction]'))
        for (const name of ['href', 'src', 'action', 'formaction'])
            if (/^(javascript|data|vbscript|blob):/.test(String(one[name] ?? '')))
                window.ran.push(name + ' ' + one[name]);
    return window.ran;
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *_words: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Watch:
    """Everything a page does that it should not."""

    def __init__(self, page: Page, own: str) -> None:
        self.seen: list[str] = []
        page.add_init_script(HOOKS)
        page.on("dialog", self.dialog)
        page.on("pageerror", lambda fault: self.seen.append(str(fault)))
        page.on("popup", lambda other: self.seen.append(f"opened {other.url}"))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith(own) else self.seen.append(asked.url),
        )

    def dialog(self, shown: Dialog) -> None:
        self.seen.append(shown.message)
        shown.dismiss()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_runs(place: str, browser: Browser, tmp_path: Path) -> None:
    chosen = sorted(random.Random(SEED).sample(range(len(PAYLOADS)), min(MANY, len(PAYLOADS))))
    opened = 0
    for start in range(0, len(chosen), AT_ONCE):
        source, out = tmp_path / f"s{start}", tmp_path / f"o{start}"
        ground(source, png(1))
        documents = PLACES[place](chosen[start : start + AT_ONCE])
        for output, content in bytes_of(built_without_the_refused(source, documents)).items():
            file = out / output
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        opened += run_through(browser, out)
    assert opened >= len(chosen) // 2
    measured(f"injection in Chromium, {place}", payloads=len(chosen), pages=opened, ran=0)


def run_through(browser: Browser, out: Path) -> int:
    pages = [path for path in sorted(out.rglob("*.html")) if "old-" not in path.as_posix()]
    with served(out) as own, browser.new_context() as context:
        page = context.new_page()
        watch = Watch(page, own)
        for path in pages:
            page.goto(f"{own}/{path.relative_to(out).as_posix()}")
            ran = page.evaluate(POKES)
            assert (ran, watch.seen) == ([], []), path
    return len(pages)


def test_the_watch_can_see(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        "<!doctype html><img src=x onerror=alert(1)><a href=javascript:alert(2)>x</a>"
    )
    with served(tmp_path) as own, browser.new_context() as context:
        page = context.new_page()
        Watch(page, own)
        page.goto(own)
        ran = page.evaluate(POKES)
    assert "alert 1" in ran
    assert "href javascript:alert(2)" in ran
