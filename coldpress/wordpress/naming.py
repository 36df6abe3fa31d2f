"""Items that become pages -> their files and addresses, the old addresses among them.

What an earlier import has written keeps its file, wherever it lies now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from urllib.parse import unquote

from msgspec import Struct

from coldpress.reading import HIDDEN
from coldpress.routes import OURS
from coldpress.schema import KINDS
from coldpress.slugs import RESERVED, slug_from
from coldpress.wordpress.addresses import old_addresses
from coldpress.wordpress.ground import Ground, key_of
from coldpress.wordpress.page import soup_of
from coldpress.wordpress.records import Item
from coldpress.wordpress.sorting import FOLDERS

PERMALINKS: Mapping[str, str] = {kind.folder: kind.permalink for kind in KINDS}


class Named(Struct, frozen=True):
    """An item with its place on the new site."""

    path: str
    url: str
    aliases: tuple[str, ...]
    lost: tuple[str, ...]
    """Old addresses that no alias can be written for."""
    wanted: str
    """The name it had in WordPress, as a name of a file."""


def name(items: Iterable[Item], ground: Ground) -> Mapping[int, Named]:
    items = list(items)
    places: dict[int, tuple[str, str]] = {}
    taken = set(ground.urls)
    for item in items:
        if (earlier := ground.earlier.get(item.id)) is not None:
            places[item.id] = earlier.path, earlier.url
            taken.add(key_of(earlier.url))
    for item in items:
        if item.id not in places:
            places[item.id] = _free(item, ground, taken)
            taken.add(key_of(places[item.id][1]))
    return {item.id: _named(item, *places[item.id], ground, taken) for item in items}


def _wanted(item: Item) -> str:
    named = slug_from(unquote(item.slug)) or slug_from(words_of(item.title))
    return named or f"{item.type}-{item.id}"


def _free(item: Item, ground: Ground, taken: set[str]) -> tuple[str, str]:
    """File and address."""
    folder = FOLDERS[item.type]
    for stem in _stems(_wanted(item), item.type):
        path, url = f"content/{folder}/{stem}.md", PERMALINKS[folder].format(slug=stem)
        free = key_of(url) not in taken and not (ground.site / path).exists()
        if free and not OURS.match(url):
            return path, url
    raise AssertionError("numbers do not end")


def _stems(wanted: str, type: str) -> Iterator[str]:
    if not RESERVED.match(wanted) and wanted != "index":
        yield wanted
    yield f"{wanted}-{type}"
    for number in count(2):
        yield f"{wanted}-{number}"


def _named(item: Item, path: str, url: str, ground: Ground, taken: set[str]) -> Named:
    aliases: list[str] = []
    lost: list[str] = []
    for old, writable in dict.fromkeys(old_addresses(item, ground.config.base_path)):
        key = key_of(old)
        if key == key_of(url):
            continue
        if not writable or key in taken or OURS.match(old):
            lost.append(old)
            continue
        taken.add(key)
        aliases.append(old)
    return Named(path, url, tuple(aliases), tuple(lost), _wanted(item))


def words_of(html: str) -> str:
    """Text on one line, out of a title or an excerpt with tags and entities in it."""
    if "<" in html or "&" in html:
        html = soup_of(html).get_text(" ")
    return " ".join(HIDDEN.sub("", html.replace("\n", " ")).split())
