"""Render: render.yaml in the project's folder.

https://render.com/docs/redirects-rewrites · https://render.com/docs/static-site-headers
"""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from coldpress.hosts.losses import temporary
from coldpress.hosts.model import Deployment, Host, HostFiles, Server
from coldpress.hosts.writing import SVG, below_a_path, encoded, named, typed_files


def emit(plan: Deployment, _server: Server) -> HostFiles:
    service = {
        "type": "web",
        "name": named(plan),
        "runtime": "static",
        "buildCommand": "python3 build.py --release",
        "staticPublishPath": "./output",
        "headers": list(headers(plan)),
        "routes": list(routes(plan)),
    }
    text = yaml.safe_dump(
        {"services": [service]}, sort_keys=False, allow_unicode=True, width=100_000
    )
    _files, _beside, losses = below_a_path(plan, {})
    return HostFiles({}, {"render.yaml": text.encode()}, (*temporary(plan), SVG, *losses))


def routes(plan: Deployment) -> Iterator[dict[str, str]]:
    """All of them answer 301: a temporary one gets a small page instead."""
    for rule in plan.redirects:
        if rule.code == 301:
            to = f"{encoded(rule.start)}*" if rule.keeps_rest else encoded(rule.to)
            yield {"type": "redirect", "source": encoded(rule.source), "destination": to}


def headers(plan: Deployment) -> Iterator[dict[str, str]]:
    rules = [("/*", plan.always), *((pattern, plan.pages) for pattern in plan.page_patterns)]
    rules += [(encoded(one.pattern), one.values) for one in (*typed_files(plan), *plan.extra)]
    for path, values in rules:
        yield from ({"path": path, "name": name, "value": v} for name, v in values.items())


RENDER = Host("render", "Render", emit, redirects="301 only")
