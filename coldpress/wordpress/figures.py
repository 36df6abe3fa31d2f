"""Pictures in a text, with their captions -> `<img>` with a new place, `<x-figure>` with a caption,
or a prompt where the picture could not be had."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag

from coldpress.markdown.known import as_written_in
from coldpress.wordpress.addresses import external
from coldpress.wordpress.page import PROMPT, Writing, element
from coldpress.wordpress.pictures import Missing, Taken

NUMBER = re.compile(r"\bwp-image-(\d{1,18})\b")
SOURCES = ("data-src", "data-lazy-src", "data-orig-file", "src")
"""Plugins that load pictures late keep the address apart, and a dot in `src`."""
DONE = "x-done"
"""On a picture whose `src` is its new place."""
NESTED = ["li", "td", "th", "dd", "dt", "blockquote"]
NO_ALT = f"{PROMPT}say what the picture shows"


def pictures(soup: BeautifulSoup, writing: Writing) -> None:
    _ungallery(soup)
    for one in list(soup.find_all("img", attrs={DONE: False})):
        _unlinked(one, writing)
        shown = _shown(one, writing)
        if shown is None:
            one.decompose()
        else:
            one.replace_with(shown)
    for one in list(soup.find_all("figure")):
        _figure(one)
    for loose in soup.find_all("figcaption"):
        loose.name = "div"


def _unlinked(one: Tag, writing: Writing) -> None:
    """A picture that leads to itself in large need not: the large one is shown."""
    link = one.find_parent("a")
    if link is None or link.get_text().strip():
        return
    url = writing.addresses.absolute(str(link.get("href") or ""), writing.item)
    item = writing.addresses.item_at(url) if writing.addresses.ours(url) else None
    if writing.addresses.file_at(url) or (item is not None and item.type == "attachment"):
        link.unwrap()


def _shown(one: Tag, writing: Writing) -> Tag | None:
    """None: nothing was to be seen."""
    if str(one.get("width")) == "1" and str(one.get("height")) == "1":
        writing.note("lost", f"a picture of one dot, made to count visitors: {one.get('src')}")
        return None
    source = next((str(one[name]) for name in SOURCES if one.get(name)), "")
    if source.startswith("data:"):
        return writing.left("a picture written into the text itself")
    url = writing.addresses.absolute(source, writing.item)
    found = writing.picture(writing.addresses.file_at(url), _number(one))
    alt = " ".join(str(one.get("alt") or "").split()) or found.alt
    if isinstance(found, Missing):
        return _missing(found, url or source, alt, writing)
    return image(found.path, alt, writing)


def image(path: str, alt: str, writing: Writing) -> Tag:
    src = as_written_in(writing.path, path)
    return element("img", src=src, alt=seen(path, alt, writing), **{DONE: ""})


def seen(path: str, alt: str, writing: Writing) -> str:
    """What a picture shows, in words; a prompt for them where nobody has said it."""
    alt = alt or writing.alts.get(path, "")
    if alt:
        writing.alts[path] = alt
    else:
        writing.prompts += 1
        writing.note("prompt", f"no words for readers who cannot see it: {path}")
    return alt or NO_ALT


def _missing(found: Missing, url: str, alt: str, writing: Writing) -> Tag:
    elsewhere = "" if writing.addresses.ours(url) else external(url)
    words = f" ({alt})" if alt else ""
    reason = "it is on another site" if elsewhere else found.reason
    left = writing.left(f"the picture {url}{words}: {reason}")
    return element("a", [left], href=elsewhere) if elsewhere else left


def _number(one: Tag) -> int:
    classes = one.get("class") or ()
    found = NUMBER.search(" ".join(classes) if isinstance(classes, list) else str(classes))
    return int(found[1]) if found else 0


def taken(item_number: int, writing: Writing) -> Tag | Taken:
    """A picture named by its number alone: of a gallery, or of the page itself."""
    found = writing.picture("", item_number)
    if isinstance(found, Missing):
        return writing.left(f"the picture with the number {item_number}: {found.reason}")
    return found


def _figure(one: Tag) -> None:
    """One picture with a caption; in a figure with anything else, the caption is a paragraph."""
    captions = one.find_all("figcaption", recursive=False)
    images = one.find_all("img")
    whole = one.get_text().strip() == "".join(part.get_text() for part in captions).strip()
    captioned = any(part.get_text().strip() for part in captions)
    linked = any(image.find_parent("a") is not None for image in images)
    if len(images) == 1 and whole and captioned and not linked and not one.find_parent(NESTED):
        inside = [child.extract() for part in captions for child in list(part.contents)]
        src, alt = str(images[0]["src"]), str(images[0]["alt"])
        one.replace_with(element("x-figure", inside, src=src, alt=alt))
        return
    if captions and one.find("table") is not None:
        captions[0].insert(0, "Table: ")
    for part in captions:
        part.name = "p"
    one.name = "div"


def _only_pictures(item: Tag) -> bool:
    captions = "".join(part.get_text() for part in item.find_all("figcaption"))
    return item.find("figure") is not None and item.get_text().split() == captions.split()


def _ungallery(soup: BeautifulSoup) -> None:
    """A list of nothing but pictures was a way to set them side by side."""
    for one in list(soup.find_all(["ul", "ol"])):
        items = one.find_all("li", recursive=False)
        if items and all(_only_pictures(item) for item in items):
            for item in items:
                item.name = "div"
            one.name = "div"
