"""GitLab Pages: _redirects in the published folder; no headers of one's own.

https://docs.gitlab.com/user/project/pages/redirects/ · .../introduction/
"""

from __future__ import annotations

from coldpress.hosts.losses import CACHE, HEADERS, one_lost_page
from coldpress.hosts.model import Deployment, Host, HostFiles, Limit, Server
from coldpress.hosts.underscore import redirect_lines
from coldpress.hosts.writing import lines, rule_limit


def emit(plan: Deployment, _server: Server) -> HostFiles:
    content = lines(redirect_lines(plan)) if plan.redirects else b""
    limits = (
        rule_limit("redirects", len(plan.redirects), 1_000),
        Limit("bytes of _redirects", len(content), 64 * 1024, "list fewer old addresses"),
    )
    losses = (HEADERS, CACHE, *one_lost_page(plan))
    return HostFiles({"_redirects": content} if content else {}, {}, losses, limits)


GITLAB_PAGES = Host(
    "gitlab-pages",
    "GitLab Pages",
    emit,
    headers="no",
    caching="no",
    precompressed=True,
    serves="folder",
)
