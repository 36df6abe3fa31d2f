"""Every value that passes between stages. Frozen and complete: what gains data becomes a new type.

Source (a file as read) -> Route (its address) -> Page (converted) -> Site (all of them)
Site -> Recipe (data that says how to make one output) -> Made (its bytes and facts)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any, TypeAlias

from markupsafe import Markup

from coldpress.problems import Place, Problem
from coldpress.schema import (
    Finding,
    FrontMatter,
    GlossaryTerm,
    Kind,
    Offer,
    Reference,
    SiteFacts,
    Synonym,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for. `now` is an input: nothing else tells the time."""

    source: Path
    output: Path
    now: datetime
    base_url: str | None = None
    drafts: bool = False
    release: bool = False
    allow_shrink: bool = False
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Config:
    """site.yaml, read. `places` maps a field's path ("booking.url") to where it stands."""

    facts: SiteFacts
    base_url: str
    base_path: str
    """"" or "/sub/path": goes before every root-relative URL."""
    places: Mapping[str, Place]

    def place(self, field: str = "") -> Place:
        return self.places.get(field, Place("site.yaml"))


@dataclass(frozen=True, slots=True)
class Source:
    """A content file as read: typed front matter and the text under it."""

    path: str
    """Relative to the site's folder: content/conditions/arthritis.md"""
    kind: Kind
    name: str
    """File name without .md; "index" introduces its folder."""
    lang: str
    matter: FrontMatter
    places: Mapping[str, Place]
    """Field path ("aliases.0") -> where it stands."""
    body: str
    body_line: int
    """Line of the file on which the body starts, from 1."""
    digest: str
    publish_at: datetime | None
    """UTC."""
    expires_at: datetime | None

    @property
    def id(self) -> str:
        """Folder and name, as relations write it: conditions/arthritis"""
        return f"{self.kind.folder}/{self.name}"

    @property
    def is_hub(self) -> bool:
        return self.name == "index" and self.kind.name != "page"

    def place(self, field: str = "") -> Place:
        return self.places.get(field, Place(self.path))


@dataclass(frozen=True, slots=True)
class Variant:
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


@dataclass(frozen=True, slots=True)
class Media:
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


@dataclass(frozen=True, slots=True)
class Content:
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
    left_out: frozenset[str] = frozenset()
    """Content files that exist but are not among the sources: drafts, scheduled, expired, or
    unreadable."""
    unreadable: frozenset[str] = frozenset()
    """Those with problems of their own: a link to one of them is not another problem."""
    unread_keys: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Data file ("references") with problems of its own -> its keys: naming one is no problem."""
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    """What people type, for search."""
    offers: Mapping[str, Offer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a source goes. `url` is root-relative without the base path: /where-it-hurts/x/"""

    url: str
    output: str
    """File under output/: where-it-hurts/x/index.html"""
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A shortcode, callout, citation or glossary term in a text: what was asked for. The views add
    what the site knows; templates/shortcodes/<name>.html draws it."""

    name: str
    args: Mapping[str, Any]
    body: tuple[Piece, ...]
    """Markdown between the opening line and the closing one, converted; empty for most."""
    place: Place


Piece: TypeAlias = "Markup | Call"
"""A converted text is a run of pieces: sanitised HTML, and calls that templates draw. The HTML of
one piece need not be balanced (a citation stands inside a paragraph): the run is."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one second-level heading, heading included. The first section (before any
    heading) has an empty id and title."""

    id: str
    title: str
    classes: tuple[str, ...]
    body: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link as the author wrote it and what became of it, so that a check can name the line."""

    written: str
    url: str
    place: Place


@dataclass(frozen=True, slots=True)
class Converted:
    """A source's body and the Markdown in its front matter, converted. All links are final."""

    sections: tuple[Section, ...]
    """The body, cut at second-level headings. Its run of pieces is theirs, one after another."""
    key_points: tuple[tuple[Piece, ...], ...]
    summary: tuple[Piece, ...]
    headings: tuple[Heading, ...]
    citations: tuple[str, ...]
    """Reference keys in order of first use: number n on the page is citations[n - 1]."""
    terms: tuple[str, ...]
    links: tuple[WrittenLink, ...]
    media: tuple[str, ...]
    """Paths of the pictures used."""
    text: str
    """Plain words of the body, for search and for counting."""


@dataclass(frozen=True, slots=True)
class Page:
    """A source with its address and its converted body."""

    source: Source
    route: Route
    converted: Converted

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def title(self) -> str:
        return self.source.matter.title

    @property
    def label(self) -> str:
        return self.source.matter.label or self.source.matter.title

    @property
    def image(self) -> str:
        """Path of the picture in its front matter, or nothing."""
        image = self.source.matter.image
        return normpath(join(dirname(self.source.path), image.src)) if image else ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of assets/ (or made from one) under its fingerprinted name."""

    name: str
    """As templates ask for it: fonts/text.woff2"""
    output: str
    """assets/text.4f1c9a2b.woff2"""
    content: bytes


@dataclass(frozen=True, slots=True)
class Sheet:
    """A minified part of the styles. A page wears it when it has all the classes of one of
    `needs`; an empty one is always met."""

    css: str
    needs: tuple[tuple[str, ...], ...]

    @property
    def for_visitors(self) -> bool:
        """All but what only the catalogue of a preview wears."""
        return self.needs != (("catalogue",),)


@dataclass(frozen=True, slots=True)
class Assets:
    files: Mapping[str, Asset]
    sheets: tuple[Sheet, ...]
    """The styles, font addresses final, in their order: each page gets those it wears, inline."""

    @property
    def css(self) -> str:
        """All of it that visitors can get."""
        return "".join(sheet.css for sheet in self.sheets if sheet.for_visitors)


@dataclass(frozen=True, slots=True)
class Meter:
    """How a finding's grade is drawn: `level` bars of four, `split` for conflicting evidence."""

    grade: str
    level: int
    split: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """References and findings, weighed and joined to the pages that use them."""

    references: Mapping[str, Reference]
    numbers: Mapping[str, int]
    """Site-wide number of every reference, in the order of the references page."""
    cited_by: Mapping[str, tuple[str, ...]]
    """Reference key -> ids of the pages that cite it."""
    findings: Mapping[str, Finding]
    meters: Mapping[str, Meter]
    """Finding id -> its meter."""
    matrix: Mapping[tuple[str, str], tuple[str, ...]]
    """(mechanism, condition) -> finding ids; no entry: nobody studied it."""
    methods: Mapping[tuple[str, str], tuple[str, ...]]
    """(condition, method) -> finding ids."""


@dataclass(frozen=True, slots=True)
class Site:
    """All pages and what connects them. What the views, outputs and checks read."""

    config: Config
    now: datetime
    today: date
    pages: tuple[Page, ...]
    """In order: kind, then `order`, then title."""
    by_id: Mapping[str, Page]
    by_output: Mapping[str, Page]
    relations: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Page id -> kind folder -> ids of related pages, from both ends, in their order."""
    evidence: Evidence
    glossary: Mapping[str, GlossaryTerm]
    places: Mapping[str, Place]
    scheduled: tuple[Source, ...]
    left_out: frozenset[str]
    """Ids of pages that exist and are not on the site now: drafts, scheduled, expired."""
    media: Mapping[str, Media]
    assets: Assets
    strings: Mapping[str, str]
    """Interface words of the site's first language."""
    preview: bool
    """Facts the owner has not given show as missing, drafts say so."""
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    """In the order of their file: of two on one page and day, the first is shown."""

    def of_kind(self, folder: str) -> tuple[Page, ...]:
        """Pages of a folder without its index, in order."""
        return tuple(
            page
            for page in self.pages
            if page.source.kind.folder == folder and page.source.name != "index"
        )


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to make one output, as data: it can be hashed, pickled and run in another process.

    Either a template and the view it gets, or bytes, or a file that is copied or, with `variant`,
    the picture this one is made from."""

    output: str
    template: str = ""
    view: Mapping[str, Any] | None = None
    content: bytes = b""
    copy_of: str = ""
    """File in the site's folder."""
    variant: Variant | None = None
    source: str = ""
    """Content file it shows, if one: problems found in the output are reported there."""


@dataclass(frozen=True, slots=True)
class Step:
    """A recipe and the key of everything that goes into it: equal key, equal bytes."""

    recipe: Recipe
    key: str


@dataclass(frozen=True, slots=True)
class OutLink:
    """A reference to an address in an output. `url` as it stands in the file."""

    tag: str
    url: str
    rel: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What checks know about one output. Kept with its key, so that an unchanged build parses
    nothing and checks still see every page. Non-HTML outputs have only `size`."""

    size: int
    compressed: int = 0
    """Bytes after brotli; an upper bound when it is far below the budget."""
    title: str = ""
    description: str = ""
    canonical: str = ""
    robots: str = ""
    ids: frozenset[str] = frozenset()
    doubled_ids: tuple[str, ...] = ()
    links: tuple[OutLink, ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    images_without_alt: tuple[str, ...] = ()
    nodes: int = 0
    slots: tuple[str, ...] = ()
    """Booking slots on the page."""
    scripts: int = 0
    missing: tuple[str, ...] = ()
    """Facts shown as missing on the page."""
    styles: tuple[str, ...] = ()
    """sha256-... of every inline style sheet, for the content security policy."""
    malformed: str = ""
    """Why an XML file cannot be parsed; empty when it can."""
    landmarks: tuple[str, ...] = ()
    """What matters for safety in the page's text, by first place: see landmarks.py."""


@dataclass(frozen=True, slots=True)
class Made:
    """An output, made."""

    output: str
    content: bytes
    facts: Facts
    source: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What a swap changed, as output paths."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a command has to say at its end."""

    problems: tuple[Problem, ...]
    outputs: int = 0
    pages: int = 0
    words: int = 0
    size: int = 0
    seconds: float = 0.0
    published: Published | None = None
    next_change: datetime | None = None
    scheduled: tuple[tuple[datetime, str], ...] = ()
