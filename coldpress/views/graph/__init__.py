"""The view of a page -> its structured data: one graph, in the words of schema.org.

It is made from the view, so that it can say nothing which the page was not given, and a check
(checks/graph/) compares it with what the page shows. What nobody has told us is not in it: no
author, no reviewer who has not signed, no address that is not known. Every node has an address of
its own (@id), the same for ever; it stands where it is first spoken of, and is named by its address
after that. Only the home and the contact page describe the business, all others name it.
"""

from __future__ import annotations

from typing import Any

from coldpress.model import Page, Site
from coldpress.views.graph.article import page_node
from coldpress.views.graph.business import business, website
from coldpress.views.graph.ids import Ids

Node = dict[str, Any]
CONTEXT = "https://schema.org"
TELLS_OF_US = frozenset({"home", "contact"})
TELLS_OF_THE_SITE = frozenset({"home", "search"})


def graph(site: Site, page: Page, view: Node) -> Node | None:
    """Nothing for pages that search engines are asked to leave alone."""
    layout = page.source.layout
    if view["page"]["noindex"] or layout == "not-found":
        return None
    ids = Ids(site, view)
    us = business(site, view, ids, whole=layout in TELLS_OF_US)
    here = website(site, view, ids, whole=layout in TELLS_OF_THE_SITE)
    node, told = page_node(page, view, ids, here, us)
    return {"@context": CONTEXT, "@graph": [node] if told else [node, us]}
