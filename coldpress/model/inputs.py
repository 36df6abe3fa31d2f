"""What is read: options, site.yaml, content files, pictures; and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from coldpress.later import Later
from coldpress.problems import Place
from coldpress.schema import (
    Finding,
    FrontMatter,
    GlossaryTerm,
    Kind,
    Offer,
    PageMatter,
    Reference,
    SiteFacts,
    Synonym,
)


class Options(Struct, frozen=True):
    """What the command line asked for. `now` is an input: nothing else tells the time."""

    source: Path
    output: Path
    now: datetime
    base_url: str | None = None
    drafts: bool = False
    release: bool = False
    allow_shrink: bool = False
    jobs: int = 1


class Config(Struct, frozen=True):
    """site.yaml, read. `places` maps a field's path ("booking.url") to where it stands."""

    facts: SiteFacts
    base_url: str
    base_path: str
    """"" or "/sub/path": goes before every root-relative URL."""
    places: Mapping[str, Place]

    def place(self, field: str = "") -> Place:
        return self.places.get(field, Place("site.yaml"))


class Written(Struct, frozen=True):
    """What of a content file only its own page is made of, and who reports a problem with it."""

    body: str
    """The text under the front matter."""
    places: Mapping[str, Place]
    """Field path ("aliases.0") -> where it stands."""


class Source(Struct, frozen=True):
    """A content file as read: typed front matter and the text under it."""

    path: str
    """Relative to the site's folder: content/conditions/arthritis.md"""
    kind: Kind
    name: str
    """File name without .md; "index" introduces its folder."""
    lang: str
    matter: FrontMatter
    written: Later[Written]
    body_line: int
    """Line of the file on which the body starts, from 1."""
    digest: str
    front: str
    """Digest of its front matter as it is written."""
    publish_at: datetime | None
    """UTC."""
    expires_at: datetime | None

    @property
    def body(self) -> str:
        return self.written.here.body

    @property
    def places(self) -> Mapping[str, Place]:
        return self.written.here.places

    @property
    def id(self) -> str:
        """Folder and name, as relations write it: conditions/arthritis"""
        return f"{self.kind.folder}/{self.name}"

    @property
    def layout(self) -> str:
        """What draws it: a layout of kind page, else "page", its kind's own template."""
        return self.matter.layout if isinstance(self.matter, PageMatter) else "page"

    @property
    def is_hub(self) -> bool:
        return self.name == "index" and self.kind.name != "page"

    def place(self, field: str = "") -> Place:
        return self.places.get(field, Place(self.path))


class Variant(Struct, frozen=True):
    """One of the files made from a picture."""

    output: str
    """Named after what decides its bytes, and its width: media/room.1f3a9c20-800.avif"""
    format: str
    """AVIF, WEBP, JPEG or PNG."""
    width: int
    height: int
    turn: int
    """How the picture lies in its file: EXIF orientation, 1 (upright) to 8."""
    fingerprint: str
    """Digest of everything that decides the bytes: the picture, the settings, the encoders."""


class Media(Struct, frozen=True):
    """A picture beside the text that uses it. Width and height as it is seen, upright."""

    path: str
    digest: str
    width: int
    height: int
    turn: int = 1
    alpha: bool = False
    """Some of it can be seen through."""
    moves: bool = False
    variants: tuple[Variant, ...] = ()
    """The files made from it; the last is the one every browser can show."""

    @property
    def output(self) -> str:
        """The file under output/ that every browser can show."""
        if self.variants:
            return self.variants[-1].output
        stem, dot, suffix = self.path.rpartition("/")[2].rpartition(".")
        return f"media/{stem}.{self.digest[:8]}{dot}{suffix.lower()}"


class Content(Struct, frozen=True):
    """Everything under content/, read and typed, before any of it has an address."""

    sources: tuple[Source, ...]
    media: Mapping[str, Media]
    """Path -> picture."""
    references: Mapping[str, Reference]
    findings: Mapping[str, Finding]
    glossary: Mapping[str, GlossaryTerm]
    places: Mapping[str, Place]
    """"references.algafly2007" / "findings.numbing.grade" / "glossary.x" -> where it stands."""
    scheduled: tuple[Source, ...]
    """Left out now because of publish_at or expires_at: for the report and `next`."""
    expired: tuple[Source, ...] = ()
    """Left out because their time is over: their addresses still answer."""
    left_out: frozenset[str] = frozenset()
    """Content files that exist but are not among the sources: drafts, scheduled, expired, or
    unreadable."""
    unreadable: frozenset[str] = frozenset()
    """Those with problems of their own: a link to one of them is not another problem."""
    refused: frozenset[str] = frozenset()
    """Pictures with problems of their own: a text that shows one is not wrong too."""
    unread_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Data file ("references") with problems of its own -> its keys: naming one is no problem."""
    words: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    """Language -> data file -> key -> its words in that language."""
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    """What people type, for search."""
    offers: Mapping[str, Offer] = field(default_factory=dict)


class Route(Struct, frozen=True):
    """Where a source goes. `url` is root-relative without the base path: /where-it-hurts/x/"""

    url: str
    output: str
    """File under output/: where-it-hurts/x/index.html"""
    aliases: tuple[str, ...]
