"""Addresses of the old site -> items of its export, and the old addresses that a page can keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from coldpress.schema import PATH
from coldpress.wordpress.records import Export, Item

ORDINARY_PORTS = (None, 80, 443)
UPLOADS = re.compile(r"/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|files)/(.+)")
RESIZED = re.compile(r"https?://i\d\.wp\.com/", re.IGNORECASE)
"""Jetpack's copies: https://i0.wp.com/old.example/wp-content/uploads/room.jpg?resize=300"""


class Addresses:
    """`paths`: item id -> content file, for the items that have one; `home`: the site has one."""

    def __init__(self, export: Export, paths: Mapping[int, str], *, home: bool = False) -> None:
        self.home = home
        self.site = export.address
        self.host = host_of(export.address)
        self.paths = paths
        self.items = {item.id: item for item in export.items}
        self.by_path: dict[str, int] = {}
        for item in export.items:
            for path in (_key(item.link), *(_key(path) for path in former(item))):
                if item.id in paths or item.type == "attachment":
                    self.by_path.setdefault(path, item.id)
        self.by_path.pop("", None)

    def ours(self, url: str) -> bool:
        """Whether an absolute address is one of the old site."""
        host = host_of(url)
        return bool(host) and host == self.host

    def absolute(self, written: str, item: Item) -> str:
        """As a browser reads it on the item's own page; "" when there is nothing to read."""
        written = RESIZED.sub("https://", written.strip())
        try:
            return urljoin(item.link or f"{self.site}/", written)
        except ValueError:
            return ""

    def item_at(self, url: str) -> Item | None:
        """The item that an absolute address of the old site leads to."""
        query = parse_qs(urlsplit(url).query)
        for name in ("p", "page_id", "attachment_id"):
            number = query.get(name, [""])[0]
            if number.isascii() and number.isdigit():
                return self.items.get(int(number[:18]))
        return self.items.get(self.by_path.get(_key(url), -1))

    def file_at(self, url: str) -> str:
        """What stands after wp-content/uploads/ in an address of the old site, or nothing."""
        found = UPLOADS.search(unquote(urlsplit(url).path)) if self.ours(url) else None
        return found[1] if found else ""


def host_of(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = "" if parts.port in ORDINARY_PORTS else f":{parts.port}"
    except ValueError:
        return ""
    return (parts.hostname or "").removeprefix("www.") + port


def _key(url: str) -> str:
    return unquote(urlsplit(url).path).strip("/").casefold()


# --------------------------------------------------------------------------- old addresses


def former(item: Item) -> Iterator[str]:
    """Addresses an item had under earlier slugs: WordPress leads on from them, and so do we."""
    path = urlsplit(item.link).path
    here = path.rstrip("/").rpartition("/")[2]
    for slug in item.old_slugs:
        if here and slug and slug != here:
            end = "/" if path.endswith("/") else ""
            yield f"{path.rstrip('/').removesuffix(here)}{slug}{end}"


def old_addresses(item: Item, base_path: str) -> Iterator[tuple[str, bool]]:
    """Paths under which the item was found, and whether an alias can be written for each. With a
    base path, addresses start behind it."""
    if item.status != "publish":
        return
    if urlsplit(item.link).query:
        parts = urlsplit(item.link)
        yield f"{parts.path}?{parts.query}", False
        return
    for path in (urlsplit(item.link).path, *former(item)):
        path = path.removeprefix(base_path) if path.startswith(f"{base_path}/") else path
        if path.strip("/"):
            yield path, re.fullmatch(PATH, path) is not None


# --------------------------------------------------------------------------- addresses elsewhere

HOST = re.compile(r"(?=.*[^\W\d_])(?!-)[\w-]+(\.[\w-]+)+|localhost|(\d{1,3}\.){3}\d{1,3}")


def external(url: str) -> str:
    """An address elsewhere in a form that Markdown and browsers read alike; "" when none can."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme in ("mailto", "tel", "sms"):
        return f"{parts.scheme}:{safe(url.partition(':')[2])}"
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(parts.hostname or ""):
        return ""
    if "@" in parts.netloc or (port is not None and not 0 < port < 65536):
        return ""
    return f"{parts.scheme}://{parts.netloc}{safe(url.partition(parts.netloc)[2])}"


def safe(text: str) -> str:
    """Without signs that end a link in Markdown, or mean something else there."""
    return quote(text, safe="/:?#@!$&',;=+%~.-_")
