"""Pointing at a link fetches its page, behind the nginx we write the configuration for; pointing at
"Book a session" tells nobody."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from coldpress.prefetching import OUTPUT, prefetching
from tests import sites
from tests.browser.conftest import CHROMIUM, FLAGS, needed
from tests.hosts.sample import Sample
from tests.hosts.servers import free_port, is_installed, running, set_up

pytestmark = pytest.mark.browser
FILES = {
    "content/guides/index.md": sites.page("Guides"),
    "content/guides/cold.md": sites.page(
        "Cold", "[All guides](index.md), [below](#more), [the feed](/feed.xml).\n\n## More"
    ),
}
LINGER = 1_000
"""Milliseconds on a link that must not be fetched: five times what a browser waits."""


@dataclass
class Listener:
    """Stands where the booking page would, and hears whoever knocks."""

    port: int
    knocks: list[float] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        heard = Listener(door.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    knock, _address = door.accept()
                except OSError:
                    return
                heard.knocks.append(time.monotonic())
                knock.close()

        threading.Thread(target=listen, daemon=True).start()
        yield heard
        door.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Nginx:
    url: str
    log: Path

    def asked(self) -> list[tuple[str, str]]:
        """Path and purpose of every request so far: "-" for what is wanted at once."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        return [(path, purpose) for path, _, purpose in (line.partition(" ") for line in lines)]

    def ahead(self) -> list[str]:
        return [path for path, purpose in self.asked() if purpose.startswith("prefetch")]


@pytest.fixture(params=["", "/spa"], ids=["root", "below-a-path"])
def nginx(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Nginx]:
    needed(is_installed("nginx"), "nginx")
    tmp_path.chmod(0o755)
    port = free_port()
    url = f"http://127.0.0.1:{port}{request.param}"
    built = sites.compose(sites.write(tmp_path / "source", FILES), base_url=url)
    facts = {output: one.facts for output, one in built.made.items()}
    files = {output: one.content for output, one in built.made.items()}
    set_up("nginx", Sample(built.site, facts, files), tmp_path, port)
    log = f"log_format seen '$request_uri $http_sec_purpose'; access_log {tmp_path}/seen seen;"
    conf = tmp_path / "nginx.conf"
    conf.write_text(conf.read_text().replace("access_log off;", log))
    with running("nginx", tmp_path, port):
        yield Nginx(url, tmp_path / "seen")


def until(is_so: Callable[[], object]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it did not happen in half a minute")


def linger(page: Page, selector: str) -> None:
    page.locator(selector).first.hover()
    page.wait_for_timeout(LINGER)


def test_pointing_fetches_the_next_page_and_nothing_else(browser: Browser, nginx: Nginx) -> None:
    with listening() as booking:
        flags = [*FLAGS, f"--host-resolver-rules=MAP booking.example:443 127.0.0.1:{booking.port}"]
        chromium = browser.browser_type.launch(executable_path=CHROMIUM, args=flags)
        page = chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{nginx.url}/guides/cold/")
        base = nginx.url.removeprefix("http://").partition("/")[2]
        base = f"/{base}" if base else ""
        until(lambda: f"{base}/{OUTPUT}" in [path for path, _ in nginx.asked()])
        for other in (
            "a[href^='https://booking.example/']",
            "main a[href$='.xml']",
            "main a[href='#more']",
        ):
            linger(page, other)
        assert (nginx.ahead(), booking.knocks) == ([], [])
        page.locator(f"main a[href='{base}/guides/']").first.hover()
        until(lambda: nginx.ahead() == [f"{base}/guides/"])
        page.locator(f"main a[href='{base}/guides/']").first.click()
        page.wait_for_url(f"{nginx.url}/guides/")
        came = "performance.getEntriesByType('navigation')[0].deliveryType"
        assert page.evaluate(came) == "navigational-prefetch", "what was fetched is used"
        assert [path for path, _ in nginx.asked()].count(f"{base}/guides/") == 1
        assert said == [], "the policy lets the rules in"
        assert booking.knocks == []
        page.locator("a[href^='https://booking.example/']").first.click(no_wait_after=True)
        until(lambda: booking.knocks)
        chromium.close()


MATCHES = """([rules, base, address]) => {
  const one = (where) => where.and ? where.and.every(one)
    : where.not ? !one(where.not)
    : [where.href_matches].flat().some(pattern => new URLPattern(pattern, base).test(address));
  return rules.prefetch.some((rule) => one(rule.where));
}"""


SITE = "https://harbour.example"


def test_which_links_match(browser: Browser) -> None:
    """As browsers read patterns."""
    page = browser.new_page()
    for base in ("", "/spa"):
        for address, matches in (
            (f"{SITE}{base}/", True),
            (f"{SITE}{base}/guides/cold/?a=1#more", True),
            (f"{SITE}{base}/feed.xml", False),
            (f"{SITE}{base}/guides/cold/index.md", False),
            (f"{SITE}{base}/book/?room=1&utm_source=website", False),
            (f"{SITE}/shop/", not base),
            (f"https://book.harbour.example{base}/", False),
            (f"http://harbour.example{base}/", False),
        ):
            rules = [prefetching(base), f"{SITE}{base}/{OUTPUT}", address]
            assert page.evaluate(MATCHES, rules) is matches, (base, address)
    page.close()
