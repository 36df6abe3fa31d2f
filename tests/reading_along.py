"""A visitor who never stops: reads pages and all they need, from a folder or a web server, until
told to end. Run as a program: FOLDER-OR-ADDRESS STOP-FILE -> one JSON object on standard output.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tests.whole_builds import MARK

Read = Callable[[str], bytes | None]
"""Root-relative address -> bytes; None when it is not there."""
NEEDED = re.compile(rb"""(?:src|href)="(/(?:assets|media)/[^"]+)"|url\((/assets/[^)]+)\)""")
MOST_KEPT = 50
"""Findings that are told in full."""


def from_folder(folder: str) -> Read:
    def read(address: str) -> bytes | None:
        try:
            return Path(f"{folder}{address}").read_bytes()
        except FileNotFoundError:
            return None

    return read


def from_server(address: str) -> Read:
    line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)

    def read(wanted: str) -> bytes | None:
        line.request("GET", wanted)
        answer = line.getresponse()
        content = answer.read()
        return content if answer.status == 200 else None

    return read


class Visitor:
    def __init__(self, read: Read, seed: int) -> None:
        self.read, self.chance = read, random.Random(seed)
        self.counts: Counter[str] = Counter()
        self.faults: list[str] = []
        self.generations: set[int] = set()
        self.latest = 0
        self.strict = True
        """Whether the site changes in one step: then no later page may be older."""

    def fault(self, what: str) -> None:
        self.counts["faults"] += 1
        if len(self.faults) < MOST_KEPT:
            self.faults.append(what)

    def visit(self, address: str) -> None:
        content = self.read(address)
        self.counts["reads"] += 1
        if content is None:
            self.fault(f"{address} is missing")
        elif not content.rstrip().endswith(b"</html>"):
            self.fault(f"{address} is cut off: {len(content)} bytes")
        else:
            self.judge(address, content)

    def judge(self, address: str, content: bytes) -> None:
        marks = {int(mark) for mark in MARK.findall(content)}
        if len(marks) != 1:
            self.fault(f"{address} is of the generations {sorted(marks)}")
            return
        generation = marks.pop()
        self.generations.add(generation)
        if self.strict and generation < self.latest:
            self.fault(f"{address} is of {generation}, after one of {self.latest}")
        self.latest = max(self.latest, generation)
        for needed in self.needs(content):
            self.counts["reads"] += 1
            found = self.read(needed)
            if found is None:
                self.fault(f"{needed}, which {address} of {generation} needs, is missing")
            elif not found:
                self.fault(f"{needed} is empty")

    def needs(self, content: bytes) -> Iterator[str]:
        found = {(one or other).decode() for one, other in NEEDED.findall(content)}
        yield from sorted(found)


def main(where: str, stop: Path, pages: list[str], strict: bool) -> None:
    read = from_server(where) if where.startswith("http") else from_folder(where)
    visitor = Visitor(read, 2026)
    visitor.strict = strict
    while not stop.exists():
        address = visitor.chance.choice(pages)
        file = address + ("index.html" if address.endswith("/") else "")
        visitor.visit(address if where.startswith("http") else file)
    told = {"generations": len(visitor.generations), "faults": visitor.faults}
    json.dump({**visitor.counts, **told}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]), sys.argv[4] == "strict")
