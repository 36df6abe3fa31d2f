"""Netlify: _headers and _redirects in the published folder.

https://docs.netlify.com/routing/redirects/ · https://docs.netlify.com/manage/routing/headers.md
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.hosts.model import Deployment, Host, HostFiles, Server
from coldpress.hosts.underscore import header_lines, redirect_lines
from coldpress.hosts.writing import SVG, below_a_path, encoded, lines, rule_limit


def emit(plan: Deployment, _server: Server) -> HostFiles:
    written = {"_headers": lines(header_lines(plan))}
    # Forced: a small page left over from another host would win otherwise.
    rules = [*redirect_lines(plan, force="!"), *lost_lines(plan)]
    if rules:
        written["_redirects"] = lines(rules)
    files, beside, losses = below_a_path(plan, written)
    limit = rule_limit("redirects", len(rules), 10_000)
    return HostFiles(files, beside, (SVG, *losses), (limit,))


def lost_lines(plan: Deployment) -> Iterator[str]:
    """Last, and not forced: only for what is not there."""
    for folder in plan.lost:
        yield f"{encoded(folder)}* {encoded(folder)}404.html 404"


NETLIFY = Host("netlify", "Netlify", emit, lost_languages=True)
