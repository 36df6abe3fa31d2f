"""Pages stay light: one over its limit fails the build, and the message names what is largest."""

from __future__ import annotations

from collections.abc import Iterator

import brotli

from coldpress.checks.places import place_of
from coldpress.model import Made, Site
from coldpress.problems import Problem, error

TABLE_LAYOUTS = frozenset({"matrix", "methods-table", "references", "glossary", "search"})


def budgets(site: Site) -> Iterator[Problem]:
    yield from css(site)
    yield from fonts(site)


def page_budgets(site: Site, one: Made) -> Iterator[Problem]:
    if one.output in site.by_output:
        yield from weight(site, one)
        yield from nodes(site, one)


def weight(site: Site, one: Made) -> Iterator[Problem]:
    limit = site.config.facts.budgets.page
    if one.facts.compressed > limit:
        yield error(
            "page-too-heavy",
            place_of(site, one),
            f"the page is {one.facts.compressed:,} bytes compressed,"
            f" {one.facts.compressed - limit:,} over its limit of {limit:,}",
            "largest: " + ", ".join(largest(site, one)),
        )


def largest(site: Site, one: Made) -> list[str]:
    """The three largest parts of a page, each compressed by itself."""
    page = site.by_output[one.output]
    parts = {"style sheet": site.assets.css}
    text = one.content.decode()
    for section in page.converted.sections:
        start = text.find(f'id="{section.id}"') if section.id else -1
        if start >= 0:
            end = text.find("<h2", start)
            parts[f"section {section.title!r}"] = text[start : end if end > 0 else None]
    start = text.find('class="refs"')
    if start >= 0:
        parts["reference list"] = text[start : text.find("</ol>", start)]
    sizes = sorted(((len(brotli.compress(p.encode())), name) for name, p in parts.items()))
    return [f"{name} {size:,}" for size, name in reversed(sizes[-3:])]


def nodes(site: Site, one: Made) -> Iterator[Problem]:
    table = site.by_output[one.output].source.layout in TABLE_LAYOUTS
    allowed = site.config.facts.budgets
    limit = allowed.nodes_table if table else allowed.nodes
    if one.facts.nodes > limit:
        yield error(
            "too-many-elements",
            place_of(site, one),
            f"the page has {one.facts.nodes:,} elements, its limit is {limit:,}",
            "split the page in two, or shorten its longest list or table",
        )


def css(site: Site) -> Iterator[Problem]:
    size = len(brotli.compress(site.assets.css.encode()))
    limit = site.config.facts.budgets.css
    if size > limit:
        yield error(
            "css-too-heavy",
            site.config.place("budgets"),
            f"the style sheet is {size:,} bytes compressed, its limit is {limit:,}",
            "take out rules that no page uses, or raise budgets.css in site.yaml",
        )


def fonts(site: Site) -> Iterator[Problem]:
    files = [asset for name, asset in site.assets.files.items() if name.endswith(".woff2")]
    size = sum(len(asset.content) for asset in files)
    allowed = site.config.facts.budgets
    if size > allowed.fonts or len(files) > allowed.font_files:
        yield error(
            "fonts-too-heavy",
            site.config.place("budgets"),
            f"{len(files)} font files with {size:,} bytes,"
            f" allowed: {allowed.font_files} with {allowed.fonts:,}",
            "use fewer weights or fewer letters, or raise budgets.fonts in site.yaml",
        )
