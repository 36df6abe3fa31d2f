"""The business and its website: described where they are shown, named everywhere else."""

from __future__ import annotations

from typing import Any

from coldpress.model import Site
from coldpress.views.graph.ids import Ids, named

Node = dict[str, Any]


def website(site: Site, view: Node, ids: Ids, *, whole: bool) -> Node:
    name, home = site.config.facts.name, ids.whole(view["site"]["home"])
    node: Node = {"@type": "WebSite", "@id": ids.website, "name": name, "url": home}
    if not whole:
        return node
    short = site.config.facts.short_name
    node |= {"alternateName": short} if short else {}
    node |= {"inLanguage": site.lang, "publisher": named(ids.business)}
    if view["page"]["layout"] == "search":  # there the field can be seen
        node["potentialAction"] = search(ids.page)
    return node


def search(url: str) -> Node:
    """The field of the search page is called q."""
    target = {"@type": "EntryPoint", "urlTemplate": f"{url}?q={{words}}"}
    return {"@type": "SearchAction", "target": target, "query-input": "required name=words"}


def business(site: Site, view: Node, ids: Ids, *, whole: bool) -> Node:
    """A day spa only where its whole address is known: without one, a place cannot be found."""
    facts = site.config.facts.organisation
    node: Node = {"@type": "Organization", "@id": ids.business, "name": site.config.facts.name}
    if not whole:
        return node
    home = ids.whole(view["site"]["home"])
    node |= {"url": home, "logo": ids.whole(view["site"]["touch_icon"])}
    if facts.address:
        node |= {
            "@type": "DaySpa",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": facts.address.street,
                "addressLocality": facts.address.city,
                "addressRegion": facts.address.region,
                "postalCode": facts.address.postal_code,
            },
        }
    elif facts.locality:
        node["address"] = facts.locality
    if facts.phone:
        node["telephone"] = facts.phone.value
    if facts.email:
        node["email"] = facts.email.value
    return node
