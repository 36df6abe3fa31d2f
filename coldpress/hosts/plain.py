"""Hosts that send files and take no orders: GitHub Pages, rsync to a server, FTP.

What they lack is done in the site itself as far as that goes (small pages at old addresses), and
said where it does not.
"""

from __future__ import annotations

from coldpress.hosts.losses import (
    CACHE,
    COMPRESSION,
    HEADERS,
    STUBS,
    commercial,
    one_lost_page,
    splats,
)
from coldpress.hosts.model import Deployment, Host, HostFiles, Loss, Server

GITHUB = (
    Loss(
        "caching",
        "names of assets carry their content's hash, and old ones stay for two builds",
        "everything is kept for about ten minutes: pages are late, assets are asked for again",
    ),
    Loss(
        "files whose name starts with a dot",
        "include-hidden-files: true in the step that uploads the site",
        "without it .well-known/ is left out",
    ),
)
SWAP = Loss(
    "all files at once",
    "upload assets first, then pages, and delete last",
    "for the length of an upload a visitor may see old and new pages side by side",
)


def github(plan: Deployment, _server: Server) -> HostFiles:
    losses = (STUBS, *splats(plan), HEADERS, *GITHUB, COMPRESSION)
    losses += (*one_lost_page(plan), commercial())
    return HostFiles({".nojekyll": b""}, {}, losses)


def rsync(plan: Deployment, _server: Server) -> HostFiles:
    server = Loss(
        "headers and caching",
        "what the server is set to: nginx, apache and caddy are hosts of their own here",
        "unknown until you look: python3 build.py deploy-check --url ADDRESS",
    )
    return HostFiles({}, {}, (STUBS, *splats(plan), server, SWAP))


def ftp(plan: Deployment, _server: Server) -> HostFiles:
    page = Loss(
        "a page for unknown addresses",
        "404.html lies beside the home page: name it in the host's control panel",
        "until then visitors see the host's own error page",
    )
    losses = (STUBS, *splats(plan), HEADERS, CACHE, page, *one_lost_page(plan), COMPRESSION, SWAP)
    return HostFiles({}, {}, losses)


GITHUB_PAGES = Host(
    "github-pages",
    "GitHub Pages",
    github,
    redirects="small pages",
    splats="no",
    headers="no",
    caching="10 min",
    serves="folder",
)
RSYNC = Host(
    "rsync",
    "rsync to a server",
    rsync,
    redirects="small pages",
    splats="no",
    headers="as the server",
    caching="as the server",
    lost_page="as the server",
    precompressed=True,
    serves="folder",
)
FTP = Host(
    "ftp",
    "FTP",
    ftp,
    redirects="small pages",
    splats="no",
    headers="no",
    caching="no",
    lost_page="by hand",
    serves="folder",
)
