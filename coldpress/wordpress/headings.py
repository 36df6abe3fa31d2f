"""Headings of any levels -> an outline under the page's title: none skipped, none empty."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from coldpress.wordpress.page import element

LEVELS = [f"h{level}" for level in range(1, 7)]
NO_OUTLINE = ["li", "td", "th", "dd", "dt", "blockquote", "figcaption", "summary", "x-question"]
"""A heading in one of these is words in bold: it heads no part of the page."""


def headings(soup: BeautifulSoup) -> None:
    found: list[Tag] = list(soup.find_all(LEVELS))
    shift = 1 if any(one.name == "h1" and one.get_text().strip() for one in found) else 0
    above = 1
    for one in found:
        if not one.get_text().strip():
            one.name = "div"
        elif one.find_parent(NO_OUTLINE) is not None:
            one.name = "p"
            one.append(element("strong", [part.extract() for part in list(one.contents)]))
        else:
            above = min(max(int(one.name[1]) + shift, 2), above + 1, 6)
            one.name = f"h{above}"
