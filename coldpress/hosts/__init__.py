"""Site + facts of all outputs -> the files that make a host do what site.yaml says.

One neutral Deployment, compiled by one function a host. What a host cannot do comes back as a
Loss with its fallback, never dropped; a number it sets comes back as a Limit.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from coldpress.hosts.apache import APACHE
from coldpress.hosts.azure import AZURE
from coldpress.hosts.caching import is_fingerprinted, kept
from coldpress.hosts.caddy import CADDY
from coldpress.hosts.cloudflare import CLOUDFLARE_PAGES, CLOUDFLARE_WORKERS
from coldpress.hosts.cloudfront import CLOUDFRONT
from coldpress.hosts.compression import precompressed
from coldpress.hosts.firebase import FIREBASE
from coldpress.hosts.gitlab import GITLAB_PAGES
from coldpress.hosts.model import Deployment, Headers, Host, HostFiles, Limit, Loss, Rule, Server
from coldpress.hosts.netlify import NETLIFY
from coldpress.hosts.neutral import deployment, header_problems
from coldpress.hosts.nginx import NGINX
from coldpress.hosts.plain import FTP, GITHUB_PAGES, RSYNC
from coldpress.hosts.render import RENDER
from coldpress.hosts.report import overview, report
from coldpress.hosts.s3 import S3
from coldpress.hosts.types import type_of
from coldpress.hosts.vercel import VERCEL
from coldpress.model import Facts, Site
from coldpress.problems import Problem, UsageError, error, nearest, one_of, sentences
from coldpress.redirecting import redirect_problems

__all__ = [
    "HOSTS",
    "Deployment",
    "Headers",
    "Host",
    "HostFiles",
    "Limit",
    "Loss",
    "Rule",
    "Server",
    "compile_host",
    "deployment",
    "host_named",
    "is_fingerprinted",
    "kept",
    "object_headers",
    "overview",
    "precompressed",
    "report",
]

HOSTS: tuple[Host, ...] = (
    NETLIFY,
    CLOUDFLARE_PAGES,
    CLOUDFLARE_WORKERS,
    VERCEL,
    GITHUB_PAGES,
    GITLAB_PAGES,
    S3,
    CLOUDFRONT,
    AZURE,
    FIREBASE,
    RENDER,
    NGINX,
    APACHE,
    CADDY,
    RSYNC,
    FTP,
)
"""In the order of docs/hosts.md."""

HERE = Server()


def host_named(name: str) -> Host:
    """Raises UsageError for a host we do not know."""
    found = next((host for host in HOSTS if host.name == name), None)
    if found is None:
        known = [host.name for host in HOSTS]
        raise UsageError(
            f"there is no host {name!r}", sentences(nearest(name, known), one_of(known))
        )
    return found


def compile_host(
    name: str, site: Site, facts: Mapping[str, Facts], server: Server = HERE
) -> HostFiles:
    """`facts`: of every output, by path. `server`: for nginx, Apache and Caddy."""
    host = host_named(name)
    plan = deployment(site, facts)
    made = host.emit(plan, server)
    problems = (
        *redirect_problems(site, facts),
        *header_problems(site, plan),
        *(too_much(site, host, limit) for limit in made.limits if limit.used > limit.most),
    )
    return replace(made, problems=tuple(sorted(set(problems))))


def too_much(site: Site, host: Host, limit: Limit) -> Problem:
    redirects = "redirect" in limit.what or "rules" in limit.what
    place = site.config.place("redirects" if redirects else "deploy.host")
    message = f"{host.title} takes {limit.most:,} {limit.what}; this site has {limit.used:,}"
    return error("host-limit", place, message, limit.remedy)


def object_headers(plan: Deployment, output: str) -> Mapping[str, str]:
    """Content-Type and Cache-Control of a file, for stores that keep them with each object."""
    url = f"{plan.base_path}/{output}"
    fitting = (one.values for one in plan.files if one.covers(url))
    values = next(fitting, plan.pages)
    return {"Content-Type": type_of(output), "Cache-Control": values["Cache-Control"]}
