"""Azure Static Web Apps: staticwebapp.config.json in the published folder.

Of its routes only the first that fits is applied, so each carries all headers of its address.
https://learn.microsoft.com/azure/static-web-apps/configuration
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from coldpress.hosts.losses import one_lost_page
from coldpress.hosts.model import Deployment, Host, HostFiles, Limit, Loss, Server
from coldpress.hosts.types import TYPES
from coldpress.hosts.writing import as_json, below_a_path, encoded, narrowest_first

ASKED_FOR = ("avif", "webmanifest", "woff2")
"""Endings its own list may lack."""


def emit(plan: Deployment, _server: Server) -> HostFiles:
    config = {
        "trailingSlash": "always",
        "routes": [*redirects(plan), *header_routes(plan)],
        "globalHeaders": {**plan.always, **plan.pages},
        "responseOverrides": {"404": {"rewrite": f"{plan.base_path}/404.html"}},
        "mimeTypes": {f".{ending}": TYPES[ending] for ending in ASKED_FOR},
    }
    content = as_json(config)
    files, beside, losses = below_a_path(plan, {"staticwebapp.config.json": content})
    limit = Limit(
        "bytes of staticwebapp.config.json",
        len(content),
        20 * 1024,
        "list fewer old addresses, or lead a whole folder on with /old/*",
    )
    return HostFiles(files, beside, (*lost_rests(plan), *one_lost_page(plan), *losses), (limit,))


def redirects(plan: Deployment) -> Iterator[dict[str, Any]]:
    for rule in plan.redirects:
        to = encoded(rule.start if rule.keeps_rest else rule.to)
        yield {"route": encoded(rule.source), "redirect": to, "statusCode": rule.code}


def header_routes(plan: Deployment) -> Iterator[dict[str, Any]]:
    """Drawings stand before the folder they lie in. An empty value takes a global header away."""
    unsaid = dict.fromkeys(plan.pages, "")
    for one in narrowest_first(plan):
        values = {**unsaid, **one.values}
        if one.is_folder:
            drawn = {**values, "Content-Security-Policy": plan.svg_policy}
            yield {"route": f"{encoded(one.folder)}*.svg", "headers": drawn}
        yield {"route": encoded(one.pattern), "headers": values}


def lost_rests(plan: Deployment) -> tuple[Loss, ...]:
    sources = [rule.source for rule in plan.redirects if rule.keeps_rest]
    if not sources:
        return ()
    return (
        Loss(
            f"what * stood for, in {', '.join(sources)}",
            "every address below leads to the start of the new folder",
            "visitors land one click away from what they wanted",
        ),
    )


AZURE = Host("azure", "Azure Static Web Apps", emit, splats="to the folder")
