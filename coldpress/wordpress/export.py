"""The bytes of a WordPress export (WXR: RSS 2.0 with fields of its own) -> Export.

An export is a stranger's file. XML can grow without end (a "billion laughs") and fetch other files
only through a document type: it alone declares entities. A document type may stand before the first
element and nowhere else, so where one is refused there is nothing to expand or to fetch, and
Python's own parser will do: no further library that would have to be trusted with it. The text is
decoded here, so that no encoding the file claims can hide a document type from this look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from coldpress.problems import BuildError, Place, Problem, error
from coldpress.reading import read_bytes
from coldpress.wordpress.records import Export, Item, Term

MOST_BYTES = 100_000_000
CHUNK = 1 << 16
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""WordPress writes what people pasted, control characters among it: XML forbids them."""
PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
SPACES: Mapping[str, str] = {
    "/excerpt/": "excerpt:",
    "/modules/content/": "content:",
    "/dc/elements/": "dc:",
    "wordpress.org/export/": "wp:",
}
"""What a namespace has in it -> how its fields are called here, whatever the version."""
HOW = "make it in WordPress under Tools, Export, 'All content'"


def read_export(file: Path) -> Export:
    """Raises BuildError: not readable, too large, not UTF-8, not safe, not an export."""
    shown = file.as_posix()
    text, removed = NOT_XML.subn("", _decoded(_bytes(file, shown), shown))
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<!DOCTYPE", start):
        place = Place(shown, text.count("\n", 0, start) + 1)
        message = "the file has a document type, which could make it grow or fetch other files"
        hint = f"an export of WordPress has none; {HOW}"
        raise BuildError([error("unsafe-xml", place, message, hint)])
    return _export(text, shown, removed)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        return read_bytes(file.parent, file.name, MOST_BYTES)
    except BuildError as failed:
        problem = failed.problems[0]
        large = "export it in parts: posts, pages, then media; or one year at a time"
        hint = large if problem.rule == "too-large" else problem.hint
        raise BuildError([error(problem.rule, Place(shown), problem.message, hint)]) from None


def _decoded(raw: bytes, shown: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        place = Place(shown, raw.count(b"\n", 0, failure.start) + 1)
        message = f"byte {failure.start + 1} of this export is not UTF-8 text"
        hint = f"WordPress writes UTF-8: do not save the file with another program; {HOW}"
        raise BuildError([error("not-utf8", place, message, hint)]) from None


def _export(text: str, shown: str, removed: int) -> Export:
    items: list[Item] = []
    authors: list[str] = []
    top: dict[str, str] = {}
    try:
        for name, element in _elements(text):
            if name == "item":
                items.append(_item(element))
            elif name == "wp:author":
                authors.append(_fields(element).get("wp:author_display_name", ""))
            else:
                top.setdefault(name, (element.text or "").strip())
    except ParseError as failure:
        raise BuildError([_unreadable(failure, text, shown)]) from None
    if "wp:wxr_version" not in top:
        message = "this is no export of a WordPress site"
        raise BuildError([error("not-an-export", Place(shown), message, HOW)])
    address = top.get("wp:base_blog_url") or top.get("link", "")
    return Export(top.get("title", ""), address.rstrip("/"), tuple(items), tuple(authors), removed)


def _elements(text: str) -> Iterator[tuple[str, Element]]:
    """What stands right under the channel, one at a time; what was read is let go again. Plugins
    leave blank lines at the top of an export, and a parser would stop at them."""
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    path: list[Element] = []
    text = text.lstrip()
    for start in range(0, len(text), CHUNK):
        parser.feed(text[start : start + CHUNK])
        for event, element in parser.read_events():  # type: ignore[misc]  # two asked for
            if event == "start" and isinstance(element, Element):
                path.append(element)
                continue
            ended = path.pop()
            if len(path) == 2:
                yield _name(ended), ended
                path[-1].clear()
    parser.close()


def _unreadable(failure: ParseError, text: str, shown: str) -> Problem:
    line, column = failure.position
    above = text[: len(text) - len(text.lstrip())].count("\n")
    why = str(failure).partition(":")[0]
    message = f"this export cannot be read: {why}"
    hint = f"it was cut off or changed by another program; {HOW}"
    return error("malformed-xml", Place(shown, line + above, column + 1), message, hint)


# --------------------------------------------------------------------------- one item


def _item(element: Element) -> Item:
    words = _fields(element)
    meta = list(_meta(element))
    return Item(
        id=_number(words.get("wp:post_id", "")),
        type=words.get("wp:post_type", "post"),
        status=words.get("wp:status", "publish"),
        title=words.get("title", ""),
        link=words.get("link", ""),
        slug=words.get("wp:post_name", ""),
        body=words.get("content:encoded", ""),
        excerpt=words.get("excerpt:encoded", ""),
        date=words.get("wp:post_date", ""),
        date_gmt=words.get("wp:post_date_gmt", ""),
        modified=words.get("wp:post_modified", ""),
        parent=_number(words.get("wp:post_parent", "")),
        password=words.get("wp:post_password", ""),
        file_url=words.get("wp:attachment_url", ""),
        terms=tuple(_terms(element)),
        meta=dict(meta),
        old_slugs=tuple(value for key, value in meta if key == "_wp_old_slug"),
        comments=sum(_name(child) == "wp:comment" for child in element),
    )


def _name(element: Element) -> str:
    space, _, name = element.tag.rpartition("}")
    return next((short for part, short in SPACES.items() if part in space), "") + name


def _fields(element: Element) -> dict[str, str]:
    """The first of each name counts."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(_name(child), (child.text or "").strip())
    return found


def _terms(element: Element) -> Iterator[Term]:
    for child in element:
        if child.tag == "category":
            name = (child.text or "").strip()
            yield Term(child.get("domain", "category"), child.get("nicename", name), name)


def _meta(element: Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if _name(child) == "wp:postmeta":
            pair = _fields(child)
            yield pair.get("wp:meta_key", ""), pair.get("wp:meta_value", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
