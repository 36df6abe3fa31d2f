"""Sources -> a live preview in the browser, rebuilt on every save.

The livereload package serves and tells the browser; watchfiles watches, because livereload polls
and drops changes that come close together. The build runs in its own thread: a slow one must not
freeze the page someone is reading. A build that fails shows its problems in the terminal and
leaves the last good page up.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import webbrowser
from dataclasses import replace
from pathlib import Path

from livereload import Server
from livereload.handlers import LiveReloadHandler
from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from watchfiles import watch

from coldpress import pipeline, report
from coldpress.model import Options
from coldpress.problems import BuildError, OperationError
from coldpress.render import forget

WATCHED = ("site.yaml", "content", "templates", "assets")
DEBOUNCE = 50
"""Milliseconds: an editor writes a file in several steps."""


class Never(Watcher):  # type: ignore[misc]
    """livereload's own polling, turned off."""

    def start(self, _callback: object) -> bool:
        return True


def serve(options: Options, port: int, open_browser: bool) -> int:
    """Blocks until Ctrl-C. Listens on this machine only."""
    with tempfile.TemporaryDirectory(prefix="coldpress-") as folder:
        address = f"http://127.0.0.1:{port}"
        chosen = replace(options, output=Path(folder) / "site", base_url=address)
        rebuild(chosen)
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0
        server = Server(watcher=Never())
        server.watcher.watch(str(options.source))
        loop = IOLoop.current()
        threading.Thread(target=follow, args=(chosen, loop), daemon=True).start()
        say(f"preview: {address}  (Ctrl-C ends it)")
        if open_browser:
            webbrowser.open(address)
        try:
            server.serve(port=port, host="127.0.0.1", root=str(chosen.output))
        except OSError as taken:
            raise OperationError(
                f"port {port} cannot be used ({taken.strerror})",
                f"end what runs there, or choose another: serve --port {port + 1}",
            ) from None
    return 0


def follow(options: Options, loop: IOLoop) -> None:
    """Rebuilds after every burst of changes and tells the browser when the new page is there."""
    watched = [options.source / name for name in WATCHED if (options.source / name).exists()]
    for _changes in watch(*watched, debounce=DEBOUNCE * 4, step=DEBOUNCE, raise_interrupt=False):
        if rebuild(options):
            loop.add_callback(LiveReloadHandler.reload_waiters, "*")


def rebuild(options: Options) -> bool:
    """True when the preview shows the sources as they are now."""
    forget()
    try:
        built, _published = pipeline.build(replace(options, allow_shrink=True))
    except BuildError as failed:
        text = report.render(
            failed.problems,
            None,
            format="text",
            source=options.source,
            colour=sys.stderr.isatty(),
            quiet=False,
        )
        say(text)
        return False
    except OperationError as failed:
        say(f"{failed.message}\n  {failed.hint}")
        return False
    say(f"built {len(built.site.pages)} pages")
    return True


def say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
