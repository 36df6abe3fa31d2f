"""Marks in a text -> what the shortcodes and blocks stood for: a figure, a link, a prompt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from coldpress.wordpress import blocks, shortcodes
from coldpress.wordpress.embeds import link_to
from coldpress.wordpress.figures import image, taken
from coldpress.wordpress.page import Writing, element, soup_of
from coldpress.wordpress.shortcodes import IN_LINE, Call

MARKS = re.compile(f"(?:{shortcodes.MARK.pattern})|(?:{blocks.MARK.pattern})")


def draw(
    soup: BeautifulSoup, calls: Sequence[Call], drawn: Sequence[str], writing: Writing
) -> None:
    """`calls`: shortcodes by their mark; `drawn`: blocks by theirs."""
    for text in list(soup.find_all(string=MARKS)):
        parts: list[PageElement] = []
        done = 0
        for mark in MARKS.finditer(text):
            parts += _words(text[done : mark.start()])
            if mark[1]:
                parts += _call(calls[int(mark[1])], writing)
            else:
                parts.append(writing.left(f"the block {drawn[int(mark[2])]}"))
            done = mark.end()
        text.replace_with(*parts, *_words(text[done:]))


def _words(text: str) -> list[PageElement]:
    return [NavigableString(text)] if text else []


def _call(call: Call, writing: Writing) -> list[PageElement]:
    if call.layout:
        writing.note("word", f"[{call.name}] of a page builder was taken off, what is in it kept")
        return [] if call.name in IN_LINE else [element("div")]
    drawing = DRAWINGS.get(call.name)
    if drawing is not None:
        return list(drawing(call, writing))
    around = f" ... [/{call.name}], around the words that follow" if call.encloses else ""
    return [writing.left(f"the shortcode {call.written}{around}")]


# --------------------------------------------------------------------------- the known ones


def _caption(call: Call, writing: Writing) -> Iterator[PageElement]:
    """`[caption]<a><img></a> words[/caption]`; in its oldest form the words are an attribute."""
    inside = soup_of(call.inside)
    shown = inside.find("img")
    if not isinstance(shown, Tag):
        yield writing.left(f"the shortcode {call.written} with no picture in it")
        yield from [one.extract() for one in list(inside.contents)]
        return
    number = call.attributes.get("id", "").removeprefix("attachment_")
    if number.isdigit() and not shown.get("class"):
        shown["class"] = f"wp-image-{number}"
    link = shown.find_parent("a")
    figure = element("figure", [(link or shown).extract()])
    words = [one.extract() for one in list(inside.contents)]
    words = words or _words(call.attributes.get("caption", ""))
    figure.append(element("figcaption", words))
    yield figure


def _gallery(call: Call, writing: Writing) -> Iterator[PageElement]:
    """The pictures it names; without names, those that were uploaded to the page."""
    written = call.attributes.get("ids") or call.attributes.get("include") or ""
    numbers = [int(number) for number in re.findall(r"\d{1,18}", written)]
    numbers = numbers or list(writing.uploads)
    if not numbers:
        yield writing.left(f"the shortcode {call.written}: no picture belongs to it")
    writing.note("place", f"a gallery, its {len(numbers)} pictures stand one below the other now")
    for number in numbers:
        yield element("p", [_picture(number, writing)])


def _picture(number: int, writing: Writing) -> Tag:
    found = taken(number, writing)
    if isinstance(found, Tag):
        return found
    return image(found.path, found.alt, writing)


def _shown(call: Call, writing: Writing) -> Iterator[PageElement]:
    """[embed], [video] and [audio]: an address inside, or one among the attributes."""
    inside = call.inside.strip()
    values = (inside, *call.attributes.values())
    url = next((value for value in values if re.match(r"(?:https?:)?//|/", value)), "")
    if url and not writing.addresses.ours(writing.addresses.absolute(url, writing.item)):
        yield element("p", [link_to(url, "", writing)])
    else:
        yield writing.left(f"the shortcode {call.written}{inside}")


DRAWINGS: Mapping[str, Callable[[Call, Writing], Iterator[PageElement]]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _shown,
    "video": _shown,
    "audio": _shown,
}
