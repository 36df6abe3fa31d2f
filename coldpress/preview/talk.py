"""The WebSocket of an open page: it says what it shows, and hears what to do.

livereload keeps the connections. Page -> us: {"command": "page", "path": "/x/", "sha": "..."}.
We -> page: "around" (bar and overlay to draw), "styles" (put these in the place of yours),
"reload", "fresh" (what the panel says may have changed). Each page hears only of what concerns it,
so one that did not change stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from livereload.handlers import LiveReloadHandler
from tornado.websocket import WebSocketClosedError

from coldpress.model import Assets
from coldpress.preview.difference import Restyled, difference, early, restyled
from coldpress.preview.doors import refusal
from coldpress.preview.generation import Found, Generation, Shelf, look_up
from coldpress.preview.workshop import State

LONGEST = 4096
"""Characters of a path."""


class Conversation(LiveReloadHandler):  # type: ignore[misc]
    """`around(state, output)`: bar and overlay of a page, as markup."""

    def initialize(
        self,
        port: int,
        now: Callable[[], State],
        shelf: Shelf,
        around: Callable[[State, str], dict[str, Any]],
    ) -> None:
        self.port, self.now, self.shelf, self.around = port, now, shelf, around
        self.path, self.sha = "", ""
        self.said: dict[str, Any] = {}
        self.number = -1
        self.dressed = False

    async def prepare(self) -> None:
        refused = refusal(self.request.method or "", self.request.headers, self.port)
        if refused:
            self.set_status(refused.status)
            self.finish(refused.why)

    def check_origin(self, _origin: str) -> bool:
        """prepare() has looked at it."""
        return True

    def set_default_headers(self) -> None:
        self.clear_header("Server")

    def on_message(self, message: str | bytes) -> None:
        said = understood(message)
        if said is None:
            self.close(1003, "not understood")
            return
        self.path, self.sha = said
        LiveReloadHandler.waiters.add(self)
        self.follow(self.now())

    def follow(self, state: State) -> None:
        """Say what this page should do now."""
        found = look_up(state.shown, self.path) if state.shown else None
        output = found.output if isinstance(found, Found) else ""
        words = self.around(state, output)
        if words != self.said:
            self.say({"command": "around", **words})
            self.said = words
        if not isinstance(found, Found):
            if state.shown:
                self.say({"command": "reload"})
            return
        if state.shown is None:
            return
        if found.sha == self.sha:
            self.undress(state.shown, found)
            if state.number != self.number:
                self.say({"command": "fresh"})
                self.number = state.number
            return
        had, has = self.shelf.at_hand(self.sha), self.shelf.content(state.shown, found)
        change = difference(had, has)
        if isinstance(change, Restyled):
            self.say({"command": "styles", "styles": change.styles, "sha": found.sha})
            self.sha, self.dressed = found.sha, False
        else:
            self.say({"command": "reload"})

    def dress(self, sheets: Assets) -> None:
        """Show other styles before all pages are built with them."""
        had = self.shelf.at_hand(self.sha)
        worn = early(had, sheets) if had else None
        if worn:
            self.say({"command": "styles", "styles": worn.styles, "sha": self.sha})
            self.dressed = True

    def undress(self, shown: Generation, found: Found) -> None:
        """They did not come to be: the page wears what it wore."""
        if self.dressed:
            worn = restyled(self.shelf.content(shown, found))
            self.say({"command": "styles", "styles": worn.styles, "sha": self.sha})
            self.dressed = False

    def say(self, message: dict[str, Any]) -> None:
        try:
            self.write_message(json.dumps(message))
        except WebSocketClosedError:
            LiveReloadHandler.waiters.discard(self)


def understood(message: str | bytes) -> tuple[str, str] | None:
    """Path and digest of a page that introduces itself; None for anything else."""
    try:
        said = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("command") != "page":
        return None
    path, sha = said.get("path"), said.get("sha")
    if not isinstance(path, str) or not isinstance(sha, str) or len(path) > LONGEST:
        return None
    return path, sha


def dress_all(sheets: Assets) -> None:
    """In the server's thread."""
    for one in tuple(LiveReloadHandler.waiters):
        one.dress(sheets)


def tell_all(state: State) -> None:
    """In the server's thread."""
    for one in tuple(LiveReloadHandler.waiters):
        one.follow(state)
