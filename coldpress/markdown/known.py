"""content, routes, config -> Known: everything a text may refer to, and under which address."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct, field

from coldpress.model import Config, Content, Media, Route
from coldpress.slugs import id_of


class Known(Struct, frozen=True):
    base_path: str = ""
    """"" or "/sub/path"."""
    urls: Mapping[str, str] = field(default_factory=dict)
    """Content file -> root-relative URL, without the base path."""
    hidden: frozenset[str] = frozenset()
    """Content files that exist but are not live now: a link to one becomes plain words."""
    unreadable: frozenset[str] = frozenset()
    """Content files with problems of their own: a link to one is not another problem."""
    media: Mapping[str, Media] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    """Pictures that are there, with problems of their own: to show one is not another problem."""
    references: AbstractSet[str] = frozenset()
    findings: AbstractSet[str] = frozenset()
    glossary: AbstractSet[str] = frozenset()
    diagrams: frozenset[str] = frozenset()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Folder -> names of the pages in it, without its index."""

    def in_folder(self, folder: str) -> frozenset[str]:
        return self.names.get(folder, frozenset())

    def url_of(self, path: str) -> str:
        return self.base_path + self.urls[path]


def known_of(
    content: Content, routes: Mapping[str, Route], config: Config, diagrams: Iterable[str]
) -> Known:
    """`content`: of one language. `routes` maps a source's path to its route; `diagrams` are names
    without .svg. A text names the original's file, whatever its language: the link leads to the
    page in that language."""
    names: dict[str, set[str]] = {}
    for id in [source.id for source in content.sources] + sorted(map(id_of, content.left_out)):
        folder, _, name = id.rpartition("/")
        names.setdefault(folder, set())
        if name != "index":
            names[folder].add(name)
    placed = [source for source in content.sources if source.path in routes]
    return Known(
        base_path=config.base_path,
        urls={f"content/{s.id}.md": routes[s.path].url for s in placed}
        | {s.path: routes[s.path].url for s in placed},
        hidden=content.left_out - content.unreadable,
        unreadable=content.unreadable,
        media=content.media,
        refused=content.refused,
        references=content.references.keys() | content.unread_keys.get("references", frozenset()),
        findings=content.findings.keys() | content.unread_keys.get("findings", frozenset()),
        glossary=content.glossary.keys() | content.unread_keys.get("glossary", frozenset()),
        diagrams=frozenset(diagrams),
        names={folder: frozenset(pages) for folder, pages in names.items()},
    )


def beside(source_path: str, written: str) -> str:
    """A path as written in a text -> the file it means, relative to the site's folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(source_path), written))


def as_written_in(source_path: str, target: str) -> str:
    """A file -> how a text in `source_path` writes it: ../conditions/arthritis.md"""
    return posixpath.relpath(target, posixpath.dirname(source_path))
