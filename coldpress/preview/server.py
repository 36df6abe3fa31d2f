"""The state of the preview -> answers to a browser on this machine, and to nobody else.

livereload's Server runs the loop and its WebSocket keeps the open pages; its own file server is not
used, because it serves whatever lies in a folder to whoever asks. Here only what the last good
build made can be asked for, and the preview's own tools.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from urllib.parse import quote

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from msgspec import Struct, field
from tornado.httputil import responses
from tornado.ioloop import IOLoop
from tornado.web import Application, HTTPError, RequestHandler

from coldpress.hosts.policy import SVG_POLICY
from coldpress.hosts.types import type_of
from coldpress.preview.doors import refusal
from coldpress.preview.drawing import TOOLS, asset, drawn
from coldpress.preview.generation import Found, Generation, Moved, Shelf, look_up
from coldpress.preview.overlay import Surroundings
from coldpress.preview.panel import Desk
from coldpress.preview.rules import rule_page
from coldpress.preview.talk import Conversation
from coldpress.preview.workshop import State

HTML = "text/html; charset=utf-8"
LIMITS: dict[str, Any] = {"max_header_size": 16_384, "max_body_size": 1_024}
"""Bytes of a request. Nothing is sent to a preview."""
MOST_SAID = 1_024 * 16
"""Bytes of a message on the WebSocket."""


class House(Struct):
    """What all requests share."""

    port: int
    now: Callable[[], State]
    around: Surroundings
    desk: Desk
    shelf: Shelf = field(default_factory=Shelf)
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    """For what takes long: pages are served meanwhile."""


class Local(RequestHandler):  # type: ignore[misc]
    def initialize(self, house: House) -> None:
        self.house = house

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "strict-origin-when-cross-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Cache-Control", "no-store")

    async def prepare(self) -> None:
        refused = refusal(self.request.method or "", self.request.headers, self.house.port)
        if refused:
            if refused.status == 405:
                self.set_header("Allow", "GET, HEAD")
            self.set_status(refused.status)
            self.finish(f"{refused.why}\n")
            return
        self.set_header("Content-Security-Policy", policy(self.request.host))

    def compute_etag(self) -> None:
        """Ours is the digest that the build knows."""

    def write_error(self, status: int, **_kwargs: Any) -> None:
        self.finish(f"{responses.get(status, 'error').lower()}\n")

    def log_exception(self, _kind: Any, failed: Any, _trace: Any) -> None:
        if not isinstance(failed, HTTPError):
            say(f"the preview stumbled over {self.request.path}: {failed!r}")

    def head(self, path: str = "") -> Any:
        return self.get(path)

    def html(self, text: str, status: int = 200) -> None:
        self.set_status(status)
        self.set_header("Content-Type", HTML)
        self.finish(text)


def policy(host: str) -> str:
    """Looser than on the built site by what the preview needs: its script, its styles, its
    connection. What a page loads from elsewhere is blocked here as there."""
    return (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"
        " style-src 'self' 'unsafe-inline';"
        f" img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{host};"
        " manifest-src 'self'; form-action 'self'; frame-src https:; base-uri 'none';"
        " frame-ancestors 'none'"
    )


class Pages(Local):
    """The site."""

    def get(self, _path: str = "") -> None:
        shown = self.house.now().shown
        if shown is None:
            self.html(injected(drawn("absent", {}).encode(), "").decode(), 503)
            return
        answer = look_up(shown, self.request.path)
        if isinstance(answer, Moved):
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(answer.to + query)
        elif answer is None:
            text = drawn("lost", {"home": shown.base})
            self.html(injected(text.encode(), "").decode(), 404)
        else:
            self.answer(answer, self.house.shelf.content(shown, answer))

    def answer(self, found: Found, content: bytes) -> None:
        self.set_status(found.status)
        self.set_header("Content-Type", type_of(found.output))
        if found.output.endswith(".html"):
            self.finish(injected(content, found.sha))
            return
        if found.output.endswith(".svg"):
            self.set_header("Content-Security-Policy", SVG_POLICY)
        tag = f'"{found.sha}"'
        self.set_header("Etag", tag)
        self.set_header("Cache-Control", "no-cache")
        if self.request.headers.get("If-None-Match") == tag:
            self.set_status(304)
            self.finish()
        else:
            self.finish(content)


def injected(page: bytes, sha: str) -> bytes:
    """The page as it was built, and one script before its end."""
    script = f'<script type="module" src="{TOOLS}preview.js" data-coldpress="{sha}"></script>'
    start = page.rfind(b"</body>")
    start = len(page) if start < 0 else start
    return page[:start] + script.encode() + page[start:]


class Tools(Local):
    """The preview's own: panel, rules, script and styles."""

    async def get(self, path: str) -> None:
        here, desk, loop = self.house, self.house.desk, IOLoop.current()
        state = here.now()
        rule = path.removeprefix("rules/").removesuffix("/")
        text: str | None = None
        if path == "panel" and state.shown:
            output = self.output(state.shown)
            text = await loop.run_in_executor(here.thread, desk.page, state, output)
        elif path == "site" and state.shown:
            text = await loop.run_in_executor(here.thread, desk.site, state)
        elif path == "frame":
            text = drawn("frame", {})
        elif path == f"rules/{rule}/":
            text = await loop.run_in_executor(here.thread, rule_page, rule)
        elif found := asset(path):
            self.set_header("Content-Type", found[0])
            self.finish(found[1])
            return
        if text is None:
            self.send_error(404)
        else:
            self.html(text)

    def output(self, shown: Generation) -> str:
        """What the address the browser names stands for; nothing when it is no page."""
        found = look_up(shown, quote(self.get_query_argument("page", "/"), safe="/%"))
        return found.output if isinstance(found, Found) else ""


class Never(Watcher):  # type: ignore[misc]
    """livereload's own watching, turned off."""

    def start(self, _callback: object) -> bool:
        return True


class Preview(Server):  # type: ignore[misc]
    """livereload, with our answers."""

    def __init__(self, house: House) -> None:
        super().__init__(watcher=Never())
        self.house = house
        self.watcher.watch(".")
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
        LiveReloadHandler.watcher = self.watcher

    def application(self, port: int, host: str, **_more: Any) -> None:
        house = self.house
        talk = {"port": port, "now": house.now, "shelf": house.shelf, "around": house.around}
        app = Application(
            [
                (f"{TOOLS}live", Conversation, talk),
                (f"{TOOLS}(.*)", Tools, {"house": house}),
                (r"(.*)", Pages, {"house": house}),
            ],
            websocket_max_message_size=MOST_SAID,
            compress_response=False,
        )
        app.listen(port, address=host, **LIMITS)
        with suppress(OSError):  # for whoever's "localhost" is the newer kind of address
            app.listen(port, address="::1", **LIMITS)

    def _setup_logging(self) -> None:
        """Requests are not told of; what concerns a person is said by ourselves."""
        for name in ("livereload", "tornado"):
            logger = logging.getLogger(name)
            logger.addHandler(logging.NullHandler())
            logger.setLevel(logging.CRITICAL)
            logger.propagate = False


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
