"""All pages, the assets and the evidence, joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from msgspec import Struct, field

from coldpress.model.expired import Expired
from coldpress.model.inputs import Config, Media, Source
from coldpress.model.pages import Page, Pages, Translation
from coldpress.problems import Place
from coldpress.schema import (
    Finding,
    GlossaryTerm,
    Offer,
    Reference,
    Synonym,
)


class Asset(Struct, frozen=True):
    """A file of assets/ (or made from one) under its fingerprinted name."""

    name: str
    """As templates ask for it: fonts/text.woff2"""
    output: str
    """assets/text.4f1c9a2b.woff2"""
    content: bytes


class Sheet(Struct, frozen=True):
    """A minified part of the styles. A page wears it when it has all the classes of one of
    `needs`; an empty one is always met."""

    css: str
    needs: tuple[tuple[str, ...], ...]

    @property
    def for_visitors(self) -> bool:
        """All but what only the catalogue of a preview wears."""
        return self.needs != (("catalogue",),)


class Assets(Struct, frozen=True):
    files: Mapping[str, Asset]
    sheets: tuple[Sheet, ...]
    """The styles of a first view, font addresses final, in their order: each page gets those it
    wears, inline."""
    later: tuple[Sheet, ...] = ()
    """The other styles, in their order: one file for all pages."""

    @property
    def css(self) -> str:
        """All of it that visitors can get."""
        return "".join(sheet.css for sheet in (*self.sheets, *self.later) if sheet.for_visitors)


class Meter(Struct, frozen=True):
    """How a finding's grade is drawn: `level` bars of four, `split` for conflicting evidence."""

    grade: str
    level: int
    split: bool


class Evidence(Struct, frozen=True):
    """References and findings, weighed and joined to the pages that use them."""

    PARTS: ClassVar = True
    """Who reads it is noted part by part: see watch.py."""

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
    retracted: frozenset[str] = frozenset()
    """Keys of the references that were withdrawn."""

    def fitting(self, wanted: Mapping[str, str]) -> tuple[str, ...]:
        """Ids of the findings a table shows, in the order of the data file. `wanted`: side
        ("condition") -> id, empty ones ignored. A table names kinds of cold: a finding about
        several stands in it only when the method is what was asked for."""
        sides = {side: value for side, value in wanted.items() if value}
        return tuple(
            id
            for id, finding in self.findings.items()
            if all(getattr(finding, side) == value for side, value in sides.items())
            and (finding.method or "method" in sides)
        )


class Language(Struct, frozen=True):
    """One of the site's languages, as a reader of another one meets it."""

    code: str
    name: str
    """In itself, for the switch: Español."""
    only: Mapping[str, str]
    """Language -> in this one, that a page is in that one alone: {"en": "Solo en inglés"}"""
    date: str
    """How a day is written, to be filled in: "{month} {day}, {year}"."""
    months: tuple[str, ...]
    """As they stand in a date: noviembre."""


class Site(Struct, frozen=True):
    """All pages of one language and what connects them. What the views, outputs and checks read.
    A site in several languages is several of these, its editions: that of the first language has
    the others, and answers for what there is once for all of them."""

    lang: str
    """Its language: a code of site.yaml's `languages`."""
    config: Config
    now: datetime
    today: date
    by_id: Pages
    """In order: kind, then `order`, then title."""
    by_output: Pages
    heads: Mapping[str, str]
    """Page id -> digest of its front matter and address: what other pages may show of it."""
    bodies: Mapping[str, str]
    """Page id -> digest of its text."""
    ids: Mapping[str, str]
    """Of every page, in their order, to itself."""
    outputs: Mapping[str, str]
    """Output -> page id."""
    folders: Mapping[str, tuple[str, ...]]
    """Folder -> ids of its pages without its index, in order."""
    layouts: Mapping[str, str]
    """Layout -> id of the first page that has it."""
    pictured: Mapping[str, tuple[str, ...]]
    """Page id -> paths of the pictures it uses; of pages that use any."""
    relations: Mapping[str, Mapping[str, tuple[str, ...]]]
    """Page id -> kind folder -> ids of related pages, from both ends, in their order."""
    evidence: Evidence
    glossary: Mapping[str, GlossaryTerm]
    places: Mapping[str, Place]
    scheduled: tuple[Source, ...]
    alternates: Mapping[str, Mapping[str, str]]
    """Page id -> language -> address without the base path, of pages that there are in several
    languages; its own language among them, in the order of site.yaml."""
    languages: Mapping[str, Language]
    """All languages of the site, in the order of site.yaml."""
    translations: Mapping[str, Translation]
    """Page id -> how it stands to its original; of pages that are translations."""
    left_out: frozenset[str]
    """Ids of pages that exist and are not on the site now: drafts, scheduled, expired."""
    left_out_files: frozenset[str]
    """Their files, in all languages."""
    media: Mapping[str, Media]
    assets: Assets
    strings: Mapping[str, str]
    """Interface words of the site's first language."""
    preview: bool
    """Facts the owner has not given show as missing, drafts say so."""
    synonyms: Mapping[str, Synonym] = field(default_factory=dict)
    expired: tuple[Expired, ...] = ()
    """On no list, and their addresses still answer."""
    card_maker: str = ""
    """Digest of what draws the cards of pages for where they are shared."""
    offers: Mapping[str, Offer] = field(default_factory=dict)
    """In the order of their file: of two on one page and day, the first is shown."""
    search_index: str = ""
    """Path of what its search knows, once that is made."""
    others: Mapping[str, Site] = field(default_factory=dict)
    """Of the first edition alone: language -> edition."""

    PARTS: ClassVar = True
    FREE: ClassVar = frozenset({"by_id", "by_output"})
    """Notes what is read of it by itself: see watch.py."""

    @property
    def is_first(self) -> bool:
        """What there is once for all languages is made with this edition."""
        return self.lang == self.config.facts.languages[0]

    @property
    def editions(self) -> tuple[Site, ...]:
        """This one, and the others it has."""
        others = (lang for lang in self.languages if lang != self.lang)
        return self, *(self.others[lang] for lang in others if self.is_first)

    def edition(self, lang: str) -> Site:
        return self if lang == self.lang else self.others[lang]

    def edition_with(self, output: str) -> Site:
        """The edition that has a page there; this one for all that is no page."""
        return next((site for site in self.editions if output in site.outputs), self)

    def with_aliases(self) -> tuple[Page, ...]:
        """Pages of all its editions that have old addresses."""
        found = ((site.lang, page) for site in self.editions for page in site.by_id.with_aliases())
        return tuple(page for lang, page in found if page.source.lang == lang)

    @property
    def pages(self) -> Iterator[Page]:
        """Those in its language, one after another. `by_id` has more: the original of what is not
        translated yet."""
        return self.by_output.all()

    def of_kind(self, folder: str) -> Iterator[Page]:
        """Pages of a folder without its index, in order, one after another."""
        return (self.by_id[id] for id in self.folders.get(folder, ()))

    def with_layout(self, layout: str) -> Page | None:
        """The first page drawn like that."""
        id = self.layouts.get(layout)
        return self.by_id[id] if id is not None else None

    @property
    def prefix(self) -> str:
        """What its addresses begin with: nothing in the first language, else "/es"."""
        home = "pages/index"
        if home in self.by_id and self.by_id[home].source.lang == self.lang:
            return self.by_id[home].route.url.rstrip("/")
        return "" if self.is_first else f"/{self.lang}"
