"""A row of requests.yaml -> what a server answers, and what of it is not as the row says."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import brotli
import yaml

TABLE = Path(__file__).with_name("requests.yaml")
HOST = "harbour.example"


@dataclass(frozen=True)
class Got:
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def location(self) -> str:
        """Without this server's own address."""
        found = self.headers.get("location", "")
        for start in (f"http://{HOST}", "http://127.0.0.1", "http://localhost"):
            if found.startswith(start):
                rest = found.removeprefix(start)
                return rest[rest.index("/") :] if rest.startswith(":") else rest
        return found

    @property
    def plain(self) -> bytes:
        packing = self.headers.get("content-encoding", "")
        if packing == "gzip":
            return gzip.decompress(self.body)
        return bytes(brotli.decompress(self.body)) if packing == "br" else self.body


@dataclass(frozen=True)
class Row:
    """One request, and what is wanted of each server."""

    ask: str
    wants: Mapping[str, Any]
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    but: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Servers that answer otherwise, and how: all of it, in place of `wants`."""
    why: str = ""
    root: bool = False
    everywhere: bool = False

    @property
    def name(self) -> str:
        words = [self.method, self.ask[:60], *(f"{n}={v}" for n, v in self.headers.items())]
        return " ".join(words)

    def path(self, script: str) -> str:
        return re.sub(r"\{(\d+)\}", lambda many: "a" * int(many[1]), self.ask).replace(
            "{script}", script
        )

    def wanted(self, server: str) -> Mapping[str, Any]:
        return self.but.get(server, self.wants)


class Server(Protocol):
    def ask(self, method: str, path: str, headers: Mapping[str, str]) -> Got: ...


@dataclass(frozen=True)
class Real:
    """A server on loopback, asked without any tidying of the path."""

    port: int
    host: str = HOST

    def ask(self, method: str, path: str, headers: Mapping[str, str]) -> Got:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True, skip_host=True)
            for name, value in {"Host": self.host, **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Got(response.status, found, response.read())
        finally:
            connection.close()


@lru_cache
def table() -> Any:
    return yaml.safe_load(TABLE.read_text(encoding="utf-8"))


def rows() -> list[Row]:
    return [Row(**row) for row in table()["requests"]]


def without(server: str) -> tuple[str, ...]:
    return tuple(table()["servers"][server]["without"])


def faults(
    got: Got, wanted: Mapping[str, Any], root: Path, without: Collection[str]
) -> Iterator[str]:
    """`root`: the published files. `without`: groups of headers this server cannot send."""
    if got.status != wanted["status"]:
        yield f"status {got.status}, wanted {wanted['status']}"
    if got.location != wanted.get("location", ""):
        yield f"location {got.location!r}, wanted {wanted.get('location', '')!r}"
    yield from _headers(got, wanted, without)
    if "file" in wanted and got.plain != (root / wanted["file"]).read_bytes():
        yield f"the body is not {wanted['file']}: {got.plain[:60]!r}"
    if "size" in wanted and len(got.body) != wanted["size"]:
        yield f"{len(got.body)} bytes, wanted {wanted['size']}"


def _headers(got: Got, wanted: Mapping[str, Any], without: Collection[str]) -> Iterator[str]:
    groups = [group for group in wanted.get("with", ()) if group not in without]
    exact = {name: value for group in groups for name, value in table()["groups"][group].items()}
    for name, value in exact.items():
        if got.headers.get(name) != value:
            yield f"{name}: {got.headers.get(name)!r}, wanted {value!r}"
    for name, part in wanted.get("part", {}).items():
        if part not in got.headers.get(name, ""):
            yield f"{name}: {got.headers.get(name)!r} lacks {part!r}"
    yield from (f"{name} is sent" for name in wanted.get("lacks", ()) if name in got.headers)
