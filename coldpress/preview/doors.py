"""Host, Origin, method of a request -> may it come in?

A page on the open web can make a browser send requests here, and with a name of its own that
leads to 127.0.0.1 (rebinding) it could read the answers: drafts, texts nobody has approved. So
only requests that know themselves to be local are answered, and nothing but reading is understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

NAMES = ("127.0.0.1", "localhost", "[::1]")
METHODS = ("GET", "HEAD")
WEB = 80
"""The port that an address does not name."""


class Refusal(NamedTuple):
    status: int
    why: str


def hosts(port: int) -> frozenset[str]:
    plain = NAMES if port == WEB else ()
    return frozenset((*plain, *(f"{name}:{port}" for name in NAMES)))


def refusal(method: str, headers: Mapping[str, str], port: int) -> Refusal | None:
    """None: come in."""
    known = hosts(port)
    if headers.get("Host", "").lower() not in known:
        return Refusal(403, f"open the preview as http://127.0.0.1:{port}/")
    if foreign(headers.get("Origin"), known):
        return Refusal(403, "only the preview itself may ask")
    if headers.get("Sec-Fetch-Site", "none") == "cross-site" and not visits(headers):
        return Refusal(403, "only the preview itself may ask")
    if method not in METHODS:
        return Refusal(405, "the preview can only be read")
    return None


def foreign(origin: str | None, known: frozenset[str]) -> bool:
    """No Origin is the address bar, a link, or a program on this machine."""
    return origin is not None and origin.lower() not in {f"http://{host}" for host in known}


def visits(headers: Mapping[str, str]) -> bool:
    """A person follows a link from another site: a page of its own, not part of another."""
    mode, into = headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")
    return mode == "navigate" and into == "document"
