"""`python3 build.py deploy-check`: what a visitor gets, against what was built."""

from __future__ import annotations

import http.server
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coldpress.cli import main
from coldpress.deploying import Asker, Finding, Live, entry_of, look_at
from coldpress.deploying.checking import NOWHERE, sampled
from coldpress.hosts import deployment, host_named
from coldpress.problems import OperationError
from tests import sites
from tests.hosts.sample import Sample, sample
from tests.hosts.servers import free_port, is_installed, running, set_up


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return sample(tmp_path_factory.mktemp("site"), host="nginx")


@contextmanager
def nginx(built: Sample) -> Iterator[tuple[int, Path]]:
    if not is_installed("nginx"):
        if os.environ.get("COLDPRESS_CI"):
            pytest.fail("nginx is missing, and nothing is skipped here")
        pytest.skip("nginx is not installed")
    folder, port = Path(tempfile.mkdtemp()), free_port()
    folder.chmod(0o755)
    try:
        root = set_up("nginx", built, folder, port)
        with running("nginx", folder, port):
            yield port, root
    finally:
        shutil.rmtree(folder)


def looked(built: Sample, port: int, host: str | None = "nginx", sample: int = 0) -> list[Finding]:
    files = {path: entry_of(content) for path, content in built.files.items()}
    plan = deployment(built.site, built.facts)
    found = host_named(host) if host else None
    live = Live(f"http://127.0.0.1:{port}", files, plan, found, sample)
    return list(look_at(live, lambda _what, _done, _of: None))


def wrong(findings: list[Finding]) -> dict[str, str]:
    return {one.asked: one.said for one in findings if one.state == "wrong"}


def test_all_is_well_on_a_server_of_ours(built: Sample) -> None:
    with nginx(built) as (port, _root):
        findings = looked(built, port)
    assert wrong(findings) == {}
    said = {one.said for one in findings}
    asked = {(one.asked, one.said) for one in findings}
    assert {(f"/{NOWHERE}/", "404"), (f"/es/{NOWHERE}/", "404")} <= asked
    assert {"are what was built", "404", "all 7 security headers", "lead where they should"} <= said
    assert any(text.startswith("br: ") for text in said)
    assert any(text.startswith("gzip: ") for text in said)


def test_what_was_changed_behind_our_back_is_found(built: Sample) -> None:
    with nginx(built) as (port, root):
        (root / "guides/cold/index.html").write_text("changed")
        (root / "guides/heat/index.html").unlink()
        (root / "index.html.br").write_bytes(b"\x0b\x02\x80other\x03")
        (root / ".htaccess").write_text("x")
        found = wrong(looked(built, port))
    size = len(built.files["guides/cold/index.html"])
    assert found["/guides/cold/"] == f"is not what was built: 7 bytes came, {size:,} were meant"
    assert found["/guides/heat/"] == "is answered with 404"
    assert found["/"] == "is another page when compressed with br"
    assert "/.htaccess" not in found, "our nginx keeps it to itself"


class Everything(http.server.BaseHTTPRequestHandler):
    """Answers whatever is asked with a page, as a server for applications does."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/loop/":
            self.answer(302, b"", {"Location": "/loop/"})
        elif self.path == "/away/":
            self.answer(302, b"", {"Location": "http://127.0.0.2:9/"})
        elif self.path == "/here":
            self.answer(302, b"", {"Location": "there"})
        else:
            self.answer(200, b"everything", {})

    def answer(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(code)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def everything() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Everything) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_server_that_answers_everything(built: Sample, everything: int) -> None:
    findings = looked(built, everything)
    counted = {one.said: one for one in findings if " of " in one.asked}
    for said in ("are what was built", "lead where they should"):
        assert (counted[said].state, counted[said].asked[:5]) == ("note", "0 of "), said
    found = wrong(findings)
    assert any(asked.endswith(NOWHERE) and ":" not in asked for asked in found), "below a folder"
    lost = next(said for asked, said in found.items() if "looks-for-a-page" in asked)
    assert lost.startswith("lacks or alters") or "answered with 200" in lost
    assert found["/.git/config"] == "is open to everybody: take it away from the server"
    assert found["/old/"] == "200, meant was 301 /guides/cold/"
    assert found["/guides/cold/"].startswith("is not what was built: 10 bytes came")
    unknown = wrong(looked(built, everything, host=None))
    assert "/old/" not in unknown, "nothing is promised where site.yaml names no host"


def test_no_redirect_leads_away(everything: int) -> None:
    asker = Asker(f"http://127.0.0.1:{everything}")
    assert asker.follow("/away/").status == 302
    assert asker.follow("/loop/").status == 302
    assert asker.follow("/here").body == b"everything"
    asker.close()


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x/", "harbour.example", "http://"])
def test_only_the_web_is_asked(url: str) -> None:
    with pytest.raises(OperationError, match="is not an address of a site"):
        Asker(url)


def test_a_site_for_another_path(built: Sample) -> None:
    plan = deployment(built.site, built.facts)
    with pytest.raises(OperationError, match="made for /, not for /spa/"):
        list(look_at(Live("https://x.example/spa/", {}, plan, None), lambda _w, _d, _o: None))


def test_the_sample_is_spread_out() -> None:
    files = {f"{number:03}/index.html": entry_of(b"") for number in range(100)}
    files |= {path: entry_of(b"") for path in ("index.html", ".nojekyll", "404.html", "_headers")}
    files |= {path: entry_of(b"") for path in ("index.html.br", ".well-known/security.txt")}
    found = sampled(files, 10)
    assert "index.html" in found
    assert len(found) in (10, 11)
    assert found[-1] > "090"
    assert len(sampled(files, 0)) == 102


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = sites.write(tmp_path / "site", {})
    words = ["--source", str(folder), "--now", "2026-11-23T12:00:00Z", "--jobs", "1"]
    assert main(["build", *words]) == 0
    handler = type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": silent})

    def at(*arguments: object) -> http.server.BaseHTTPRequestHandler:
        made: http.server.BaseHTTPRequestHandler = handler(
            *arguments, directory=str(folder / "output")
        )
        return made

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), at) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        assert main(["deploy-check", "--url", url, "--all", *words]) == 0
        out = capsys.readouterr().out
        assert "fine" in out
        assert "note" in out
        (folder / "output/index.html").write_text("other")
        assert main(["deploy-check", "--url", url, "--quiet", *words]) == 1
        out = capsys.readouterr().out
        assert "WRONG /: is not what was built" in out
        assert "fine" not in out
        server.shutdown()
        thread.join()
    assert main(["deploy-check", "--url", url, *words]) == 3
    assert "does not answer" in capsys.readouterr().err
    assert main(["deploy-check", "--sample", "0", *words]) == 2


def silent(*_words: object) -> None:
    pass
