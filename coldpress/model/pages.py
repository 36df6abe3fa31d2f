"""A text, converted; a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any, TypeAlias

from markupsafe import Markup

from coldpress.model.inputs import Route, Source
from coldpress.problems import Place


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
