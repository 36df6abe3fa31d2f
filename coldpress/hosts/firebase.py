"""Firebase Hosting: firebase.json in the project's folder.

https://firebase.google.com/docs/hosting/full-config
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coldpress.hosts.losses import one_lost_page
from coldpress.hosts.model import Deployment, Host, HostFiles, Rule, Server
from coldpress.hosts.writing import SVG, as_json, below_a_path, encoded, typed_files


def emit(plan: Deployment, _server: Server) -> HostFiles:
    hosting = {
        "public": "output",
        # Its own list leaves out names with a dot in front, and so .well-known/
        "ignore": ["firebase.json", "**/node_modules/**"],
        "trailingSlash": True,
        "redirects": [redirect(rule) for rule in plan.redirects],
        "headers": [block(source, values) for source, values in header_rules(plan)],
    }
    _files, _beside, losses = below_a_path(plan, {})
    beside = {"firebase.json": as_json({"hosting": hosting})}
    return HostFiles({}, beside, (SVG, *one_lost_page(plan), *losses))


def redirect(rule: Rule) -> dict[str, Any]:
    source, to = rule.source, encoded(rule.to)
    if rule.is_splat:
        source = f"{rule.folder}:splat*" if rule.keeps_rest else f"{rule.folder}**"
    return {"source": source, "destination": to, "type": rule.code}


def block(source: str, values: Mapping[str, str]) -> dict[str, Any]:
    return {
        "source": source,
        "headers": [{"key": name, "value": value} for name, value in values.items()],
    }


def header_rules(plan: Deployment) -> Iterator[tuple[str, Mapping[str, str]]]:
    """`**` in a glob is everything below, as * is in ours."""
    yield "**", plan.always
    for pattern in plan.page_patterns:
        yield glob(pattern), plan.pages
    for one in (*typed_files(plan), *plan.extra):
        yield glob(one.pattern), one.values


def glob(pattern: str) -> str:
    return f"{pattern}*" if pattern.endswith("/*") else pattern


FIREBASE = Host("firebase", "Firebase Hosting", emit)
