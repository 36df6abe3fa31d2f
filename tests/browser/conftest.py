"""The built site behind a real server, in a real Chromium.

Locally a missing browser or server skips these tests; with COLDPRESS_CI set it fails them.
Pictures for people: `python3 build.py test -m browser --screenshots DIR`.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import brotli
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from coldpress import pipeline
from coldpress.pipeline import Built
from tests import sites

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = Path(__file__).resolve().parent / "node_modules"
expect.set_options(timeout=30_000)  # what is awaited also comes on a machine that is busy
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
"""What hosts do: answer with brotli. Without the module, gzip has to do."""
NGINX = """\
{modules} {user} daemon off; pid {folder}/nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 256; }}
http {{
  types {{ text/html html; text/css css; application/xml xml; font/woff2 woff2; image/svg+xml svg;
          text/plain txt; application/json json; text/javascript js; }}
  default_type application/octet-stream;
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {brotli} gzip on; gzip_comp_level 6; gzip_types application/xml image/svg+xml text/plain;
  server {{
    listen 127.0.0.1:{port}; root {root}; absolute_redirect off; error_page 404 /404.html;
    add_header Content-Security-Policy "{policy}" always;
    add_header X-Content-Type-Options nosniff always;
    location /assets/ {{ add_header Cache-Control "public, max-age=31536000, immutable"; }}
  }}
}}
"""


@dataclass(frozen=True)
class Served:
    built: Built
    root: Path
    url: str

    def pages(self, *languages: str) -> list[str]:
        """Root-relative addresses of every page, or of those in some languages."""
        return [
            page.route.url
            for edition in self.built.site.editions
            if edition.lang in languages or not languages
            for page in edition.pages
        ]

    @property
    def first(self) -> str:
        """The language whose pages are looked at in every way. The others have the same templates:
        each of their pages is looked at in one way, in turn."""
        return self.built.site.lang

    def in_turn(self, ways: Sequence[T], way: T) -> list[str]:
        """The pages to look at in one of several ways."""
        others = [lang for lang in self.built.site.languages if lang != self.first]
        turn = self.pages(*others)[ways.index(way) :: len(ways)] if others else []
        return self.pages(self.first) + turn


def needed(present: object, what: str) -> None:
    if present:
        return
    if os.environ.get("COLDPRESS_CI"):
        pytest.fail(f"{what} is missing, and nothing is skipped here")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def tools() -> Path:
    needed((TOOLS / "axe-core").is_dir(), "axe-core (npm ci --prefix tests/browser)")
    return TOOLS


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    needed(shutil.which("nginx"), "nginx")
    folder = tmp_path_factory.mktemp("served")
    folder.chmod(0o755)
    options = sites.options(ROOT, output=folder / "site")
    built, _published = pipeline.build(options)
    for path in (folder / "site").rglob("*.html"):
        path.with_suffix(".html.br").write_bytes(brotli.compress(path.read_bytes()))
    port = free_port()
    policy = content_security_policy(built)
    (folder / "nginx.conf").write_text(
        NGINX.format(
            # As root, nginx would read as nobody, who may not enter pytest's folders.
            user="user root;" if os.geteuid() == 0 else "",
            modules=f"load_module {BROTLI};" if BROTLI.exists() else "",
            brotli="brotli_static on;" if BROTLI.exists() else "",
            folder=folder,
            port=port,
            root=folder / "site",
            policy=policy,
        )
    )
    with subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"]) as nginx:
        try:
            wait_for(port)
            yield Served(built, folder / "site", f"http://127.0.0.1:{port}")
        finally:
            nginx.terminate()


def content_security_policy(built: Built) -> str:
    hashes = {digest for one in built.made.values() for digest in one.facts.styles}
    styles = " ".join(f"'{digest}'" for digest in sorted(hashes))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' {styles};"
        " img-src 'self'; font-src 'self'; manifest-src 'self'; connect-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not start")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    needed(CHROMIUM, "Chromium")
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield one
        one.close()


@dataclass(frozen=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: str

    @property
    def name(self) -> str:
        return f"{self.width}-{self.scheme}"


LOOKS = [Look(w, s) for w in (360, 1280) for s in ("light", "dark")]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[object]:
    contexts = []

    def opened(look: Look = LOOKS[0], **more: object) -> Page:
        context = browser.new_context(
            viewport={"width": look.width, "height": 800},
            color_scheme=look.scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
            **more,  # type: ignore[arg-type]
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def axe(page: Page, tools: Path) -> list[str]:
    """Violations of WCAG 2.0 to 2.2 A and AA and of best practice, one line each."""
    page.evaluate((tools / "axe-core" / "axe.min.js").read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", tags
    )
    return [
        f"{page.url} {violation['id']}: {json.dumps(node['target'])} {node.get('failureSummary')}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
