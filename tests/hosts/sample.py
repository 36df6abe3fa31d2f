"""A site with every sort of redirect and header, and what a host must answer for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coldpress.model import Facts, Site
from tests import sites

MORE = """\
redirects:
  - {from: /old/, to: /guides/cold/}
  - {from: /older, to: /old/}
  - {from: /sale/, to: /guides/cold/, code: 302}
  - {from: /Old_Page.aspx, to: /}
  - {from: /über-uns/, to: /guides/cold/}
  - {from: /away/, to: "https://elsewhere.example/x?y=1"}
  - {from: /blog/special/, to: /feed.xml}
  - {from: /blog/*, to: /guides/:splat}
  - {from: /blog/deep/*, to: /guides/:splat, code: 302}
  - {from: /shut/*, to: /guides/cold/}
  - {from: /moved/*, to: "https://elsewhere.example/:splat"}
deploy:
  hsts: {max_age: 31536000}
  headers:
    - {path: /downloads/*, set: {X-Robots-Tag: noindex}}
    - {path: /robots.txt, set: {X-Note: 'a "quoted" $100, 50% {word}'}}
"""
LANGUAGES = """\
languages: [en, es]
translations:
  es: {booking: Reservar una hora}
"""
SPANISH = """\
---
title: {title}
label: {label}
description: "{title}: qué hay que saber y a quién preguntar cuando algo falta en una página."
---

Unas palabras.
"""
FILES: Mapping[str, str] = {
    "site.yaml": sites.SITE_YAML + LANGUAGES + MORE,
    "content/guides/index.md": sites.page("Guides"),
    "content/guides/cold.md": sites.page("Cold", aliases="[/kalt/]"),
    "content/guides/heat.md": sites.page("Heat"),
    "content/pages/lost.md": sites.page(
        "Not here", layout="not-found", no_booking="the visitor is lost"
    ),
    "content/pages/index.es.md": SPANISH.format(title="Descanso junto al agua", label="Inicio"),
    "content/pages/lost.es.md": SPANISH.format(title="Aquí no está", label="Perdido"),
    "content/pages/search.md": sites.page("Search", layout="search", no_booking="it lists pages"),
}


@dataclass(frozen=True)
class Sample:
    site: Site
    facts: Mapping[str, Facts]
    files: Mapping[str, bytes]


def sample(folder: Path, base_url: str = "https://harbour.example", host: str = "") -> Sample:
    text = FILES["site.yaml"] + (f"  host: {host}\n" if host else "")
    written = sites.write(folder, {**FILES, "site.yaml": text})
    built = sites.compose(written, base_url=base_url)
    return Sample(
        built.site,
        {output: one.facts for output, one in built.made.items()},
        {output: one.content for output, one in built.made.items()},
    )


REDIRECTS: tuple[tuple[str, int, str], ...] = (
    ("/old/", 301, "/guides/cold/"),
    ("/old", 301, "/guides/cold/"),
    ("/older", 301, "/guides/cold/"),
    ("/older/", 301, "/guides/cold/"),
    ("/kalt/", 301, "/guides/cold/"),
    ("/kalt", 301, "/guides/cold/"),
    ("/sale/", 302, "/guides/cold/"),
    ("/sale", 302, "/guides/cold/"),
    ("/Old_Page.aspx", 301, "/"),
    ("/%C3%BCber-uns/", 301, "/guides/cold/"),
    ("/%C3%BCber-uns", 301, "/guides/cold/"),
    ("/away/", 301, "https://elsewhere.example/x?y=1"),
    ("/blog/special/", 301, "/feed.xml"),
    ("/blog/special", 301, "/feed.xml"),
    ("/blog", 301, "/guides/"),
    ("/blog/", 301, "/guides/"),
    ("/blog/heat/", 301, "/guides/heat/"),
    ("/blog/deep/heat/", 302, "/guides/heat/"),
    ("/blog/deep/", 302, "/guides/"),
    ("/blog/2019/x", 301, "/guides/2019/x"),
    ("/shut/", 301, "/guides/cold/"),
    ("/shut", 301, "/guides/cold/"),
    ("/shut/anything/else", 301, "/guides/cold/"),
    ("/moved/there/", 301, "https://elsewhere.example/there/"),
)
"""Request, status, Location: the same on every host that can."""

POLICY_START = "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-"
CONSTANT: Mapping[str, str] = {
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
}
"""On every answer of a host that sends headers. The content security policy has hashes in it."""

ASK, HOUR = "public, max-age=0, must-revalidate", "public, max-age=3600"
FOR_GOOD = "public, max-age=31536000, immutable"

KEEPING: tuple[tuple[str, str, str], ...] = (
    ("/", ASK, "same-origin"),
    ("/guides/cold/", ASK, "same-origin"),
    ("/feed.xml", HOUR, "cross-origin"),
    ("/robots.txt", HOUR, "cross-origin"),
    ("/sitemap.xml", HOUR, "cross-origin"),
    ("/feed.json", HOUR, "cross-origin"),
    ("/llms.txt", HOUR, "cross-origin"),
    ("/guides/cold/index.md", ASK, "same-origin"),
)
"""Request, Cache-Control, Cross-Origin-Resource-Policy."""
