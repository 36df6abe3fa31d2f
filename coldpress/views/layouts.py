"""What pages with a special layout get on top: the two tables, glossary, references, index."""

from __future__ import annotations

import string
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from coldpress.model import Page, Site
from coldpress.reuse import FORMS, table_output, tables
from coldpress.schema import KINDS, GlossaryTerm, Layout, PageMatter
from coldpress.views.cards import card, page_url, rating, reference

View = dict[str, Any]


def nothing(_site: Site, _page: Page) -> View:
    return {}


def matrix(site: Site, _page: Page) -> View:
    """Mechanism x condition, a condition a row."""
    return {
        "matrix": cross_table(
            site,
            rows=tuple(site.of_kind("conditions")),
            columns=tuple(site.of_kind("mechanisms")),
            found=lambda row, column: site.evidence.matrix.get((column, row), ()),
        )
    }


def methods_table(site: Site, _page: Page) -> View:
    """Condition x kind of cold."""
    return {
        "methods_table": cross_table(
            site,
            rows=tuple(site.of_kind("conditions")),
            columns=tuple(site.of_kind("methods")),
            found=lambda row, column: site.evidence.methods.get((row, column), ()),
        )
    }


def cross_table(
    site: Site,
    rows: tuple[Page, ...],
    columns: tuple[Page, ...],
    found: Callable[[str, str], tuple[str, ...]],
) -> View:
    def cell(row: Page, column: Page) -> View:
        findings = found(row.source.name, column.source.name)
        both = site.strings["cell"].format(column=column.label, row=row.label)
        known = rating(site, findings[0], both) if findings else None
        return {
            "label": both,
            "column": column.label,
            "rating": known,
            "sentence": known["sentence"] if known else "",
            "url": page_url(site, row),
        }

    return {
        "columns": [{"label": p.label, "url": page_url(site, p)} for p in columns],
        "rows": [
            {
                "label": row.label,
                "url": page_url(site, row),
                "cells": [cell(row, column) for column in columns],
            }
            for row in rows
        ],
    }


def other_word(site: Site, entry: GlossaryTerm) -> dict[str, str]:
    """The word in the language many readers speak at home, or met it in first."""
    lang, word = ("en", entry.english) if site.lang == "es" else ("es", entry.spanish)
    return {"lang": lang, "word": word} if word else {}


def glossary(site: Site, _page: Page) -> View:
    """All 26 letters: a letter without terms is plain text in the jump list."""
    terms: dict[str, list[View]] = defaultdict(list)
    for id, entry in sorted(site.glossary.items(), key=lambda item: plain(item[1].term)):
        see = [{"id": other, "term": site.glossary[other].term} for other in entry.see]
        terms[plain(entry.term)[:1].upper()].append(
            {
                "id": id,
                "term": entry.term,
                "definition": entry.definition,
                "other": other_word(site, entry),
                "see": see,
            }
        )
    return {
        "glossary": [
            {
                "letter": letter,
                "id": f"letter-{letter.lower()}" if terms[letter] else "",
                "terms": terms[letter],
            }
            for letter in string.ascii_uppercase
        ]
    }


def plain(word: str) -> str:
    """For sorting: without accents and case."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c)
    )


def references(site: Site, page: Page) -> View:
    """What the site cites, or the part of the page's letters: a long list is several pages."""

    def cited_by(key: str) -> list[View]:
        pages = (site.by_id[id] for id in site.evidence.cited_by.get(key, ()))
        return [{"label": page.label, "url": page_url(site, page)} for page in pages]

    matter = page.source.matter
    first, last = matter.letters.split("-") if isinstance(matter, PageMatter) else ("a", "z")
    return {
        "bibliography": [
            {**reference(site, key, number), "cited_by": cited_by(key)}
            for key, number in site.evidence.numbers.items()
            if key in site.evidence.cited_by and first <= initial(site, key) <= last
        ],
        "tables": [
            {
                "label": site.strings[f"table_{table}"],
                "files": [
                    {"form": form.upper(), "url": f"{site.config.base_path}/{output}"}
                    for form in FORMS
                    if (output := table_output(table, form))
                ],
            }
            for table in tables(site)
        ],
    }


def initial(site: Site, key: str) -> str:
    record = site.evidence.references[key]
    return plain(record.authors or record.title)[:1]


def index(site: Site, _page: Page) -> View:
    """Every page by topic: the search page without script, and the way out of the 404."""
    groups = []
    for kind in KINDS:
        hub = site.by_id.get(f"{kind.folder}/index")
        pages = (p for p in site.of_kind(kind.folder) if p.source.matter.robots == "index")
        label = site.strings["other_pages"] if hub is None or not hub.source.is_hub else hub.label
        if listed := [card(site, p, n) for n, p in enumerate(pages, start=1)]:
            groups.append({"label": label, "pages": listed})
    return {"index": groups}


def search(site: Site, page: Page) -> View:
    """The index, and the addresses of what makes it searchable."""
    base = site.config.base_path
    script = f"{base}/{site.assets.files['js/search.js'].output}"
    return {
        **index(site, page),
        "search": {"script": script, "words": f"{base}/{site.search_index}"},
    }


LAYOUTS: Mapping[Layout | str, Callable[[Site, Page], View]] = {
    "page": nothing,
    "home": nothing,
    "hub": nothing,
    "checklist": nothing,
    "timeline": nothing,
    "faq": nothing,
    "contact": nothing,
    "not-found": index,
    "search": search,
    "matrix": matrix,
    "methods-table": methods_table,
    "glossary": glossary,
    "references": references,
}
