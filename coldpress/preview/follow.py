"""Folders -> a call after every burst of saves, with the files if they are known.

What is watched are folders, never a file: most editors save by putting a new file in the place of
the old one, and whoever watches the old one hears nothing any more. The site's own folder is
watched without what lies in it (there may be thousands of files of a Python environment), and
content/, templates/ and assets/ with all that lies in them; when one of these goes or comes, they
are watched anew. Now and then everything is looked at as well: on network drives the system says
nothing, and nothing may be lost.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from watchfiles import watch

from coldpress.assets import SHIPPED as SHIPPED_ASSETS
from coldpress.memory.inputs import Sign, file_sign, signs
from coldpress.render import SHIPPED as SHIPPED_TEMPLATES

SITE = "site.yaml"
FOLDERS = ("content", "templates", "assets")
TIMES: dict[str, Any] = {
    # Milliseconds without another change that end a burst (a save is several changes), and after
    # which one that goes on is told of.
    "step": 4,
    "debounce": 60,
    "rust_timeout": 500,
    "raise_interrupt": False,
}
PAUSE = 0.2
"""Seconds before a folder that cannot be watched is tried again."""
LOOK = 2.0
"""Seconds between two looks at everything, at least."""
UNKNOWN = frozenset({""})
GRACE = 0.2
"""Seconds in which the system may still tell of what a look has just seen."""
SHARE = 50
"""A look may take this part of the time: a large site is looked at less often."""


class Follower:
    """Watches until it is stopped."""

    def __init__(self, source: Path, saved: Callable[[frozenset[str]], None]) -> None:
        self.source, self.saved = source, saved
        self.stopped = threading.Event()
        self.anew = threading.Event()
        self.told: dict[str, Sign | None] = {}
        """Files the system has told of since the last look, as they were then."""

    def start(self) -> None:
        for work in (self.follow_root, self.follow_folders, self.look):
            threading.Thread(target=work, daemon=True).start()

    def stop(self) -> None:
        self.stopped.set()
        self.anew.set()

    def folders(self) -> list[Path]:
        own = [self.source / name for name in FOLDERS]
        every = dict.fromkeys((*own, SHIPPED_TEMPLATES, SHIPPED_ASSETS))
        return [folder for folder in every if folder.is_dir() and not folder.is_symlink()]

    def follow_root(self) -> None:
        folders = {str(self.source / name) for name in FOLDERS}
        wanted = {*folders, str(self.source / SITE)}
        while not self.stopped.is_set():
            with suppress(OSError):
                for changes in watch(
                    self.source,
                    recursive=False,
                    watch_filter=lambda _change, path: path in wanted,
                    stop_event=self.stopped,
                    **TIMES,
                ):
                    if any(path in folders for _change, path in changes):
                        self.anew.set()
                    self.saved(UNKNOWN)
            self.stopped.wait(PAUSE)

    def follow_folders(self) -> None:
        while not self.stopped.is_set():
            self.anew.clear()
            with suppress(OSError):
                for changes in watch(
                    *self.folders(), watch_filter=None, stop_event=self.anew, **TIMES
                ):
                    self.tell(frozenset(path for _change, path in changes))
            self.stopped.wait(PAUSE)

    def tell(self, paths: frozenset[str]) -> None:
        """How the files are is noted before anybody reads them: what changes later is news."""
        self.told.update((path, file_sign(path)) for path in paths)
        self.saved(paths)

    def look(self) -> None:
        before, pause = self.seen(), LOOK
        while not self.stopped.wait(pause):
            started = time.perf_counter()
            told, self.told = self.told, {}
            now = self.seen()
            if untold(before, now, told) and not self.stopped.wait(GRACE):
                told |= self.told
            if news := untold(before, now, told):
                self.saved(news)
            before, pause = now, max(LOOK, SHARE * (time.perf_counter() - started))

    def seen(self) -> dict[str, Sign]:
        roots = [(self.source, name) for name in (SITE, *FOLDERS)]
        roots += [(path.parent, path.name) for path in (SHIPPED_TEMPLATES, SHIPPED_ASSETS)]
        return {
            f"{root}/{path}": sign for root, name in roots for path, sign in signs(str(root), name)
        }


def untold(
    before: Mapping[str, Sign], now: Mapping[str, Sign], told: Mapping[str, Sign | None]
) -> frozenset[str]:
    """What is different and was not told of, or has changed since."""
    if before == now:
        return frozenset()
    different = (path for path in {*before, *now} if before.get(path) != now.get(path))
    return frozenset(path for path in different if path not in told or told[path] != now.get(path))
