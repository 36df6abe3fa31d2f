"""A text, converted; a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableSet, Sequence
from datetime import date
from posixpath import dirname, join, normpath
from typing import Any, Protocol, TypeAlias

from markupsafe import Markup
from msgspec import Struct

from coldpress.model.inputs import Route, Source
from coldpress.problems import Place


class Heading(Struct, frozen=True):
    level: int
    id: str
    text: str


class Call(Struct, frozen=True):
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


class Section(Struct, frozen=True):
    """What stands under one second-level heading, heading included. The first section (before any
    heading) has an empty id and title."""

    id: str
    title: str
    classes: tuple[str, ...]
    body: tuple[Piece, ...]


class WrittenLink(Struct, frozen=True):
    """A link as the author wrote it and what became of it, so that a check can name the line."""

    written: str
    url: str
    place: Place


class Converted(Struct, frozen=True):
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


class Gist(Struct, frozen=True):
    """What the rest of the site knows of a page's text without reading it."""

    citations: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    """Paths of the pictures used, that of its front matter included."""


class Body(Protocol):
    """A converted text that is fetched when it is read."""

    def load(self) -> Converted: ...


class Page(Struct, frozen=True):
    """A source with its address and its converted body."""

    source: Source
    route: Route
    body: Converted | Body

    @property
    def converted(self) -> Converted:
        return self.body if isinstance(self.body, Converted) else self.body.load()

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


class Translation(Struct, frozen=True):
    """How a translation stands to its original."""

    of: str
    """Digest of the original's words as they are now."""
    signed: bool
    """It says what it was made from."""
    changed: date | None
    """Day since which the original says something else; None while both say the same."""
    pending: bool
    """No named person has read it against the original."""


class Shelf(Protocol):
    """Where pages are kept while nobody reads them."""

    def page(self, id: str) -> Page: ...

    def pages(self, ids: Sequence[str]) -> Iterator[Page]: ...

    def route(self, id: str) -> Route: ...

    @property
    def aliased(self) -> frozenset[str]:
        """Ids of those with old addresses."""


Notes: TypeAlias = "MutableSet[tuple[str | tuple[str, ...], ...]]"


class Pages(Mapping[str, Page]):
    """Pages by id, or by another name of theirs, in their order. Watched, it notes what is read:
    ("heads", id) for a page's front matter and address, ("bodies", id) for its text."""

    def __init__(
        self,
        shelf: Shelf,
        ids: Mapping[str, str],
        field: str,
        notes: Notes | None = None,
        way: tuple[str, ...] = (),
    ) -> None:
        self.shelf, self.ids, self.field, self.notes, self.way = shelf, ids, field, notes, way

    def watched(self, notes: Notes, way: tuple[str, ...]) -> Pages:
        """`way`: from the root to the site whose pages these are."""
        return Pages(self.shelf, self.ids, self.field, notes, way)

    def route(self, id: str) -> Route:
        """Its address alone: nothing is fetched."""
        self.note("heads", id)
        return self.shelf.route(id)

    def all(self) -> Iterator[Page]:
        """One after another: all of a large site would not fit into memory. To read them all is to
        depend on every front matter."""
        self.note("heads")
        ids = tuple(self.ids.values())
        return map(self.seen, ids, self.shelf.pages(ids))

    def with_aliases(self) -> tuple[Page, ...]:
        """Those with old addresses. Only they are fetched."""
        self.note("heads")
        aliased = self.shelf.aliased
        return tuple(self.page(id) for id in self.ids.values() if id in aliased)

    def __getitem__(self, name: str) -> Page:
        self.note(self.field, name)
        id = self.ids[name]
        self.note("heads", id)
        return self.page(id)

    def __contains__(self, name: object) -> bool:
        self.note(self.field, str(name))
        return name in self.ids

    def __iter__(self) -> Iterator[str]:
        self.note(self.field)
        return iter(self.ids)

    def __len__(self) -> int:
        self.note(self.field)
        return len(self.ids)

    def page(self, id: str) -> Page:
        return self.seen(id, self.shelf.page(id))

    def seen(self, id: str, page: Page) -> Page:
        if self.notes is None:
            return page
        return Page(page.source, page.route, SeenBody(page.body, id, self.notes, self.way))

    def note(self, *name: str) -> None:
        if self.notes is not None:
            self.notes.add((*self.way, *name))


class SeenBody(Struct, frozen=True):
    """A body that says when it is read."""

    body: Converted | Body
    id: str
    notes: Notes
    way: tuple[str, ...]

    def load(self) -> Converted:
        self.notes.add((*self.way, "bodies", self.id))
        return self.body if isinstance(self.body, Converted) else self.body.load()
