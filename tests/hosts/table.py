"""The servers of the request table, each running on loopback with the same site."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from coldpress.deploying.generations import Generations
from coldpress.deploying.steps import carry_out, prepared
from coldpress.hosts import compile_host, deployment, object_headers
from tests.hosts.asked import Real, Server
from tests.hosts.sample import Sample, sample
from tests.hosts.servers import PROGRAMS, free_port, put, running, set_up
from tests.hosts.website import Website
from tests.places import Bucket, place, served

WRANGLER = Path(__file__).with_name("node") / "node_modules/.bin/wrangler"
HOSTS: Mapping[str, str] = {
    "nginx": "nginx",
    "apache": "apache",
    "caddy": "caddy",
    "http.server": "github-pages",
    "wrangler": "cloudflare-pages",
    "s3": "s3",
}
"""Server -> host in site.yaml."""
OWN: Mapping[str, bytes] = {
    ".well-known/security.txt": b"Contact: mailto:x@harbour.example\n",
    "downloads/größe über.txt": b"umlauts, and a space\n",
    "downloads/a+b (1).txt": b"signs\n",
    "downloads/data.bin": bytes(range(256)) * 8,
}
"""Files the author put into output/."""
PRIVATE: Mapping[str, bytes] = {
    ".git/config": b"secret",
    ".env": b"secret",
    ".htpasswd": b"secret",
    "es/.env": b"secret",
}
"""Files that should never have come there."""


@dataclass(frozen=True)
class Up:
    name: str
    server: Server
    base: str
    root: Path
    """The published files."""


def missing(name: str) -> str:
    """What a server needs and does not find."""
    if name == "wrangler":
        return "" if WRANGLER.exists() else "wrangler: npm ci --prefix tests/hosts/node"
    program = "rclone" if name == "s3" else PROGRAMS.get(name, sys.executable)
    return "" if shutil.which(program) else program


@contextmanager
def up(name: str, base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Up]:
    if lacks := missing(name):
        if os.environ.get("COLDPRESS_CI"):
            pytest.fail(f"{lacks} is missing, and nothing is skipped here")
        pytest.skip(f"{lacks} is not installed")
    # Not pytest's folder: servers give up their rights, and that one is for its owner alone.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    built = sample(folder / "source", f"https://harbour.example{base}", host=HOSTS[name])
    try:
        starter = {"http.server": simple, "wrangler": wrangler, "s3": bucket}.get(name, real)
        with starter(name, built, folder, monkeypatch) as (server, root):
            yield Up(name, server, base, root)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


Started = Iterator[tuple[Server, Path]]


@contextmanager
def real(name: str, built: Sample, folder: Path, _patch: pytest.MonkeyPatch) -> Started:
    port = free_port()
    root = set_up(name, built, folder, port)
    for path, content in {**OWN, **PRIVATE}.items():
        put(root / path, content)
    with running(name, folder, port):
        yield Real(port), root


def laid_out(built: Sample, top: Path, *, private: bool = True) -> Path:
    """As on a host that serves a folder: the site below its path."""
    root = top / built.site.config.base_path.strip("/")
    for path, content in {**built.files, **OWN, **(PRIVATE if private else {})}.items():
        put(root / path, content)
    return root


@contextmanager
def simple(_name: str, built: Sample, folder: Path, _patch: pytest.MonkeyPatch) -> Started:
    port = free_port()
    root = laid_out(built, folder / "top")
    words = ["-m", "http.server", "--bind", "127.0.0.1", "--directory", str(folder / "top")]
    with served([sys.executable, *words, str(port)], folder, port):
        yield Real(port), root


@contextmanager
def wrangler(_name: str, built: Sample, folder: Path, _patch: pytest.MonkeyPatch) -> Started:
    port, inspector = free_port(), free_port()
    root = laid_out(built, folder / "top")
    surroundings = {
        **os.environ,
        "HOME": str(folder),
        "CI": "1",
        "NO_COLOR": "1",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_LOG_PATH": str(folder / "logs"),
    }
    words = [str(WRANGLER), "pages", "dev", str(folder / "top"), "--ip", "127.0.0.1"]
    words += ["--port", str(port), "--inspector-port", str(inspector)]
    words += ["--compatibility-date", "2025-01-01", "--show-interactive-dev-session=false"]
    with served(words, folder, port, surroundings):
        yield Real(port), root


@contextmanager
def bucket(_name: str, built: Sample, folder: Path, patch: pytest.MonkeyPatch) -> Started:
    """Uploaded by our own deployment; the website endpoint in front of it is website.py."""
    with place("s3", folder, patch) as there:
        assert isinstance(there, Bucket)
        base = built.site.config.base_path.strip("/")
        there.below = base
        facts = built.facts
        kept = Generations(folder / "kept")
        files = {**built.files, **OWN}
        headers = {
            path: dict(object_headers(deployment(built.site, facts), path)) for path in files
        }
        job = prepared(there.carrier(), kept.stage(files, {}, headers), headers, 2)
        carry_out(job, kept.next / "output", lambda _what, _done, _of: None)
        website = Website(there, compile_host("s3", built.site, facts).beside)
        website.put_redirects()
        yield website, kept.next / "output"
