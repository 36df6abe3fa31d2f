"""Links of the old site -> links to content files of the new one; links elsewhere, made safe."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from coldpress.markdown.known import as_written_in
from coldpress.slugs import slug_from
from coldpress.wordpress.addresses import external, safe
from coldpress.wordpress.page import LEFT, Writing

HOME = "content/pages/index.md"
ANCHOR = "at-"
"""Goes before the names of places in a page: no id of a template or a heading starts like this."""
PLACES = ["p", "h1", "h2", "h3", "h4", "h5", "h6"]


def links(soup: BeautifulSoup, writing: Writing) -> None:
    for one in list(soup.find_all("a")):
        if one.find_parent("a") is not None:
            writing.note("lost", f"a link within a link: {one.get('href')}")
            one.unwrap()
            continue
        name = str(one.get("id") or one.get("name") or "")
        written = str(one.get("href") or "").strip()
        if name and not one.get("id"):
            one["id"] = name
        target = _target(written, writing) if written else ""
        if target and (one.get_text().strip() or one.find(["img", LEFT]) is not None):
            one.attrs = {"href": target}
        elif written and target:
            writing.note("lost", f"a link without words: {written}")
            one.unwrap()
        elif written or not name:
            one.unwrap()


def _target(written: str, writing: Writing) -> str:
    """ "" when the words stay and the link goes."""
    if written.startswith("#"):
        place = slug_from(unquote(written[1:]))
        return f"#{ANCHOR}{place}" if place else ""
    url = writing.addresses.absolute(written, writing.item)
    if not writing.addresses.ours(url):
        target = external(url)
        if not target:
            writing.note("address", f"a link no page may have, its words stay: {written}")
        return target
    return _inside(url, written, writing)


def _inside(url: str, written: str, writing: Writing) -> str:
    item = writing.addresses.item_at(url)
    path = writing.addresses.paths.get(item.id) if item is not None else None
    if path is None:
        front = not urlsplit(url).path.strip("/") and not urlsplit(url).query
        if front and writing.addresses.home:
            return as_written_in(writing.path, HOME)
        what = "a file" if writing.addresses.file_at(url) else "an address"
        writing.note("address", f"{what} of the old site, the words of the link stay: {written}")
        return ""
    place = slug_from(unquote(urlsplit(url).fragment))
    return safe(as_written_in(writing.path, path)) + (f"#{ANCHOR}{place}" if place else "")


def anchors(soup: BeautifulSoup) -> None:
    """Names of places go to the paragraph or heading they stand in or before; each once a page."""
    given: set[str] = set()
    for one in list(soup.find_all(id=True)):
        place = slug_from(str(one["id"]))
        del one["id"]
        holder = _holder(one)
        if place and holder is not None and place not in given and "x-id" not in holder.attrs:
            holder["x-id"] = f"{ANCHOR}{place}"
            given.add(place)
        if one.name == "a" and not one.get("href"):
            one.unwrap()


def _holder(one: Tag) -> Tag | None:
    """Inside lists, tables and quotations a paragraph may end up as part of a line."""
    found = one if one.name in PLACES else one.find_parent(PLACES) or one.find_next(PLACES)
    if not isinstance(found, Tag):
        return None
    return found if found.find_parent(["li", "td", "th", "dd", "blockquote"]) is None else None
