"""edit: the site in forms, in a browser on this machine."""

from __future__ import annotations

import argparse

from coldpress.commands.given import options_of
from coldpress.commands.said import say_failure, show


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("--port", type=int, default=8001, help="of this machine (8001)")
    to.add_argument("--no-browser", action="store_true", help="do not open the browser")
    to.add_argument("--fetch", action="store_true", help="fetch the form editor (Decap) from npm")


def run(given: argparse.Namespace) -> int:
    import webbrowser

    from coldpress.editor.bundle import NAME, VERSION, fetch, is_there
    from coldpress.editor.desk import Desk
    from coldpress.editor.pages import Pages
    from coldpress.editor.server import DeskServer
    from coldpress.memory.session import cache_of

    options = options_of(given, preview=True)
    cache = cache_of(options.source)
    if not is_there(cache) and not given.fetch:
        what = f"the form editor ({NAME} {VERSION}, MIT licence, 16 MB) is not on this machine yet"
        return say_failure(what, "python3 build.py edit --fetch gets it from npm, once", 2)
    bundle = fetch(cache)
    pages = Pages(options, lambda problems: show(given, problems, None))
    pages.rebuild()
    try:
        server = DeskServer(Desk(options.source), bundle, pages.now, pages.rebuild, given.port)
    except OSError:
        hint = "choose another with --port"
        return say_failure(f"port {given.port} is taken", hint)
    print(f"the forms:  {server.address}", flush=True)
    print(f"the pages:  http://{server.own[0]}/  (Ctrl+C ends both)", flush=True)
    if not given.no_browser:
        webbrowser.open(server.address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0
