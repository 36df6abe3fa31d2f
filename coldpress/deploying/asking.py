"""A path on one site -> its answer. http and https only, one site only: no redirect is followed
but those within it, and never more than a few."""

from __future__ import annotations

import gzip
import http.client
import zlib
from collections.abc import Mapping
from urllib.parse import quote, urljoin, urlsplit

import brotli
from msgspec import Struct

from coldpress.problems import OperationError

MOST_BYTES = 100_000_000
SECONDS = 20
STEPS = 3
SAFE = "/:@!$&'()*+,;=~-._%?"


class Reply(Struct, frozen=True):
    status: int
    headers: Mapping[str, str]
    """Names in lower case; values of doubled ones joined by a comma."""
    body: bytes

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def leads_on(self) -> bool:
        return self.status in (301, 302, 303, 307, 308)

    @property
    def plain(self) -> bytes:
        """The body, unpacked. Garbage stays as it is: it will not be what was deployed."""
        packing = self.headers.get("content-encoding", "")
        try:
            if packing == "gzip":
                return gzip.decompress(self.body)
            return bytes(brotli.decompress(self.body)) if packing == "br" else self.body
        except (OSError, EOFError, zlib.error, brotli.error):
            return self.body


class Asker:
    """Keeps its connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OperationError(
                f"{url!r} is not an address of a site", "write it like https://www.example.org"
            )
        self.scheme, self.host, self.port = parts.scheme, parts.hostname, parts.port
        self.netloc = parts.netloc.rpartition("@")[2]
        self.connection: http.client.HTTPConnection | None = None

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.netloc}"

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Reply:
        """`path`: as an output path is, not encoded."""
        again = self.connection is not None  # a kept connection may be closed by now
        try:
            return self._asked(path, headers or {}, method)
        except (OSError, http.client.HTTPException, UnicodeError) as failure:
            self.close()
            if again:
                return self.ask(path, headers, method)
            why = getattr(failure, "strerror", None) or str(failure) or type(failure).__name__
            raise OperationError(
                f"{self.origin} does not answer: {why.lower()}",
                "check the address; a new site may need some minutes",
            ) from failure

    def follow(self, path: str) -> Reply:
        """Through redirects within the site."""
        reply = self.ask(path)
        for _ in range(STEPS):
            where = urljoin(f"{self.origin}{quote(path, safe=SAFE)}", reply.location)
            parts = urlsplit(where)
            if not reply.leads_on or (parts.scheme, parts.netloc) != (self.scheme, self.netloc):
                break
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            reply = self.ask(path)
        return reply

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _asked(self, path: str, headers: Mapping[str, str], method: str) -> Reply:
        if self.connection is None:
            kind = (
                http.client.HTTPSConnection
                if self.scheme == "https"
                else http.client.HTTPConnection
            )
            self.connection = kind(self.host, self.port, timeout=SECONDS)
        given = {"Accept-Encoding": "identity", "User-Agent": "coldpress deploy-check", **headers}
        self.connection.request(method, quote(path, safe=SAFE), headers=given)
        response = self.connection.getresponse()
        body = response.read(MOST_BYTES)
        if response.length not in (None, 0):
            self.close()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return Reply(response.status, found, body)
