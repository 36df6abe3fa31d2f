"""Frames, films, sounds, forms and scripts in a text -> links, or prompts for what stood there.

A page of ours asks no other site for anything, so what other sites drew becomes a link to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from coldpress.wordpress.addresses import external
from coldpress.wordpress.page import Writing, element
from coldpress.wordpress.tidy import is_break

FILM = re.compile(
    r"https?://(?:www\.)?(?:youtube(?:-nocookie)?\.com/embed/|youtu\.be/)([\w-]{6,20})"
)
VIMEO = re.compile(r"https?://player\.vimeo\.com/video/(\d+)")
ALONE = re.compile(r"\s*(https?://[^\s<>\[\]]+)\s*")
"""An address that is all of a paragraph: WordPress shows what is there."""


def embeds(soup: BeautifulSoup, writing: Writing) -> None:
    for name, act in ACTS.items():
        for one in list(soup.find_all(name)):
            if one.parent is not None:
                act(one, writing)


def link_to(url: str, words: str, writing: Writing) -> Tag:
    """A link to something that was shown on the page itself."""
    absolute = external(watched(writing.addresses.absolute(url, writing.item)))
    if not absolute:
        return writing.left(f"{words or 'what stood here'} ({url})" if url else words)
    writing.note("word", f"shown on the page before, a link now: {absolute}")
    return element("a", [words or absolute], href=absolute)


def watched(url: str) -> str:
    """The page of a film instead of its frame."""
    if found := FILM.match(url):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if found := VIMEO.match(url):
        return f"https://vimeo.com/{found[1]}"
    return url


def _frame(one: Tag, writing: Writing) -> None:
    url = _first(one, "src", "data-src", "data", "data-lazy-src")
    words = " ".join(_first(one, "title").split())
    if url:
        one.replace_with(_line(link_to(url, words, writing)))
    else:
        one.replace_with(_line(writing.left(f"a frame with something of another site: {one}")))


def _film(one: Tag, writing: Writing) -> None:
    inside = one.find("source")
    url = _first(one, "src") or (_first(inside, "src") if isinstance(inside, Tag) else "")
    what = {"audio": "a sound", "video": "a film"}[one.name]
    if not url:
        one.replace_with(_line(writing.left(f"{what}: {one}")))
    elif writing.addresses.ours(writing.addresses.absolute(url, writing.item)):
        one.replace_with(_line(writing.left(f"{what} of the old site: {url}")))
    else:
        one.replace_with(_line(link_to(url, "", writing)))


def _form(one: Tag, writing: Writing) -> None:
    asked = ", ".join(
        words
        for field in one.find_all(("label", "input", "textarea", "select", "button"))
        if (words := " ".join((field.get_text(" ") or _first(field, "placeholder")).split()))
    )
    one.replace_with(_line(writing.left(f"a form that asks: {asked}" if asked else "a form")))


def _field(one: Tag, writing: Writing) -> None:
    """Outside of a form nothing can be sent: the words on it are all there is."""
    words = " ".join((one.get_text(" ") or _first(one, "value", "placeholder")).split())
    writing.note("lost", f"a field or button of no form: {words or one.name}")
    one.replace_with(NavigableString(words))


def _script(one: Tag, writing: Writing) -> None:
    source = _first(one, "src")
    if source:
        one.replace_with(_line(writing.left(f"what a script drew: {source}")))
        return
    if one.get_text().strip():
        writing.note("lost", f"<{one.name}>: {one.get_text()}")
    one.decompose()


def _drawing(one: Tag, writing: Writing) -> None:
    words = " ".join(one.get_text(" ").split())
    one.replace_with(writing.left(f"a drawing or formula in HTML (<{one.name}>): {words}"))


def _unseen(one: Tag, writing: Writing) -> None:
    """Shown where scripts are off: it doubles what is there."""
    if one.get_text().strip():
        writing.note("lost", f"<{one.name}>: {one.get_text(' ')}")
    one.decompose()


ACTS: Mapping[str, Callable[[Tag, Writing], None]] = {
    "iframe": _frame,
    "embed": _frame,
    "object": _frame,
    "frame": _frame,
    "video": _film,
    "audio": _film,
    "form": _form,
    **dict.fromkeys(("input", "select", "textarea", "button"), _field),
    **dict.fromkeys(("script", "style", "template", "link", "meta", "base"), _script),
    **dict.fromkeys(("svg", "math", "canvas", "map"), _drawing),
    **dict.fromkeys(("noscript", "noframes", "title", "head"), _unseen),
}
"""Tag -> what becomes of it."""


def bare_addresses(soup: BeautifulSoup, writing: Writing) -> None:
    """Alone in a paragraph or, in the older form, on a line of one."""
    for text in list(soup.find_all(string=ALONE)):
        found = ALONE.fullmatch(str(text))
        beside = [one for one in (text.previous_sibling, text.next_sibling) if one is not None]
        in_paragraph = text.parent is not None and text.parent.name == "p"
        if found and in_paragraph and all(is_break(one) for one in beside):
            text.replace_with(link_to(found[1], "", writing))


def _line(inside: Tag) -> Tag:
    return element("p", [inside])


def _first(one: Tag, *names: str) -> str:
    return next((value for name in names if (value := str(one.get(name) or "").strip())), "")
