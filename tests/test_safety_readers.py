"""Visitors during rebuilds: every page there, whole and of one generation, with all it needs.

COLDPRESS_REBUILDS sets how many for each way; the full size is 100 rebuilds and 100,000 reads.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import whole_builds
from tests.hosts.servers import free_port, wait_for
from tests.sizes import FULL, measured, size
from tests.whole_builds import METHODS

pytestmark = pytest.mark.kill

REBUILDS = size("REBUILDS", 3, 100)
READS = size("READS", 200, 100_000)
PAGES = 12
NGINX = """\
{user} daemon off; pid {folder}/nginx.pid; error_log stderr crit; worker_processes 1;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  types {{ text/html html; }} default_type application/octet-stream;
  keepalive_requests 100000000;
  server {{ listen 127.0.0.1:{port}; root {root}; absolute_redirect off; }} }}
"""


@contextmanager
def reading(where: str, stop: Path, *, strict: bool) -> Iterator[subprocess.Popen[str]]:
    addresses = ["/", "/safety/", "/guides/", *(f"/guides/g{n}/" for n in range(PAGES))]
    how = "strict" if strict else "file by file"
    words = [sys.executable, "-m", "tests.reading_along", where, str(stop), json.dumps(addresses)]
    with subprocess.Popen(
        [*words, how], cwd=whole_builds.ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            stop.touch()


def rebuilt(source: Path, method: str, where: str) -> dict[str, object]:
    """What a visitor met during all the rebuilds."""
    stop = source.parent / "stop"
    with reading(where, stop, strict=method == "exchange") as visitor:
        for generation in range(1, REBUILDS + 1):
            whole_builds.renew(source, generation)
            whole_builds.built(source, method)
        stop.touch()
        out, _ = visitor.communicate(timeout=60)
    told: dict[str, object] = json.loads(out)
    return told


def judged(told: dict[str, object], way: str) -> None:
    assert told["faults"] == [], told
    assert isinstance(told["reads"], int)
    assert told["reads"] >= READS, told
    assert isinstance(told["generations"], int)
    assert told["generations"] > REBUILDS // 2, told  # it did read while they changed
    measured("readers", way=way, rebuilds=REBUILDS, **told)


@pytest.mark.parametrize("method", METHODS)
def test_who_reads_the_folder_misses_nothing(method: str, tmp_path: Path) -> None:
    source = whole_builds.site_of(tmp_path / "site", PAGES)
    whole_builds.built(source, method)
    judged(rebuilt(source, method, str(source / "output")), f"folder, {method}")


def test_who_visits_through_a_server_misses_nothing(tmp_path: Path) -> None:
    if not shutil.which("nginx"):
        if os.environ.get("COLDPRESS_CI") or FULL:
            pytest.fail("nginx is missing, and nothing is skipped here")
        pytest.skip("nginx is not installed")
    source = whole_builds.site_of(tmp_path / "site", PAGES)
    whole_builds.built(source, "exchange")
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        NGINX.format(user=user, folder=tmp_path, port=port, root=source / "output")
    )
    with subprocess.Popen(
        ["nginx", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    ) as nginx:
        try:
            wait_for(port, nginx, tmp_path / "log")
            judged(rebuilt(source, "exchange", f"http://127.0.0.1:{port}"), "nginx, exchange")
        finally:
            nginx.terminate()
