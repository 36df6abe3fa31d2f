"""The preview, as a browser and an editor meet it: a process of its own on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import sites


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def fetched(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def seen(url: str, words: str, seconds: float = 20) -> bool:
    """Does the page say so, now or soon?"""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if words in fetched(url):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def source(tmp_path: Path) -> Path:
    files = {
        "content/guides/a.md": sites.page("First", "The first words."),
        "content/guides/b.md": sites.page("A draft", "Not ready.", draft="true"),
    }
    return sites.write(tmp_path / "site", files)


@pytest.fixture
def preview(source: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, str(sites.ROOT / "build.py"), "serve", "--source", str(source)]
    command += ["--port", str(port), "--no-browser"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def test_a_save_shows_and_a_mistake_keeps_the_last_good_page(source: Path, preview: str) -> None:
    guide = source / "content/guides/a.md"
    page = f"{preview}/guides/a/"
    assert seen(page, "The first words.")
    assert seen(f"{preview}/guides/b/", "Not ready."), "drafts are in the preview"
    assert "livereload" in fetched(page)
    guide.write_text(sites.page("First", "The second words."))
    assert seen(page, "The second words.")
    guide.write_text("---\ntitle: First\n")
    time.sleep(1.5)
    assert "The second words." in fetched(page)
    guide.write_text(sites.page("First", "The third words."))
    assert seen(page, "The third words.")
    assert not (source / "output").exists(), "the preview never touches output/"


def test_a_port_that_is_taken_is_said_so(source: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, str(sites.ROOT / "build.py"), "serve", "--source", str(source)]
        command += ["--port", str(port), "--no-browser"]
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 3
    assert "cannot be used" in run.stderr
    assert "Traceback" not in run.stderr
