"""Netlify: _headers and _redirects in the published folder.

https://docs.netlify.com/routing/redirects/ · https://docs.netlify.com/manage/routing/headers.md
"""

from __future__ import annotations

from coldpress.hosts.model import Deployment, Host, HostFiles, Server
from coldpress.hosts.underscore import header_lines, redirect_lines
from coldpress.hosts.writing import SVG, below_a_path, lines, rule_limit


def emit(plan: Deployment, _server: Server) -> HostFiles:
    written = {"_headers": lines(header_lines(plan))}
    if plan.redirects:
        # Forced: a small page left over from another host would win otherwise.
        written["_redirects"] = lines(redirect_lines(plan, force="!"))
    files, beside, losses = below_a_path(plan, written)
    limit = rule_limit("redirects", len(plan.redirects), 10_000)
    return HostFiles(files, beside, (SVG, *losses), (limit,))


NETLIFY = Host("netlify", "Netlify", emit)
