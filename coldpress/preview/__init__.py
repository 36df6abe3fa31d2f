"""Sources -> a live preview in the browser, fresh on every save.

    follow.py    something was saved
    workshop.py  -> a build, in a thread of its own; what it made is swapped in whole
    server.py    -> answers from memory
    talk.py      -> every open page hears whether to reload, to change its styles, or to tell

A build that fails leaves the last good page up, and says on it what is wrong. `output/` is never
touched.
"""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from datetime import UTC, datetime

from msgspec.structs import replace
from tornado.ioloop import IOLoop

from coldpress import report
from coldpress.model import Options
from coldpress.preview.editors import editor_of
from coldpress.preview.follow import Follower
from coldpress.preview.overlay import Surroundings
from coldpress.preview.panel import Desk
from coldpress.preview.server import House, Preview, say
from coldpress.preview.talk import dress_all, tell_all
from coldpress.preview.workshop import State, Workshop
from coldpress.problems import OperationError

LAST_WORDS = 5.0
"""Seconds the workshop has to write down what it learnt."""


def serve(
    options: Options, port: int, open_browser: bool, editor: str = "", *, fixed: bool = False
) -> int:
    """Blocks until Ctrl-C. Listens on this machine only. `fixed`: `options.now` stays the time."""
    options = replace(options, allow_shrink=True)
    links = editor_of(editor or os.environ.get("COLDPRESS_EDITOR", ""), options.source)
    loop = IOLoop.current()
    workshop = Workshop(options, teller(options, loop), None if fixed else clock)
    workshop.dress = lambda sheets: loop.add_callback(dress_all, sheets)
    desk = Desk(options.source, links)
    house = House(port, lambda: workshop.state, Surroundings(options.source, links), desk)
    follower = Follower(options.source, workshop.want)
    thread = threading.Thread(target=workshop.run, daemon=True)

    def begin() -> None:
        follower.start()
        thread.start()
        say(f"preview: http://127.0.0.1:{port}/  (Ctrl-C ends it)")
        if open_browser:
            threading.Thread(
                target=webbrowser.open, args=(f"http://127.0.0.1:{port}/",), daemon=True
            ).start()

    loop.add_callback(begin)
    try:
        Preview(house).serve(port=port, host="127.0.0.1")
    except OSError as taken:
        raise OperationError(
            f"port {port} cannot be used ({taken.strerror})",
            f"end what runs there, or choose another: serve --port {port + 1}",
        ) from None
    finally:
        follower.stop()
        workshop.close()
        if thread.is_alive():
            thread.join(LAST_WORDS)
    return 0


def clock() -> datetime:
    return datetime.now(UTC)


def teller(options: Options, loop: IOLoop) -> Callable[[State], None]:
    def tell(state: State) -> None:
        loop.add_callback(tell_all, state)
        say(told(state, options))

    return tell


def told(state: State, options: Options) -> str:
    """For the terminal."""
    if state.failure:
        return f"{state.failure[0]}\n  {state.failure[1]}"
    if not state.problems and state.shown:
        return f"{len(state.shown.site.ids)} pages, {state.seconds:.2f} s"
    colour = sys.stderr.isatty() and "NO_COLOR" not in os.environ
    return report.render(
        state.problems, None, format="text", source=options.source, colour=colour, quiet=True
    )
