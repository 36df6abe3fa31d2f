"""Entries of the menu and the footer in site.yaml lead to content that exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.model import Site
from coldpress.problems import MOVED, Mend, Problem, error, meant, nearest
from coldpress.schema import Link


def menus(site: Site) -> Iterator[Problem]:
    """The other languages have the same entries, in words that stand elsewhere in site.yaml."""
    if site.lang != site.config.facts.languages[0]:
        return
    known = set(site.by_id) | site.left_out
    for field, link in entries(site):
        id = link.to.removesuffix(".md")
        if "://" not in link.to and not link.to.startswith(("mailto:", "tel:")) and id not in known:
            right = meant(re.sub(r"^(?:/|content/)+", "", id), known)
            yield error(
                "broken-menu-entry",
                site.config.place(field),
                f"{link.to!r} is not a page of this site",
                nearest(id, known) or otherwise(link.to),
                Mend(site.config.place(field), link.to, f"{right}.md") if right else None,
            )


def otherwise(to: str) -> str:
    return MOVED if to.endswith(".md") else "write a file under content/, like pages/faq.md"


def entries(site: Site) -> Iterator[tuple[str, Link]]:
    facts = site.config.facts
    for n, link in enumerate(facts.navigation):
        yield f"navigation.{n}.to", link
    for heading, links in facts.footer.items():
        for n, link in enumerate(links):
            yield f"footer.{heading}.{n}.to", link
