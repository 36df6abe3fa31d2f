"""The site that is imported into, as far as an import has to mind it: what is there already."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from coldpress.config import load_config
from coldpress.load import load
from coldpress.model import Config, Content, Options, Route
from coldpress.routes import route
from coldpress.slugs import same_name

MARKER = re.compile(r"^# from WordPress: ([0-9]+) of (\S+), ([0-9a-f]{12})\n", re.MULTILINE)
NEAR_TOP = 2_000


class Earlier(Struct, frozen=True):
    """A file that an earlier import has written."""

    path: str
    text: str
    untouched: bool
    url: str


class Ground(Struct, frozen=True):
    """Nothing in `urls`, `titles` and `descriptions` is of a page that is being imported."""

    site: Path
    config: Config
    urls: frozenset[str]
    titles: frozenset[str]
    descriptions: frozenset[str]
    names: Mapping[str, frozenset[str]]
    """Folder -> names of its pages, without its index."""
    earlier: Mapping[int, Earlier]
    """Item id -> file of it."""


def ground_of(options: Options, origin: str) -> Ground:
    """`origin`: of the export, as markers name it. Raises BuildError when this is no site."""
    config = load_config(options.source, options.base_url)
    content, _ = load(config, replace(options, drafts=True))
    routes, _ = route(content, config)
    earlier = _earlier(options.source, origin, routes)
    ours = {one.path for one in earlier.values()}
    others = [source for source in content.sources if source.path not in ours]
    addresses = [one.url for path, one in routes.items() if path not in ours]
    addresses += [old for path, one in routes.items() if path not in ours for old in one.aliases]
    addresses += [redirect.source for redirect in config.facts.redirects]
    return Ground(
        site=options.source,
        config=config,
        urls=frozenset(key_of(url) for url in addresses),
        titles=frozenset(source.matter.title.casefold() for source in others),
        descriptions=frozenset(source.matter.description.casefold() for source in others),
        names=_names(content),
        earlier=earlier,
    )


def key_of(url: str) -> str:
    """Equal for addresses that a server or a file system cannot tell apart."""
    return same_name(url.removesuffix("index.html").rstrip("/"))


def _names(content: Content) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for source in content.sources:
        if source.name != "index":
            found.setdefault(source.kind.folder, set()).add(source.name)
    return {folder: frozenset(names) for folder, names in found.items()}


def _earlier(site: Path, origin: str, routes: Mapping[str, Route]) -> Mapping[int, Earlier]:
    """Wherever someone has moved them to."""
    found: dict[int, Earlier] = {}
    for file in sorted((site / "content").glob("*/*.md")):
        text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        marker = MARKER.search(text, 0, NEAR_TOP)
        if marker is None or marker[2] != origin:
            continue
        path = file.relative_to(site).as_posix()
        url = routes[path].url if path in routes else ""
        untouched = marker[3] == digest_of(text)
        found.setdefault(int(marker[1]), Earlier(path, text, untouched, url))
    return found


# --------------------------------------------------------------------------- the marker


def digest_of(text: str) -> str:
    """Of a content file without its marker."""
    return hashlib.sha256(MARKER.sub("", text, count=1).encode()).hexdigest()[:12]


def with_marker(text: str, number: int, origin: str) -> str:
    """`text` starts with a line `---`; the marker is a note below it."""
    start, _, rest = text.partition("\n")
    return f"{start}\n# from WordPress: {number} of {origin}, {digest_of(text)}\n{rest}"
