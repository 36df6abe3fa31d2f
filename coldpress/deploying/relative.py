"""Finished files -> the same with addresses that work wherever the folder lies, opened without a
server: `/guides/cold/` becomes `../guides/cold/index.html`. For a copy to look at, on a stick or in
a mail; what is published keeps its plain addresses.

Only what leads within the site is changed: href, src, srcset, forms, refresh, url() of styles.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Collection
from functools import partial
from urllib.parse import quote, unquote, urlsplit

PIECE = re.compile(
    r"(?P<dumb><!--.*?-->|<script\b[^>]*>.*?</script>)"
    r"|(?P<open><style\b[^>]*>)(?P<css>.*?)(?P<close></style>)"
    r"|(?P<tag><[a-zA-Z](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"(?P<before>\s(?P<name>href|src|srcset|imagesrcset|action|poster|data-index|style|content)\s*=\s*)"
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
SOURCE = re.compile(r"(?P<before><script\b)(?P<rest>[^>]*)(?P<end>>)", re.IGNORECASE)
URL = re.compile(r"url\((?P<quote>[\"']?)(?P<url>/[^)\"']*)(?P=quote)\)", re.IGNORECASE)
REFRESH = re.compile(r"^(?P<before>\s*\d+\s*;\s*url\s*=\s*)(?P<url>\S+)\s*$", re.IGNORECASE)
SETS = ("srcset", "imagesrcset")

Way = Callable[[str], str]
"""From one page to an address."""


def relative(path: str, content: bytes, files: Collection[str], base_path: str) -> bytes:
    """`path` and `files`: output paths. `base_path`: as in the site's addresses, "" or "/a/b"."""
    to = partial(_to, path, files, base_path)
    if path.endswith((".html", ".htm")):
        return PIECE.sub(lambda piece: _piece(piece, to), content.decode()).encode()
    return _css(content.decode(), to).encode() if path.endswith(".css") else content


def _to(page: str, files: Collection[str], base_path: str, url: str) -> str:
    """From `page` to what `url` names; as it is, when that is not a file of the site."""
    parts = urlsplit(url)
    inside = parts.path.startswith(f"{base_path}/") and not url.startswith("//")
    if parts.scheme or not inside:
        return url
    name = unquote(parts.path.removeprefix(base_path).lstrip("/"))
    for file in (name, f"{name}/index.html".lstrip("/"), f"{name}index.html"):
        if file in files:
            way = quote(posixpath.relpath(file, posixpath.dirname(page) or "."))
            query = f"?{parts.query}" if parts.query else ""
            return way + query + (f"#{parts.fragment}" if parts.fragment else "")
    return url


def _piece(piece: re.Match[str], to: Way) -> str:
    if piece["css"] is not None:
        return piece["open"] + _css(piece["css"], to) + piece["close"]
    if piece["tag"]:
        return _tag(piece["tag"], to)
    dumb = piece["dumb"]
    if dumb.startswith("<!--"):
        return dumb
    return SOURCE.sub(lambda found: _tag(found[0], to), dumb, count=1)


def _tag(tag: str, to: Way) -> str:
    return ATTRIBUTE.sub(lambda found: _attribute(found, to), tag)


def _attribute(found: re.Match[str], to: Way) -> str:
    written = found["double"] or found["single"] or found["bare"] or ""
    value = html.unescape(written)
    name = found["name"].lower()
    if name in SETS:
        new = ", ".join(_candidate(one, to) for one in value.split(","))
    elif name == "style":
        new = _css(value, to)
    elif name == "content":
        refresh = REFRESH.match(value)
        new = refresh["before"] + to(refresh["url"]) if refresh else value
    else:
        new = to(value)
    return found[0] if new == value else f'{found["before"]}"{html.escape(new)}"'


def _candidate(one: str, to: Way) -> str:
    url, _, size = one.strip().partition(" ")
    return f"{to(url)} {size}".strip()


def _css(css: str, to: Way) -> str:
    return URL.sub(lambda found: f"url({found['quote']}{to(found['url'])}{found['quote']})", css)
