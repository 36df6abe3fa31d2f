"""Vercel: vercel.json in the project's folder.

Limits from its own schema: packages/routing-utils/src/schemas.ts of github.com/vercel/vercel
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coldpress.hosts.model import Deployment, Host, HostFiles, Limit, Rule, Server
from coldpress.hosts.writing import as_json, below_a_path, encoded, rule_limit, typed_files


def emit(plan: Deployment, _server: Server) -> HostFiles:
    blocks = [block(source, values) for source, values in header_rules(plan)]
    written: dict[str, Any] = {
        "framework": None,
        "buildCommand": "",
        "installCommand": "",
        "outputDirectory": "output",
        "trailingSlash": True,
        "redirects": [redirect(rule) for rule in plan.redirects],
        "headers": blocks,
    }
    if plan.lost:
        written["rewrites"] = [lost(folder) for folder in plan.lost]
    _files, _beside, losses = below_a_path(plan, {})
    limits = (
        rule_limit("redirects", len(plan.redirects), 2_048),
        Limit("header rules", len(blocks), 2_048, "give fewer headers of your own"),
    )
    return HostFiles({}, {"vercel.json": as_json(written)}, losses, limits)


def redirect(rule: Rule) -> dict[str, Any]:
    """statusCode, because `permanent` would send 308 and 307."""
    source, to = encoded(rule.source), encoded(rule.to)
    if rule.is_splat:
        source = f"{encoded(rule.folder)}:splat*"
        to = f"{to}*" if rule.keeps_rest else to
    return {"source": source, "destination": to, "statusCode": rule.code}


def lost(folder: str) -> dict[str, Any]:
    """Rewrites come after files: only what is not there gets so far. A name for what * stands for
    would become a ?query."""
    source, to = f"{encoded(folder)}(.*)", f"{encoded(folder)}404.html"
    return {"source": source, "destination": to, "statusCode": 404}


def block(source: str, values: Mapping[str, str]) -> dict[str, Any]:
    return {
        "source": source,
        "headers": [{"key": name, "value": value} for name, value in values.items()],
    }


def header_rules(plan: Deployment) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Sources are regular expressions in brackets: those that exclude each other need no order."""
    constant = {k: v for k, v in plan.always.items() if k != "Content-Security-Policy"}
    yield "/(.*)", constant
    yield r"/((?!.*\.svg$).*)", {"Content-Security-Policy": plan.policy}
    yield r"/(.*\.svg)", {"Content-Security-Policy": plan.svg_policy}
    others = "|".join(
        re.escape(one.folder[1:]) if one.is_folder else f"{re.escape(one.pattern[1:])}$"
        for one in plan.files
    )
    yield (f"/((?!{others}).*)" if others else "/(.*)"), plan.pages
    for one in (*typed_files(plan), *plan.extra):
        yield (f"{one.folder}(.*)" if one.is_folder else one.pattern), one.values


VERCEL = Host("vercel", "Vercel", emit, lost_languages=True)
