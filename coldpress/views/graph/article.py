"""The page itself, and the article on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coldpress.model import Page
from coldpress.views.graph.ids import Ids
from coldpress.views.graph.lists import breadcrumbs, datasets, questions, terms
from coldpress.views.plain import plain

Node = dict[str, Any]
TYPES = {
    "checklist": "MedicalWebPage",
    "contact": "ContactPage",
    "faq": "FAQPage",
    "references": "CollectionPage",
    "search": "SearchResultsPage",
}
"""By layout."""
UNDATED = frozenset({"home", "search"})
"""Layouts that do not show when they were changed."""


def is_article(page: Page) -> bool:
    """On one question of health."""
    return page.source.kind.name != "page" and not page.source.is_hub


def type_of(page: Page) -> str:
    if page.source.is_hub:
        return "CollectionPage"
    return "MedicalWebPage" if is_article(page) else TYPES.get(page.source.layout, "WebPage")


def page_node(page: Page, view: Node, ids: Ids, website: Node, business: Node) -> tuple[Node, bool]:
    """And whether the business has its place in it."""
    shown, type = view["page"], type_of(page)
    node: Node = {"@type": type, "@id": ids.page, "url": ids.page, "name": shown["title"]}
    if shown["summary"]:
        node["description"] = plain(shown["summary"])
    node |= {"inLanguage": shown["lang"], "isPartOf": website}
    node |= {} if is_article(page) else dated(page)
    if len(shown["crumbs"]) > 1:
        node["breadcrumb"] = breadcrumbs(view, ids)
    if type == "MedicalWebPage":
        node |= {"medicalAudience": {"@type": "Patient"}, **reviewed(page)}
    main = main_entity(page, view, ids, business)
    node |= {"mainEntity": main} if main else {}
    return node, is_article(page) or main is business


def main_entity(page: Page, view: Node, ids: Ids, business: Node) -> Node | list[Node]:
    """What the page is about before all else."""
    if is_article(page):
        return article(page, view, ids, business)
    mains: dict[str, Callable[[], Node | list[Node]]] = {
        "glossary": lambda: terms(view, ids),
        "faq": lambda: list(questions(view)),
        "contact": lambda: business,
        "references": lambda: list(datasets(view, ids)),
    }
    find = mains.get(page.source.layout)
    return find() if find else {}


def dated(page: Page) -> Node:
    updated = page.source.matter.updated
    shown = updated and page.source.layout not in UNDATED
    return {"dateModified": updated.isoformat()} if updated and shown else {}


def reviewed(page: Page) -> Node:
    """Only when somebody has signed. An edit since then does not move the day."""
    review = page.source.matter.reviewed
    if review is None:
        return {}
    person = {"@type": "Person", "name": review.by, "description": review.credential}
    return {"lastReviewed": review.on.isoformat(), "reviewedBy": person}


def article(page: Page, view: Node, ids: Ids, business: Node) -> Node:
    node: Node = {
        "@type": "Article",
        "@id": ids.article,
        "headline": page.title,
        "publisher": business,
        **dated(page),
        **about(page),
        **pictured(view, ids),
    }
    if view["page"]["references"]:
        # As in the visible list, and in its order. By address alone: their names stand in the
        # list, and would cost the heaviest pages 150 bytes.
        node["citation"] = [one["url"] for one in view["page"]["references"]]
    return node


def about(page: Page) -> Node:
    """The condition, by its name. Never what treats it: nothing here says that anything does."""
    if page.source.kind.name != "condition":
        return {}
    return {"about": {"@type": "MedicalCondition", "name": page.label}}


def pictured(view: Node, ids: Ids) -> Node:
    """The picture on the page; else its card, of which every word stands on the page."""
    image, card = view["page"]["image"], view["page"]["card"]
    if image:
        size = {"width": image["width"], "height": image["height"]}
        return {"image": {"@type": "ImageObject", "url": ids.whole(image["src"]), **size}}
    return {"image": card["url"]} if card else {}
