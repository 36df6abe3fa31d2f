"""A running preview -> the time from saving a file until the page over HTTP has the new word."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import Popen

from bench.articles import EDITABLE
from bench.measure import BenchError, Command, stop

POLL, SHARE = 0.004, 0.02
"""Seconds between two requests, and their share of the wait: answering must not slow a build."""
READY = 900.0
"""Seconds a preview may take to show its first page."""
LOST = 300.0
"""Seconds after which an edit counts as never shown."""
REST = 0.7
"""Seconds between an edit that is shown and the next: people do not save faster."""


@contextmanager
def served(command: Command) -> Iterator[Popen[bytes]]:
    process = command.start()
    try:
        yield process
    finally:
        stop(process)


def free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port: int = chosen.getsockname()[1]
        return port


def fetch(connection: HTTPConnection, url: str) -> bytes:
    """The page, or nothing while there is none."""
    try:
        connection.request("GET", url)
        return connection.getresponse().read()
    except (OSError, HTTPException):
        connection.close()
        return b""


def shown(port: int, url: str, word: str, patience: float, process: Popen[bytes]) -> float:
    """Seconds until the page has the word. Raises BenchError when it does not come."""
    started = time.perf_counter()
    # One connection for all requests, as a browser has it; where the other side closes each, it is
    # opened anew by itself.
    connection = HTTPConnection("127.0.0.1", port, timeout=LOST)
    with closing(connection):
        while word.encode() not in fetch(connection, url):
            waited = time.perf_counter() - started
            if process.poll() is not None:
                raise BenchError(f"the preview ended with {process.returncode}")
            if waited > patience:
                raise BenchError(f"{url} did not show {word!r} within {patience:.0f} s")
            time.sleep(max(POLL, waited * SHARE))
        return time.perf_counter() - started


def edits(command: Command, port: int, source: Path, url: str, count: int) -> list[float]:
    """Seconds from each save to the page; the first edit warms up and does not count."""
    text, word = source.read_text(), EDITABLE
    taken: list[float] = []
    with served(command) as process:
        shown(port, url, word, READY, process)
        for number in range(count + 1):
            time.sleep(REST)
            new = f"{EDITABLE}{letters(number)}"
            text, word = text.replace(word, new), new
            source.write_text(text)
            taken.append(shown(port, url, f"{word},", LOST, process))
    return taken[1:]


def letters(number: int) -> str:
    """0 -> aa, 1 -> ab ...: words, because figures mean something to a reader of claims."""
    return chr(ord("a") + number // 26 % 26) + chr(ord("a") + number % 26)
