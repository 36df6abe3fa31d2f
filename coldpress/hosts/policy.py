"""Site + facts of all outputs -> the headers of every answer.

The content security policy is one constant for the whole site: inline styles by their hashes, and
of everything else only what some page uses. Names and grades: docs/hosts.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from coldpress.model import Facts, OutLink, Site
from coldpress.schema import Hsts

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing opened at its own address is a document: it may look right and do nothing."""

UNUSED = ("camera", "microphone", "geolocation", "payment", "usb")
"""Abilities no page asks for, by the names Chromium knows: an unknown one fills its console."""


def security_headers(site: Site, facts: Mapping[str, Facts]) -> Mapping[str, str]:
    headers = {"Content-Security-Policy": policy(site.config.base_url, facts)}
    hsts = site.config.facts.deploy.hsts
    if hsts is not None:
        headers["Strict-Transport-Security"] = transport_security(hsts)
    return headers | {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }


def transport_security(hsts: Hsts) -> str:
    parts = [f"max-age={hsts.max_age}"]
    parts += ["includeSubDomains"] * hsts.include_subdomains
    parts += ["preload"] * hsts.preload
    return "; ".join(parts)


def policy(base_url: str, facts: Mapping[str, Facts]) -> str:
    return "; ".join((*_directives(base_url, facts), "frame-ancestors 'none'", *_https(base_url)))


def style_hashes(facts: Mapping[str, Facts]) -> tuple[str, ...]:
    return tuple(sorted({digest for one in facts.values() for digest in one.styles}))


def _directives(base_url: str, facts: Mapping[str, Facts]) -> Iterator[str]:
    links = [link for one in facts.values() for link in one.links]
    scripts = any(one.scripts for one in facts.values())
    wasm = ["'wasm-unsafe-eval'"] if any(path.startswith("pagefind/") for path in facts) else []
    sheets = any(link.tag == "link" and "stylesheet" in link.rel for link in links)
    hashes = [f"'{digest}'" for digest in style_hashes(facts)]
    yield "default-src 'none'"
    yield _sources("script-src", [*["'self'"] * scripts, *wasm])
    yield _sources("style-src", [*["'self'"] * sheets, *hashes])
    yield "img-src 'self'"
    yield "font-src 'self'"
    if scripts:
        yield "connect-src 'self'"
    if any("manifest" in link.rel.split() for link in links):
        yield "manifest-src 'self'"
    frames = sorted(_origins(base_url, links, "iframe"))
    if frames:
        yield _sources("frame-src", frames)
    yield _sources("form-action", ["'self'", *sorted(_origins(base_url, links, "form"))])
    yield "base-uri 'none'"


def _sources(directive: str, sources: Iterable[str]) -> str:
    return " ".join((directive, *(sources or ("'none'",))))


def _origins(base_url: str, links: Iterable[OutLink], tag: str) -> set[str]:
    """Other sites that some page sends a form to or frames."""
    parts = (urlsplit(link.url) for link in links if link.tag == tag)
    return {
        f"{url.scheme}://{url.netloc}"
        for url in parts
        if url.netloc and url.netloc != urlsplit(base_url).netloc
    }


def _https(base_url: str) -> tuple[str, ...]:
    return ("upgrade-insecure-requests",) if base_url.startswith("https:") else ()
