"""The forms and the pages, on loopback only: /edit-<token>/ is the desk, all else the site as it is
after the last save.

Who does not know the token gets nothing that writes; a page of somebody else's cannot ask for
anything, because Host and Origin must be ours; and the desk's own page may talk to nobody else."""

from __future__ import annotations

import hmac
import json
import mimetypes
import secrets
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from coldpress.editor.desk import Desk, RefusedError
from coldpress.editor.settings import settings

HERE = Path(__file__).parent
PAGES = {"": HERE / "page.html", "enter.js": HERE / "enter.js"}
"""Our own, beside the bundle of the forms."""
MOST_BYTES = 64 * 1024 * 1024
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline';"
    " img-src 'self' blob: data:; font-src 'self' data:; connect-src 'self' blob: data:;"
    " worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Decap compiles its rules with eval and writes its styles inline; nothing may leave."""
MARKS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ASKED_OF = ("127.0.0.1", "localhost")
Pages = Callable[[], Mapping[str, bytes]]
"""The outputs of the site as they are now."""


class DeskServer(ThreadingHTTPServer):
    """`rebuild` is called after each request that wrote something."""

    daemon_threads = True

    def __init__(self, desk: Desk, bundle: Path, pages: Pages, rebuild: Callable[[], None],
                 port: int) -> None:  # fmt: skip
        super().__init__(("127.0.0.1", port), Visit)
        self.desk, self.bundle, self.pages, self.rebuild = desk, bundle, pages, rebuild
        self.token = secrets.token_urlsafe(24)
        self.one_at_a_time = threading.Lock()

    @property
    def own(self) -> tuple[str, ...]:
        """Hosts under which we are asked."""
        return tuple(f"{name}:{self.server_port}" for name in ASKED_OF)

    @property
    def door(self) -> str:
        return f"/edit-{self.token}/"

    @property
    def address(self) -> str:
        return f"http://{self.own[0]}{self.door}"

    def answer(self, asked: Mapping[str, Any]) -> Any:
        with self.one_at_a_time:
            found = self.desk.answer(asked)
            if str(asked.get("action")).startswith(("persist", "delete")):
                self.rebuild()
            return found


class Visit(BaseHTTPRequestHandler):
    server: DeskServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "coldpress", ""
    timeout = 30

    def log_message(self, *_words: object) -> None:
        """The terminal is for what was saved."""

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        if not self._is_ours():
            return
        if path.startswith("/edit-"):
            self._desk(path)
        else:
            self._page(path)

    def do_POST(self) -> None:
        if not self._is_ours(writes=True):
            return
        if not self._knows(f"{self.server.door}api/v1", unquote(urlsplit(self.path).path)):
            self._refuse(404, "there is nothing here")
            return
        try:
            size = int(self.headers.get("Content-Length") or 0)
            if not 0 < size <= MOST_BYTES:
                raise ValueError
            asked = json.loads(self.rfile.read(size))
            if not isinstance(asked, dict):
                raise TypeError
        except (ValueError, TypeError, RecursionError):
            self.close_connection = True
            self._refuse(400, "this is no request of a form")
            return
        try:
            self._send(200, json.dumps(self.server.answer(asked)).encode(), "application/json")
        except RefusedError as refused:
            self._refuse(422, str(refused))

    # ------------------------------------------------------------------ what is sent

    def _desk(self, path: str) -> None:
        door = self.server.door
        if not self._knows(door, path[: len(door)]):
            self._refuse(404, "there is nothing here")
            return
        name = path[len(door) :]
        policy = {"Content-Security-Policy": POLICY}
        if name in PAGES:
            self._send(200, PAGES[name].read_bytes(), kind(PAGES[name].name), policy)
        elif name == "config.yml":
            made = settings(self.server.desk.root, f"{door}api/v1")
            self._send(200, json.dumps(made, ensure_ascii=False).encode(), "text/yaml")
        elif name in {one.name for one in self.server.bundle.iterdir()}:
            self._send(200, (self.server.bundle / name).read_bytes(), kind(name), policy)
        else:
            self._refuse(404, "there is nothing here")

    def _page(self, path: str) -> None:
        pages = self.server.pages()
        name = path.lstrip("/")
        output = f"{name}index.html" if name == "" or name.endswith("/") else name
        found = pages.get(output)
        if found is None:
            self._send(404, pages.get("404.html", b""), kind("404.html"))
        else:
            self._send(200, found, kind(output))

    def _send(
        self, code: int, content: bytes, type_: str, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(code)
        for name, value in {**MARKS, **(more or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", type_)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _refuse(self, code: int, why: str) -> None:
        self._send(code, json.dumps({"error": why}).encode(), "application/json")

    # ------------------------------------------------------------------ who asks

    def _is_ours(self, *, writes: bool = False) -> bool:
        """Host: no name of another's that leads here. Origin: no page of another's that asks."""
        own = self.server.own
        origins = {f"http://{host}" for host in own}
        origin = self.headers.get("Origin")
        if self.headers.get("Host") in own and (
            origin in origins or (origin is None and not writes)
        ):
            return True
        self.close_connection = True
        self._refuse(403, "this is only for the browser of this machine")
        return False

    def _knows(self, door: str, path: str) -> bool:
        return hmac.compare_digest(door.encode(), path.encode())


def kind(name: str) -> str:
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        guessed = "text/javascript"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
