"""The text of one item -> HTML of which every element has a form in our Markdown.

The order matters: what other sites drew first, so that nothing of it is taken for text; then
pictures and links, which need their attributes; then the form of blocks, from the outside in.
"""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from coldpress.reading import HIDDEN
from coldpress.wordpress import blocks, paragraphs
from coldpress.wordpress.calls import draw
from coldpress.wordpress.embeds import bare_addresses, embeds
from coldpress.wordpress.figures import pictures
from coldpress.wordpress.headings import headings
from coldpress.wordpress.links import anchors, links
from coldpress.wordpress.page import LEFT, Writing, element, soup_of
from coldpress.wordpress.shortcodes import marked
from coldpress.wordpress.tables import tables
from coldpress.wordpress.tidy import finish, repair, tidy

MOST: Mapping[str, int] = {"": 300_000, "<": 20_000, "\n": 10_000, "[": 5_000}
"""Signs in a text; "": letters of any kind. A longer one was not written by a person."""
DEEPEST = 60
"""Levels of elements in each other. More is a mistake of a program, and no page needs it."""
DEEPEST_UNREPAIRED = 3_000
"""Paragraphs that nobody closed stand in each other until they are put side by side."""
QUOTED = str.maketrans("\u2028\u2029", "\n\n")


class UnreadableTextError(Exception):
    """The text cannot be carried over at all; the words say why."""


def unreadable(body: str) -> str:
    """Why a text cannot be carried over, or nothing."""
    for sign, most in MOST.items():
        number = body.count(sign) - (1 if not sign else 0)
        if number > most:
            what = f"times {sign!r}" if sign.strip() else "lines" if sign else "letters"
            return f"its text has {number:,} {what}, {most:,} at most can be read"
    try:
        parsed(blocks.plain(HIDDEN.sub("", body), lambda _: None).html)
    except UnreadableTextError as failure:
        return str(failure)
    return ""


def shaped(body: str, writing: Writing) -> BeautifulSoup:
    body, hidden = HIDDEN.subn("", body.translate(QUOTED))
    if hidden:
        writing.note("word", f"{hidden} hidden characters were taken out")
    plain = blocks.plain(body, writing.reusable)
    writing.classic = not plain.by_blocks
    _tell(plain, writing)
    found = marked(plain.html)
    for words in found.words:
        writing.note("word", f"words in square brackets, kept as words: {words}")
    soup = parsed(found.html)
    draw(soup, found.calls, plain.drawn, writing)
    _shape(soup, writing)
    return soup


def parsed(html: str) -> BeautifulSoup:
    # A parser looks for the end of each tag that has none all the way down, again and again.
    last = html.rfind(">") + 1
    try:
        soup = soup_of(html[:last] + html[last:].replace("<", "&lt;"))
    except (ParserRejectedMarkup, AssertionError, RecursionError) as failure:
        raise UnreadableTextError("its HTML cannot be read") from failure
    if _depth(soup) > DEEPEST_UNREPAIRED:
        raise UnreadableTextError("its HTML has far too many elements in each other")
    repair(soup)
    if _depth(soup) > DEEPEST:
        raise UnreadableTextError(f"its HTML has more than {DEEPEST} elements in each other")
    return soup


def _depth(soup: BeautifulSoup) -> int:
    deepest = 0
    level: list[tuple[Tag, int]] = [(soup, 0)]
    while level:
        one, depth = level.pop()
        deepest = max(deepest, depth)
        level += [(child, depth + 1) for child in one.children if isinstance(child, Tag)]
    return deepest


def _tell(plain: blocks.Plain, writing: Writing) -> None:
    for comment in plain.comments:
        writing.note("lost", f"a comment in the HTML, which readers never saw: {comment}")
    if plain.more:
        writing.note("lost", "the mark 'read more' or 'next page'")
    writing.reused.update(plain.used)


def _shape(soup: BeautifulSoup, writing: Writing) -> None:
    embeds(soup, writing)
    tidy(soup, writing)
    pictures(soup, writing)
    _questions(soup)
    headings(soup)
    tables(soup, writing)
    paragraphs.wrap(soup, classic=writing.classic)
    bare_addresses(soup, writing)
    links(soup, writing)
    anchors(soup)
    paragraphs.settle(soup)
    finish(soup)


def _questions(soup: BeautifulSoup) -> None:
    """`<details>` -> a question that opens, as our own pages have them."""
    for one in list(soup.find_all("details")):
        summary = one.find("summary")
        title = " ".join(summary.get_text(" ").split()) if isinstance(summary, Tag) else ""
        nested = one.find_parent(["li", "td", "th", "dd", "blockquote", "details", "x-question"])
        if isinstance(summary, Tag):
            summary.decompose()
        filled = one.get_text().strip() or one.find(["img", LEFT]) is not None
        if title and filled and nested is None and one.find("details") is None:
            one.name = "x-question"
            one.attrs = {"title": title}
        else:
            one.name = "div"
            if title:
                one.insert_before(element("p", [element("strong", [title])]))
    for loose in soup.find_all("summary"):
        loose.name = "p"
