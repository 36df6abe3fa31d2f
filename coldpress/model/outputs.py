"""Recipes, what they make, and what is said at the end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from msgspec import Struct, field

from coldpress.model.inputs import Variant
from coldpress.problems import Problem


class Recipe(Struct, frozen=True):
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
    twin_of: str = ""
    """Id of the page of which this is to be the Markdown twin: worked out with the page's view."""
    markdown_at: str = ""
    """Full address of the page that the drawn template becomes the Markdown of."""
    drawn: bool = False
    """The template draws an SVG, and the output is the PNG that shows it."""


class Step(Struct, frozen=True):
    """A recipe and the key of everything that goes into it: equal key, equal bytes."""

    recipe: Recipe
    key: str


class OutLink(NamedTuple):
    """A reference to an address in an output. `url` as it stands in the file."""

    tag: str
    url: str
    rel: str = ""


class Facts(Struct, frozen=True):
    """What checks know about one output. Kept with its key, so that an unchanged build parses
    nothing and checks still see every page. Non-HTML outputs have only `size`."""

    size: int
    compressed: int = 0
    """Bytes after brotli; an upper bound, and a rougher one the farther it is below the budget."""
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


class Stored(Protocol):
    """Bytes that are fetched when somebody reads them."""

    def load(self) -> bytes: ...


class Made(Struct, frozen=True):
    """An output, made."""

    output: str
    body: bytes | Stored
    facts: Facts
    source: str = ""

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.load()


class Published(Struct, frozen=True):
    """What a swap changed, as output paths."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    looks: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    """Signs of files that were known to be right by them, and have them still."""

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.changed) + len(self.removed)


class Report(Struct, frozen=True):
    """What a command has to say at its end."""

    problems: tuple[Problem, ...]
    outputs: int = 0
    pages: int = 0
    words: int = 0
    size: int = 0
    seconds: float = 0.0
    published: Published | None = None
    next_change: datetime | None = None
    scheduled: tuple[tuple[datetime, str, str], ...] = ()
    """When, what happens, to which file: the first first."""
