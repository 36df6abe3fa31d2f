"""No reference within the site is broken: at the root of a domain, below a path, and from disk."""

from __future__ import annotations

import http.server
import os
import re
import shutil
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest
from playwright.sync_api import sync_playwright

from coldpress.cli import main
from coldpress.deploying import Asker, relative
from tests import sites
from tests.hosts.servers import put

GOLDEN = Path(__file__).resolve().parent / "golden" / "site"
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
RESOLVED = "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
"""Links in drawings have no plain `href` of their own."""
NOT_FOLLOWED = ("canonical", "alternate")
"""Full addresses of the domain the site is made for."""


def references(content: bytes) -> Iterator[str]:
    """Everything a page asks for or leads to, as it stands there."""
    page = lxml.html.document_fromstring(content.decode())
    for element in page.iter("*"):
        if element.get("rel") in NOT_FOLLOWED:
            continue
        for name in ("href", "src", "action", "poster", "data-index"):
            if (value := element.get(name)) is not None:
                yield value
        for name in ("srcset", "imagesrcset"):
            yield from (one.split()[0] for one in element.get(name, "").split(",") if one.split())
        if element.get("http-equiv", "").lower() == "refresh":
            yield element.get("content", "").partition("url=")[2]
    yield from re.findall(r"url\(['\"]?([^)'\"]+)", content.decode())


def within(url: str) -> bool:
    return not urlsplit(url).scheme and not url.startswith(("//", "#")) and url != ""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Quiet, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def golden(folder: Path, base: str = "") -> Mapping[str, bytes]:
    shutil.copytree(GOLDEN, folder)
    built = sites.compose(folder, base_url=f"https://harbour.example{base}")
    return {path: one.content for path, one in built.made.items()}


@pytest.mark.parametrize("base", ["", "/sub", "/a/b"])
def test_a_crawler_finds_nothing_broken(base: str, tmp_path: Path) -> None:
    files = golden(tmp_path / "site", base)
    for path, content in files.items():
        put(tmp_path / "top" / base.strip("/") / path, content)
    with served(tmp_path / "top") as origin:
        asker = Asker(origin)
        start = [f"{base}/{path}" for path in files if path.endswith(".html")]
        seen: dict[str, int] = {}
        queue = [*start, f"{base}/"]
        asked = 0
        while queue:
            url = queue.pop()
            if url in seen:
                continue
            reply = asker.ask(unquote(url))
            seen[url] = reply.status
            if not reply.headers.get("content-type", "").startswith("text/html"):
                continue
            for found in references(reply.body):
                if within(found):
                    asked += 1
                    target = urlsplit(urljoin(f"{origin}{url}", found))
                    queue.append(target.path)
        asker.close()
    assert {url: code for url, code in seen.items() if code != 200} == {}
    assert asked > 300
    assert len(seen) > len(start)
    assert all(url.startswith(f"{base}/") for url in seen), "nothing leaves the site's folder"


@pytest.mark.parametrize("base", ["", "/a/b"])
def test_a_copy_for_the_disk_has_no_address_that_needs_a_server(base: str, tmp_path: Path) -> None:
    files = golden(tmp_path / "site", base)
    checked = 0
    for path, content in files.items():
        made = relative(path, content, files, base)
        put(tmp_path / "copy" / path, made)
        if not path.endswith(".html"):
            continue
        for url in filter(within, references(made)):
            file, _, mark = url.partition("#")
            there = (tmp_path / "copy" / path).parent / unquote(file.partition("?")[0])
            target = os.path.normpath(there)
            name = Path(target).relative_to(tmp_path / "copy").as_posix()
            assert name in files, f"{path}: {url}"
            if mark and name.endswith(".html"):
                assert (
                    f'id="{mark}"'.encode() in files[name] or f"id={mark}".encode() in files[name]
                )
            checked += 1
    assert checked > 150


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('<a href="/guides/cold/">', '<a href="../guides/cold/index.html">'),
        ("<a class=x href=/guides/cold/#a>", '<a class=x href="../guides/cold/index.html#a">'),
        ('<a href="/guides/cold">', '<a href="../guides/cold/index.html">'),
        ("<a href='/'>", '<a href="../index.html">'),
        ('<a href="/?a=1&amp;b">', '<a href="../index.html?a=1&amp;b">'),
        ('<img srcset="/a.png 1x, /a.png 2x">', '<img srcset="../a.png 1x, ../a.png 2x">'),
        ("<style>a{b:url(/a.png)}</style>", "<style>a{b:url(../a.png)}</style>"),
        ('<meta content="0; url=/">', '<meta content="0; url=../index.html">'),
        ("<script defer src=/s.js></script>", '<script defer src="../s.js"></script>'),
        ('<script>"<a href=/>"</script>', '<script>"<a href=/>"</script>'),
        ("<!-- <a href=/> -->", "<!-- <a href=/> -->"),
        ('<a href="https://harbour.example/">', '<a href="https://harbour.example/">'),
        ('<a href="//harbour.example/">', '<a href="//harbour.example/">'),
        ('<a href="#x">/guides/cold/</a>', '<a href="#x">/guides/cold/</a>'),
        ('<a href="/not-there/">', '<a href="/not-there/">'),
        ('<a title="a > b" href="/">', '<a title="a > b" href="../index.html">'),
        ('<a href="/%C3%BCber/">', '<a href="../%C3%BCber/index.html">'),
    ],
)  # fmt: skip
def test_addresses_by_one(written: str, meant: str) -> None:
    files = {"index.html", "guides/cold/index.html", "a.png", "s.js", "über/index.html"}
    assert relative("x/index.html", written.encode(), files, "").decode() == meant


def test_styles_and_other_files() -> None:
    files = {"assets/a.css", "assets/f.woff2"}
    style = b'a{src:url("/sub/assets/f.woff2")}'
    assert relative("assets/a.css", style, files, "/sub") == b'a{src:url("f.woff2")}'
    assert relative("feed.xml", style, files, "/sub") == style


def test_the_command_makes_such_a_copy_of_an_unfinished_site(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = "deploy:\n  targets:\n    stick: {kind: folder, to: ../copy, relative: true}\n"
    targets += "    far: {kind: git, to: x, relative: true}\n"
    folder = sites.write(tmp_path / "site", {"site.yaml": sites.SITE_YAML + targets})
    words = ["--yes", "--source", str(folder), "--now", "2026-11-23T12:00:00Z", "--jobs", "1"]
    assert main(["deploy", "stick", *words]) == 0, "facts need not be confirmed"
    home = (tmp_path / "copy/index.html").read_text()
    assert not [url for url in references(home.encode()) if url.startswith("/")]
    (folder / "x").mkdir()
    assert main(["deploy", "far", *words]) == 3


@pytest.mark.browser
def test_a_browser_finds_nothing_broken_from_disk(tmp_path: Path) -> None:
    if CHROMIUM is None:
        if os.environ.get("COLDPRESS_CI"):
            pytest.fail("Chromium is missing, and nothing is skipped here")
        pytest.skip("Chromium is not installed")
    files = golden(tmp_path / "site")
    copy = tmp_path / "copy"
    for path, content in files.items():
        put(copy / path, relative(path, content, files, ""))
    # In a thread of its own: the browser tests have an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        failed, looked = thread.submit(crawled, copy, files).result()
    # Browsers fetch fonts as another site's from disk, and refuse: the system's stand in for them.
    assert [one for one in failed if not one.endswith(".woff2")] == []
    assert looked > 150


def crawled(copy: Path, files: Mapping[str, bytes]) -> tuple[list[str], int]:
    """Addresses that lead nowhere, and how many were looked at."""
    failed: list[str] = []
    looked = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("requestfailed", lambda request: failed.append(request.url))
        pages = [path for path in sorted(files) if path.endswith(".html")]
        for path in pages:
            page.goto((copy / path).as_uri(), wait_until="load")
            if b"http-equiv=refresh" in files[path] or b'http-equiv="refresh"' in files[path]:
                page.wait_for_url(lambda url: urlsplit(url).path != f"{copy}/{path}")  # noqa: B023
                continue  # the page it leads to has its own turn
            links = page.eval_on_selector_all("a[href]", RESOLVED)
            for link in links:
                parts = urlsplit(link)
                if parts.scheme == "file" and not Path(unquote(parts.path)).is_file():
                    failed.append(f"{path}: {link}")
            looked += len(links)
        browser.close()
    return failed, looked
