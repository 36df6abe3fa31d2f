"""Site -> what the search page reads: one file of words, and on a large site Pagefind's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, SubElement, tostring

from coldpress.model import Page, Recipe, Site
from coldpress.searching import (
    PAGEFIND,
    has_search_page,
    headings,
    result,
    search_index,
    searched,
    uses_pagefind,
)

STOCK = ("pagefind-ui", "pagefind-modular", "pagefind-component", "pagefind-highlight")
"""Pagefind's own forms and looks, which the search page does without."""
WEIGHT = "data-pagefind-weight"


def search(site: Site) -> Iterator[Recipe]:
    """The index first: the search page names it."""
    if not has_search_page(site):
        return
    index = search_index(site)
    yield Recipe(output=index.output, content=index.content)
    if uses_pagefind(site) and site.is_first:  # one index knows all languages
        yield from pagefind(site)


def pagefind(site: Site) -> Iterator[Recipe]:
    """Pagefind reads a folder and writes one: page by page it would take a tenth of a second for
    each."""
    from coldpress.outputs.indexing import index

    with TemporaryDirectory() as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made")
        for edition in site.editions:
            for page in searched(edition):
                path = pages / page.route.output
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(essence(edition, page))
        index(pages, made)
        for path in sorted(made.rglob("*")):
            if path.is_file() and not path.name.startswith(STOCK):
                name = path.relative_to(made).as_posix()
                yield Recipe(output=f"{PAGEFIND}/{name}", content=path.read_bytes())


def essence(site: Site, page: Page) -> bytes:
    """What search should know of a page, without its menus: words by weight, and the result."""
    also = (synonym.words for synonym in site.synonyms.values() if page.id in synonym.pages)
    html = Element("html", lang=page.source.lang)
    head, body = SubElement(html, "head"), SubElement(html, "body")
    for name, text in result(site, page).items():
        SubElement(head, "meta", {"data-pagefind-meta": f"{name}[content]", "content": text})
    SubElement(body, "h1").text = page.title
    for weight, text in (
        ("8", " ".join(phrase for phrases in also for phrase in phrases)),
        ("6", page.label),
        ("3", " ".join(headings(site, page))),
        ("2", page.source.matter.description),
        ("1", page.converted.text),
    ):
        SubElement(body, "p", {WEIGHT: weight}).text = text
    return tostring(html, method="html")
