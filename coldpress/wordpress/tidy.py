"""HTML as editors and plugins leave it -> HTML whose elements stand where they may.

A browser repairs as it reads: an `<li>` ends the one before it, a `<b>` may go on over several
paragraphs. Markdown has no word for such things, so they are put in order first.
"""

from __future__ import annotations

from collections.abc import Mapping

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from coldpress.markdown.allowed import names
from coldpress.wordpress.page import LEFT, Writing, element

INLINE = names(
    """a abbr b big br cite code del dfn em font i img ins kbd label mark q s samp small span
    strike strong sub sup tt u var"""
) | {LEFT}
BLOCKS = names(
    """blockquote dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th
    thead tr ul caption figcaption details summary"""
)
GROUPS = names(
    """address article aside body center dir fieldset footer form header hgroup html legend main
    menu nav section picture"""
)
"""Treated as <div>: they group what is in them."""
ENDS: Mapping[str, frozenset[str]] = {
    "a": frozenset({"a"}),
    "li": frozenset({"li"}),
    "p": frozenset({"p"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"tr", "td", "th"}),
    "option": frozenset({"option"}),
}
"""A start tag that also ends an open element of these names."""
HEADINGS = names("h1 h2 h3 h4 h5 h6")
LISTS = ["ul", "ol"]
OURS = "x-"
"""Names of elements and attributes that only this room gives."""
EMPHASIS: Mapping[str, str] = {"strong": "b", "b": "strong", "em": "i", "i": "em"}


def tidy(soup: BeautifulSoup, writing: Writing) -> None:
    for one in list(soup.find_all(True)):
        if one.name in GROUPS:
            one.name = "div"
        elif one.name not in INLINE | BLOCKS and not one.name.startswith(OURS):
            writing.note("word", f"the tag <{one.name}> was taken off, its words kept")
            one.unwrap()
    for one in list(soup.find_all(sorted(INLINE - {"br", "img", LEFT}))):
        _into_blocks(one)
    _lists(soup)
    _definitions(soup)
    for one in list(soup.find_all("pre")):
        _raw(one)
    for one in list(soup.find_all(sorted(HEADINGS))):
        _heading(one)


def repair(soup: BeautifulSoup) -> None:
    """As a browser reads it: without comments, and with elements ended where others begin."""
    for words in list(soup.find_all(string=lambda one: isinstance(one, PreformattedString))):
        words.extract()  # comments, declarations, instructions: browsers show none of them
    for one in soup.find_all(True):
        own = [name for name in one.attrs if name.startswith(OURS)]
        for name in own:
            del one[name]
        if one.name.startswith(OURS):
            one.name = "span"
    _unnest(soup)


def _lists(soup: BeautifulSoup) -> None:
    """A list stands in an item of the list around it, below words, and holds nothing but items."""
    for listed in list(soup.find_all(LISTS)):
        for child in list(listed.contents):
            if child.get_text().strip() and _name(child) not in ("li", *LISTS):
                child.wrap(element("li"))
    for item in list(soup.find_all("li")):
        own = [one for one in item.contents if isinstance(one, Tag) or one.get_text().strip()]
        if own and _name(own[0]) in LISTS:
            item.unwrap()
    for listed in list(soup.find_all(LISTS)):
        if _name(listed.parent) in LISTS:
            _into_item(listed)


def _definitions(soup: BeautifulSoup) -> None:
    """Terms are words, and each is followed by what it means; else it is no list of terms."""
    for listed in list(soup.find_all("dl")):
        for child in list(listed.contents):
            if child.get_text().strip() and _name(child) not in ("dt", "dd"):
                child.wrap(element("dd"))
        parts = listed.find_all(["dt", "dd"], recursive=False)
        terms = [part for part in parts if part.name == "dt"]
        nested = any(term.find(sorted(BLOCKS)) for term in terms)
        if nested or not terms or parts[0].name != "dt" or parts[-1].name != "dd":
            listed.name = "div"
    for loose in soup.find_all(["dt", "dd"]):
        loose.name = loose.name if _name(loose.parent) == "dl" else "div"
    for loose in soup.find_all("li"):
        loose.name = "li" if _name(loose.parent) in LISTS else "div"


def _raw(pre: Tag) -> None:
    """Words alone stand in `<pre>`; what is to be seen goes below it. In a list, where Markdown
    would lose it, each of its lines is code on a line."""
    for one in pre.find_all(["img", LEFT]):
        pre.insert_after(one.extract())
    for one in pre.find_all("br"):
        one.replace_with("\n")
    text = pre.get_text()
    if pre.find_parent(["li", "dd"]) is None:
        pre.string = text
        return
    lines = [element("code", [line.strip()]) for line in text.splitlines() if line.strip()]
    pre.name = "div"
    pre.clear()
    for line in lines:
        pre.extend([line, element("br")])


def _heading(heading: Tag) -> None:
    """Words alone stand in a heading; a list or a picture in it goes below."""
    for one in heading.find_all(["p", "div"]):
        one.unwrap()
    for one in heading.find_all([*sorted(BLOCKS - {"li", "dt", "dd"}), "img", LEFT])[::-1]:
        if one.find_parent(sorted(BLOCKS)) is heading:
            heading.insert_after(one.extract())


def _into_item(listed: Tag) -> None:
    above = listed.find_previous_sibling("li")
    if isinstance(above, Tag):
        above.append(listed.extract())
    else:
        listed.unwrap()


def _name(one: PageElement | None) -> str:
    return one.name if isinstance(one, Tag) else ""


def _unnest(soup: BeautifulSoup) -> None:
    """`<li>one<li>two`: the second stands in the first here, and beside it in a browser."""
    for one in list(soup.find_all(sorted(ENDS))):
        outer = one.parent
        while outer is not None and outer.name in ENDS[one.name]:
            after = list(one.next_siblings)
            place: PageElement = outer
            for moved in (one, *after):
                place.insert_after(moved.extract())
                place = moved
            outer = one.parent


def _into_blocks(inline: Tag) -> None:
    """`<b><p>a</p><p>b</p></b>` -> `<p><b>a</b></p><p><b>b</b></p>`."""
    if inline.parent is None or not any(isinstance(one, Tag) for one in inline.children):
        return
    if inline.find(sorted(BLOCKS)) is None:
        return
    for run in _inline_runs(inline):
        if any(isinstance(one, Tag) or one.strip() for one in run):
            wrapper = element(inline.name, **{k: str(v) for k, v in inline.attrs.items()})
            run[0].insert_before(wrapper)
            for one in run:
                wrapper.append(one.extract())
    inline.unwrap()


def _inline_runs(inside: Tag) -> list[list[Tag | NavigableString]]:
    """Neighbours without a block in them, at any depth."""
    runs: list[list[Tag | NavigableString]] = []
    run: list[Tag | NavigableString] = []
    waiting = [inside]
    while waiting:
        run = []
        for one in waiting.pop().children:
            if isinstance(one, Tag) and (one.name in BLOCKS or one.find(sorted(BLOCKS))):
                waiting.append(one)
                run = []
            elif isinstance(one, Tag | NavigableString):
                if not run:
                    runs.append(run)
                run.append(one)
    return runs


def finish(soup: BeautifulSoup) -> None:
    """What remains to be done when everything stands in its place."""
    for one in list(soup.find_all(sorted(EMPHASIS))):
        if one.parent is not None and one.find_parent([one.name, EMPHASIS[one.name]]) is not None:
            one.unwrap()
    for one in list(soup.find_all(sorted(INLINE - {"br", "img", LEFT}))):
        if one.parent is None:
            continue
        _lift_breaks(one)
        if not one.get_text() and one.find(["img", LEFT]) is None:
            one.unwrap()
        elif one.name != "a":
            _join(one)


def _lift_breaks(one: Tag) -> None:
    """A line break at the edge of `<b>` goes outside of it; two in the middle become one."""
    for inner in one.find_all("br"):
        while is_break(inner.next_sibling):
            inner.next_sibling.extract()  # type: ignore[union-attr]  # a break is no None
    while one.contents and is_break(one.contents[-1]):
        one.insert_after(one.contents[-1].extract())
    while one.contents and is_break(one.contents[0]):
        one.insert_before(one.contents[0].extract())


def is_break(one: PageElement | None) -> bool:
    return isinstance(one, Tag) and one.name == "br"


def _join(one: Tag) -> None:
    """`<b>a</b><b>b</b>` -> `<b>ab</b>`: the signs of two would make a third."""
    following = one.next_sibling
    while isinstance(following, Tag) and following.name in (one.name, EMPHASIS.get(one.name)):
        for moved in list(following.contents):
            one.append(moved.extract())
        following.decompose()
        following = one.next_sibling
