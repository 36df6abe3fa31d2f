"""What is there for reuse, and where: pages in Markdown, tables of the data."""

from __future__ import annotations

from coldpress.model import Page, Site

TABLES = ("findings", "references", "glossary")
"""Data that can be taken away, of the first language."""
FORMS = ("csv", "json")


def has_twin(site: Site, page: Page) -> bool:
    """Those that search engines may show."""
    if site.preview or not site.config.facts.markdown_twins:
        return False
    return page.source.matter.robots == "index" and page.source.layout != "not-found"


def twin_output(page: Page) -> str:
    return f"{page.route.output.removesuffix('.html')}.md"


def twin_url(page: Page) -> str:
    """Without the base path."""
    return f"/{twin_output(page)}"


def table_output(table: str, form: str) -> str:
    return f"data/{table}.{form}"


def tables(site: Site) -> tuple[str, ...]:
    """Those that have records."""
    found = (site.evidence.findings, site.evidence.numbers, site.glossary)
    return tuple(name for name, records in zip(TABLES, found, strict=True) if records)
