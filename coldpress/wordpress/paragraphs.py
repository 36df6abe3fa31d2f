"""Words that stand about freely -> paragraphs, as WordPress makes them when a page is shown.

Its older editor keeps no `<p>`: an empty line divides paragraphs, and the end of a line is one on
the page as well. In a text of blocks the end of a line means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement

from coldpress.wordpress.page import LEFT, element
from coldpress.wordpress.tidy import BLOCKS, is_break

CONTAINERS = ["div", "blockquote", "li", "dd", "dt", "x-question", "x-figure"]
TIGHT = ["li", "dd", "dt"]
LINE = "x-line"
"""Words of a list item or a term: a paragraph without empty lines around it."""
ENDS = re.compile(r"[ \t]*(?:\r\n?|\n)[ \t]*")
RAW = ["pre", "code", "table", "ul", "ol", "dl"]
LISTS = [*TIGHT, "blockquote", "ul", "ol", "dl"]


def wrap(soup: BeautifulSoup, *, classic: bool) -> None:
    """Every stretch of words gets a paragraph; `<div>`s still stand around them."""
    for one in soup.find_all("p"):
        one.name = "div"  # of one with two breaks in a row, or a list in it, several will be made
    if classic:
        _breaks(soup)
    for container in (soup, *soup.find_all(CONTAINERS)):
        _wrap(container)


def settle(soup: BeautifulSoup) -> None:
    """No `<div>`, no empty paragraph, no empty list is left."""
    for one in list(soup.find_all("div")):
        one.unwrap()
    for one in list(soup.find_all(["p", LINE])):
        _trim(one)
    for one in list(soup.find_all(LISTS))[::-1]:
        if not one.get_text().strip() and one.find(["img", LEFT, "hr", "table"]) is None:
            one.decompose()
    for one in list(soup.find_all(TIGHT)):
        only = one.find("p", recursive=False)
        if only is not None and len(one.find_all("p", recursive=False)) == 1:
            only.name = LINE


def _breaks(soup: BeautifulSoup) -> None:
    """Ends of lines, but not those beside a block: these are there for the eye of the writer."""
    for text in list(soup.find_all(string=lambda words: words is not None and "\n" in words)):
        outer = text.parent
        if outer is None or (outer.name in RAW or text.find_parent(["pre", "code"]) is not None):
            continue
        words = str(text)
        words = words.lstrip() if _edge(text.previous_sibling, outer) else words
        words = words.rstrip() if _edge(text.next_sibling, outer) else words
        made: list[PageElement] = []
        for number, part in enumerate(ENDS.split(words)):
            made += [element("br")] if number else []
            made += [NavigableString(part)] if part else []
        text.replace_with(*made)


def _edge(beside: PageElement | None, outer: Tag) -> bool:
    if beside is None:
        return outer.name in CONTAINERS or isinstance(outer, BeautifulSoup)
    return _is_block(beside) or is_break(beside)


def _is_block(one: PageElement) -> bool:
    return isinstance(one, Tag) and (one.name in BLOCKS or one.name in CONTAINERS)


def _wrap(container: Tag) -> None:
    kind = LINE if container.name == "dt" else "p"
    run: list[PageElement] = []
    for child in [*container.contents, None]:
        if child is not None and not _is_block(child):
            run.append(child)
            continue
        for paragraph in _divided(run):
            made = element(kind)
            paragraph[0].insert_before(made)
            for one in paragraph:
                made.append(one.extract())
        for one in run:
            if one.parent is container:  # blank, or a break: of no paragraph
                one.extract()
        run = []


def _divided(run: Iterable[PageElement]) -> Iterator[list[PageElement]]:
    """At two breaks in a row. What is blank at the edges belongs to no paragraph; prompts among
    themselves have one each."""
    run = list(run)
    solid = [one for one in run if not _void(one)]
    if all(isinstance(one, Tag) and one.name == LEFT for one in solid):
        yield from ([one] for one in solid)
        return
    paragraph: list[PageElement] = []
    breaks = 0
    for one in run:
        if is_break(one):
            breaks += 1
        elif not _void(one):
            if breaks > 1 and paragraph:
                yield _filled(paragraph)
                paragraph = []
            breaks = 0
        paragraph += [one] if paragraph or not _void(one) else []
    if paragraph:
        yield _filled(paragraph)


def _filled(paragraph: list[PageElement]) -> list[PageElement]:
    last = max(number for number, one in enumerate(paragraph) if not _void(one))
    return paragraph[: last + 1]


def _void(one: PageElement) -> bool:
    return is_break(one) or (isinstance(one, NavigableString) and not one.strip())


def _trim(paragraph: Tag) -> None:
    while paragraph.contents and _void(paragraph.contents[-1]):
        paragraph.contents[-1].extract()
    while paragraph.contents and _void(paragraph.contents[0]):
        paragraph.contents[0].extract()
    if not paragraph.get_text().strip() and paragraph.find(["img", LEFT]) is None:
        paragraph.decompose()
