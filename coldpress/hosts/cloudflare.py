"""Cloudflare Pages and Workers: _headers and _redirects in the asset folder.

https://developers.cloudflare.com/workers/static-assets/headers/ · .../redirects/ · https://
developers.cloudflare.com/pages/configuration/serving-pages/
"""

from __future__ import annotations

from coldpress.hosts.model import Deployment, Host, HostFiles, Limit, Server
from coldpress.hosts.underscore import header_blocks, header_lines, redirect_lines
from coldpress.hosts.writing import (
    SVG,
    as_json,
    below_a_path,
    lines,
    named,
    policy_limit,
    rule_limit,
)

COMPATIBLE = "2025-01-01"
"""The day whose behaviour of the platform we ask for; a Worker without code hardly cares."""


def pages(plan: Deployment, _server: Server) -> HostFiles:
    written = {"_headers": lines(header_lines(plan))}
    if plan.redirects:
        written["_redirects"] = lines(redirect_lines(plan))
    files, beside, losses = below_a_path(plan, written)
    return HostFiles(files, beside, (SVG, *losses), limits(plan))


def workers(plan: Deployment, server: Server) -> HostFiles:
    made = pages(plan, server)
    wrangler = {
        "name": named(plan),
        "compatibility_date": COMPATIBLE,
        "assets": {
            "directory": "output",
            "html_handling": "auto-trailing-slash",
            "not_found_handling": "404-page",
        },
    }
    beside = {**made.beside, "wrangler.json": as_json(wrangler)}
    return HostFiles(made.files, beside, made.losses, made.limits)


def limits(plan: Deployment) -> tuple[Limit, ...]:
    splats = sum(rule.is_splat for rule in plan.redirects)
    longest = max((len(line) for line in redirect_lines(plan)), default=0)
    return (
        policy_limit(plan, 2_000, with_name=True),
        Limit(
            "rules in _headers",
            len(header_blocks(plan)),
            100,
            "put single pages into folders of content/, which share one rule each",
        ),
        rule_limit("redirects of one address", len(plan.redirects) - splats, 2_000),
        rule_limit("redirects with *", splats, 100),
        Limit("characters of the longest redirect", longest, 1_000, "shorten its addresses"),
    )


CLOUDFLARE_PAGES = Host("cloudflare-pages", "Cloudflare Pages", pages, lost_languages=True)
CLOUDFLARE_WORKERS = Host("cloudflare-workers", "Cloudflare Workers", workers, lost_languages=True)
