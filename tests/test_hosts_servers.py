"""The real nginx, Apache and Caddy, from our files: the same answers as everywhere."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hosts import graders
from tests.hosts.sample import (
    ASK,
    CONSTANT,
    FOR_GOOD,
    KEEPING,
    POLICY_START,
    REDIRECTS,
    Sample,
    sample,
)
from tests.hosts.servers import PROGRAMS, ask, free_port, is_installed, running, set_up

pytestmark = pytest.mark.system


@dataclass(frozen=True)
class Up:
    port: int
    base: str
    sample: Sample


@pytest.fixture(scope="module", params=["", "/a/b"], ids=["root", "below-a-path"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    base_url = f"https://harbour.example{request.param}"
    return sample(tmp_path_factory.mktemp("site"), base_url, host="nginx")


@pytest.fixture(scope="module", params=sorted(PROGRAMS))
def up(request: pytest.FixtureRequest, built: Sample) -> Iterator[Up]:
    name: str = request.param
    if not is_installed(name):
        if os.environ.get("COLDPRESS_CI"):
            pytest.fail(f"{name} is missing, and nothing is skipped here")
        pytest.skip(f"{name} is not installed")
    # Not pytest's folder: servers give up their rights, and that one is for its owner alone.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    port = free_port()
    try:
        set_up(name, built, folder, port)
        with running(name, folder, port):
            yield Up(port, built.site.config.base_path, built)
    finally:
        shutil.rmtree(folder)


def test_every_old_address(up: Up) -> None:
    for path, status, location in REDIRECTS:
        found, _body = ask(up.port, up.base + path)
        wanted = up.base + location if location.startswith("/") else location
        assert (found.status, found.location) == (status, wanted), path


def test_a_query_goes_along(up: Up) -> None:
    for path, location in (
        ("/old/?a=1&b", f"{up.base}/guides/cold/?a=1&b"),
        ("/blog/heat/?a=1", f"{up.base}/guides/heat/?a=1"),
        ("/away/?a=1", "https://elsewhere.example/x?y=1"),
    ):
        assert ask(up.port, up.base + path)[0].location == location


@pytest.mark.parametrize(
    "path",
    [
        "/blog/%0d%0aX-Evil:1",
        "/moved/%0d%0aX-Evil:1",
        "/blog//evil.example",
        "/blog/%2f%2fevil.example",
        "/blog/..%2f..%2fetc/passwd",
        "//evil.example/..",
    ],
)
def test_no_address_leads_to_another_site_or_into_the_headers(up: Up, path: str) -> None:
    found, _body = ask(up.port, up.base + path)
    assert "x-evil" not in found.headers
    here = (f"{up.base}/", "https://elsewhere.example/")
    assert found.location == "" or found.location.startswith(here)
    assert not found.location.startswith("//")


def test_security_headers_stand_on_every_answer(up: Up) -> None:
    some = next(path for path in up.sample.files if path.endswith(".woff2"))
    for path in ("/", "/guides", "/nope", "/old/", "/feed.xml", "/assets/", f"/{some}"):
        found = ask(up.port, up.base + path)[0].headers
        assert {name: found.get(name) for name in CONSTANT} == CONSTANT, path
        assert found["content-security-policy"].startswith(POLICY_START), path
    drawing = next(path for path in up.sample.files if path.endswith(".svg"))
    policy = ask(up.port, f"{up.base}/{drawing}")[0].headers["content-security-policy"]
    assert policy.endswith("sandbox")


def test_the_grade(up: Up) -> None:
    found = ask(up.port, f"{up.base}/")[0].headers
    assert graders.observatory(found) == 140
    assert graders.high_findings(found["content-security-policy"]) == []


def test_caching(up: Up) -> None:
    for path, keeping, whose in KEEPING:
        found = ask(up.port, up.base + path)[0]
        got = (found.headers["cache-control"], found.headers["cross-origin-resource-policy"])
        assert (found.status, *got) == (200, keeping, whose), path
    for path in up.sample.files:
        if path.startswith("assets/"):
            assert ask(up.port, f"{up.base}/{path}")[0].headers["cache-control"] == FOR_GOOD
    for path in ("/nope", "/assets/gone.12345678.js", "/old/"):
        assert ask(up.port, up.base + path)[0].headers["cache-control"] == ASK


def test_lost_visitors(up: Up) -> None:
    for path in ("/nope", "/assets/", "/404.html", "/.git/config", "/.htaccess", "/a/.env"):
        found, body = ask(up.port, up.base + path)
        assert found.status == 404, path
        assert b"Not here" in body, path
    assert ask(up.port, f"{up.base}/.well-known/security.txt")[0].status == 200


def test_slash_forms(up: Up) -> None:
    found, _body = ask(up.port, f"{up.base}/guides/cold?a=1")
    assert (found.status, found.location) == (301, f"{up.base}/guides/cold/?a=1")
    assert ask(up.port, f"{up.base}//guides")[0].location in ("", f"{up.base}/guides/")


def test_types(up: Up) -> None:
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ):
        assert ask(up.port, up.base + path)[0].headers["content-type"] == kind
    for path in up.sample.files:
        if path.endswith((".svg", ".woff2", ".js")):
            kind = ask(up.port, f"{up.base}/{path}")[0].headers["content-type"]
            assert kind.startswith(("image/svg+xml", "font/woff2", "text/javascript"))


def test_compressed_files_are_sent_as_they_are(up: Up) -> None:
    plain = ask(up.port, f"{up.base}/guides/cold/")[1]
    sizes = {}
    for word in ("br", "gzip"):
        found, body = ask(up.port, f"{up.base}/guides/cold/", {"Accept-Encoding": word})
        assert found.headers["content-encoding"] == word
        assert found.headers["vary"] == "Accept-Encoding"
        assert found.headers["content-type"] == "text/html; charset=utf-8"
        assert found.headers["cache-control"] == ASK
        sizes[word] = len(body)
    assert sizes["br"] < sizes["gzip"] < len(plain)


def test_ranges(up: Up) -> None:
    some = next(path for path in up.sample.files if path.endswith(".js"))
    found, body = ask(up.port, f"{up.base}/{some}", {"Range": "bytes=0-9"})
    assert (found.status, len(body)) == (206, 10)


def test_headers_of_the_author(up: Up) -> None:
    found = ask(up.port, f"{up.base}/robots.txt")[0].headers
    assert found["x-note"] == 'a "quoted" $100, 50% {word}'
    assert "x-note" not in ask(up.port, f"{up.base}/")[0].headers
