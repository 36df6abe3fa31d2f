"""new: a content file to fill in, or a translation of one. On a terminal it asks for what was not
given."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from coldpress.commands.given import options_of
from coldpress.commands.said import say_failure

if TYPE_CHECKING:
    from coldpress.model import Options


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument("kind", nargs="?", help="mechanism, condition, method, guide or page")
    to.add_argument("title", nargs="?", help="the page's title, in quotes")
    to.add_argument("--description", help="one or two sentences for search results")
    to.add_argument("--slug", help="name of the file and last part of the address")
    to.add_argument("--about", help="pages it belongs to, commas between", metavar="PAGES")
    to.add_argument("--translate", help="a page there is, and the language it is to come in",
                    nargs=2, metavar=("PAGE", "LANGUAGE"))  # fmt: skip
    to.add_argument("--no-questions", help="ask nothing, even on a terminal", action="store_true")


def run(given: argparse.Namespace) -> int:
    from coldpress.asking import Terminal
    from coldpress.scaffold import write
    from coldpress.wishes import Wish, asked, told

    options = options_of(given)
    if given.translate:
        return _translate(options, *given.translate)
    words = (given.kind, given.title, given.slug, given.description, given.about)
    wish = Wish(*(one or "" for one in words))
    if sys.stdin.isatty() and not given.no_questions:
        page = asked(wish, Terminal(sys.stdin, sys.stdout), options)
    elif wish.kind and wish.title:
        page = told(wish, options)
    else:
        hint = 'like: python3 build.py new guide "Cold packs on a long flight"'
        return say_failure("new needs a kind and a title", hint, 2)
    file = write(page, options.source)
    print(f"{file.relative_to(options.source)} is ready to fill: a draft, later at {page.address}")
    print("next: python3 build.py serve, and open the file beside it in your editor")
    return 0


def _translate(options: Options, page: str, lang: str) -> int:
    from coldpress.to_translate import write_translation

    path = write_translation(options, page, lang)
    print(f"{path} is ready to fill: a draft, every word of its original a prompt")
    print("next: python3 build.py serve, and open the file beside it in your editor")
    return 0
