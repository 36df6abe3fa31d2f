"""A page -> how it looks from outside: the search result, the card when it is shared; and how it
reads."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from coldpress.editorial import lengths, reading
from coldpress.editorial.lengths import DESCRIPTION, in_results
from coldpress.model import Page
from coldpress.preview.editors import Editor
from coldpress.preview.generation import Generation
from coldpress.preview.spots import tries
from coldpress.titles import WIDEST_TITLE, width


def look(shown: Generation, page: Page, output: str, editor: Editor) -> dict[str, Any]:
    return {
        "snippet": snippet(shown, page),
        "card": card(shown, output),
        "reading": read(page, editor),
    }


def snippet(shown: Generation, page: Page) -> dict[str, Any]:
    found = lengths(page, shown.site)
    host = urlsplit(shown.site.config.base_url)
    cut = found.title_verdict != "fits"
    title = f"{found.title_shown} …" if cut else found.title_shown
    trail = [part for part in page.route.url.split("/") if part]
    return {
        "shown": in_results(page),
        "site": shown.site.config.facts.name,
        "trail": " › ".join([f"{host.scheme}://{host.netloc}", *trail]),
        "title": found.title,
        "title_shown": title,
        # The browser may not have the type that search results are set in: this is its width.
        "shown_px": width(title),
        "title_px": found.title_px,
        "title_most": WIDEST_TITLE,
        "title_verdict": found.title_verdict,
        "description": found.description,
        "chars": found.description_chars,
        "chars_least": DESCRIPTION.start,
        "chars_most": DESCRIPTION.stop - 1,
        "chars_verdict": found.description_verdict,
    }


# ------------------------------------------------------------------------------ the shared card


class Head(HTMLParser):
    """What a page says of itself to those that show it elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("property") or given.get("name")
        if tag == "meta" and name:
            self.said.setdefault(name, given.get("content") or "")


def card(shown: Generation, output: str) -> dict[str, Any]:
    """As the built page says it, so that a card never promises what is not in the page."""
    made = shown.made[output]
    head = Head()
    head.feed(made.content.decode().partition("</head>")[0])
    picture = head.said.get("og:image", "")
    base = shown.site.config.base_url
    own = f"{picture.removeprefix(base)}" if picture.startswith(f"{base}/") else ""
    return {
        "title": head.said.get("og:title") or made.facts.title,
        "description": head.said.get("og:description") or made.facts.description,
        "host": urlsplit(base).netloc,
        "picture": shown.site.config.base_path + own if own else "",
        "elsewhere": bool(picture) and not own,
    }


# ------------------------------------------------------------------------------ reading


def read(page: Page, editor: Editor) -> dict[str, Any]:
    found = reading(page)
    return {
        "measured": found.sentences > 0 and found.grade != 0,
        "grade": found.grade,
        "ease": found.ease,
        "words": found.words,
        "sentences": found.sentences,
        "minutes": max(round(found.words / 230), 1),
        "easy": found.grade < found.highest_grade,
        "highest": f"{found.highest_grade:g}",
        "hardest": [
            {
                "text": one.text,
                "grade": one.grade,
                "count": one.words,
                "words": tries(one.text),
                "place": f"{one.place.path}:{one.place.line}",
                "open": editor.link(one.place.path, one.place.line, one.place.column),
            }
            for one in found.hardest
        ],
    }
