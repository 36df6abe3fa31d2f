"""Kinds, front matter, site facts and data files, typed: the one source of every field's name,
type, rule and description. `new`, the field tables in docs/editing.md and the JSON Schema files
are generated from here, so they cannot disagree with what a build accepts.

Values arrive as written (text), never as YAML guessed them: a title `no` stays "no", an edition
`1.10` stays "1.10", and a field that is a date is read as a date because it is declared so here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

# --------------------------------------------------------------------------- building blocks


class Model(BaseModel):
    """Frozen, and an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
KEY = r"^[A-Za-z][A-Za-z0-9-]*$"
LINE = r"^[^\n]*$"
PATH = r"^/(?:[a-z0-9-]+/)*(?:[a-z0-9-]+(?:\.[a-z0-9]+)?)?$"
SECURE = r"^https://[^\s@]+$"
ADDRESS = r"^https?://\S+$"
BASE = r"^https?://[^\s/?#]+(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?$"
FOCAL = r"^\d{1,3}% \d{1,3}%$"
LETTERS = r"^[a-z]-[a-z]$"
DIGEST = r"^[0-9a-f]{12}$"

SHAPES: Mapping[str, str] = {
    SLUG: "lower-case letters, digits and single hyphens, like cold-and-heat",
    KEY: "letters, digits and hyphens, a letter first, like algafly2007",
    LINE: "text on one line",
    PATH: "an address on this site in lower case, like /old/",
    SECURE: "a full address that starts with https://",
    ADDRESS: "a full address that starts with https:// or http://",
    BASE: "a full address without ? or #, like https://example.org or https://example.org/spa",
    FOCAL: "two percentages, from left and from top, like 50% 30%",
    LETTERS: "the first and the last letter of a part, like a-h",
    DIGEST: "the 12 digits that 'python3 build.py reviews --sign' gives",
}
"""What each pattern asks for, in words."""

Slug = Annotated[str, Field(pattern=SLUG, max_length=80, description=SHAPES[SLUG])]
Key = Annotated[str, Field(pattern=KEY, max_length=80)]
Line = Annotated[str, Field(min_length=1, pattern=LINE)]
Path = Annotated[str, Field(pattern=PATH, description="an old address, like /old/")]
WebAddress = Annotated[str, Field(pattern=SECURE, description=SHAPES[SECURE])]

Grade = Literal["strong", "moderate", "limited", "conflicting", "insufficient"]
Direction = Literal["supports", "mixed", "against"]
Layout = Literal[
    "page",
    "home",
    "hub",
    "checklist",
    "timeline",
    "faq",
    "glossary",
    "references",
    "matrix",
    "methods-table",
    "search",
    "not-found",
    "contact",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as the author wrote it: local time and, when given, a zone (name or offset).

    `None` as zone means "the site's": load resolves it, because only site.yaml knows."""

    local: datetime
    zone: ZoneInfo | None


def _moment(value: object) -> object:
    """`2026-12-01 09:00 America/Los_Angeles`, `2026-12-01T09:00-08:00` or without a zone."""
    if isinstance(value, Moment) or not isinstance(value, str):
        return value
    words = value.split()
    zone = zone_named(words.pop()) if len(words) > 1 and words[-1][0].isalpha() else None
    written = " ".join(words)
    if not re.fullmatch(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)? ?(Z|[+-]\d\d:?\d\d)?", written):
        raise PydanticCustomError("not_a_moment", "not a date and time")
    try:
        return Moment(datetime.fromisoformat(written.replace(" ", "T", 1).replace(" ", "")), zone)
    except ValueError as bad:
        raise PydanticCustomError("impossible_moment", "no such moment") from bad


def zone_named(name: str) -> ZoneInfo:
    """`America/Los_Angeles` -> the zone; a PydanticCustomError when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise PydanticCustomError("unknown_zone", "no such zone", {"zone": name}) from unknown


def _day(value: object) -> object:
    """Only `2026-03-01`: pydantic alone would take `2026` for seconds since 1970."""
    if isinstance(value, date) or not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("not_a_day", "not a date")
    try:
        return date.fromisoformat(value)
    except ValueError as bad:
        raise PydanticCustomError("impossible_day", "no such day") from bad


Day = Annotated[date, BeforeValidator(_day)]
"""A date as written: 2026-03-01."""

MomentField = Annotated[
    Moment,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string"}),
    Field(description="date and time, with a zone or in the site's: 2026-12-01 09:00"),
]


# --------------------------------------------------------------------------- front matter


class Review(Model):
    """A real person's sign-off. Leave the whole field out until there is one."""

    by: Line = Field(description="name of the reviewer, a real person")
    credential: Line = Field(description="role and credential, as the reviewer signs")
    on: Day = Field(description="day of the review")
    next: Day = Field(description="day the next review is due")
    text: Annotated[str, Field(pattern=DIGEST)] | None = Field(
        None, description="digest of the text that was signed; 'build.py reviews --sign' writes it"
    )


class Image(Model):
    src: Line = Field(description="file beside the text, like room.jpg")
    alt: Line = Field(description="what a reader who cannot see it should know")
    focal: Annotated[str, Field(pattern=FOCAL)] = Field(
        "50% 50%", description="the point that must stay in view, from left and top"
    )


class Rating(Model):
    """A labelled finding. The grade shown comes from the finding, never from here."""

    label: Line = Field(description="what is rated, like 'Lasting relief'")
    finding: Key = Field(description="id of a finding in data/findings.yaml")


class Urgent(Model):
    """A red card above everything else on the page."""

    title: Line = Field(description="ends in 'if:' or is a plain order")
    items: tuple[Line, ...] = Field((), description="the signs, one a line")


class Allowance(Model):
    """A wording that a claims rule would stop, allowed for a reason and until a day."""

    rule: Line = Field(description="the rule, as the message names it in square brackets")
    words: Line = Field(description="the words it is for, as they stand in the text")
    reason: Annotated[Line, Field(min_length=10)] = Field(
        description="why they may stand: who checked what"
    )
    until: Day = Field(description="last day the allowance holds")


class FrontMatter(Model):
    """What every kind of content has."""

    title: Annotated[Line, Field(min_length=3, max_length=110)] = Field(
        description="what the page is, said on the page and in search results; promises nothing"
    )
    label: Line | None = Field(None, description="short name for menus, cards and crumbs")
    description: Annotated[Line, Field(min_length=20, max_length=200)] = Field(
        description="one or two sentences for search results, best at 121 to 156 characters"
    )
    summary: Line | None = Field(
        None, description="the answer in one or two sentences, shown under the title"
    )
    slug: Slug | None = Field(None, description="last part of the address, if not the file name")
    aliases: tuple[Path, ...] = Field((), description="old addresses that lead here, like /old/")
    draft: bool = Field(False, description="true keeps the page out of the built site")
    publish_at: MomentField | None = Field(None, description="goes live from this moment on")
    expires_at: MomentField | None = Field(None, description="leaves the site at this moment")
    updated: Day | None = Field(None, description="day of the last change a reader would notice")
    evidence_checked: Day | None = Field(None, description="day the evidence was last checked")
    reviewed: Review | None = Field(None, description="medical review: only a real one")
    mechanisms: tuple[Slug, ...] = Field((), description="mechanisms this page is about")
    conditions: tuple[Slug, ...] = Field((), description="conditions this page is about")
    methods: tuple[Slug, ...] = Field((), description="kinds of cold this page is about")
    related: tuple[Line, ...] = Field(
        (), description="pages to read next, as folder/name: guides/cold-or-heat"
    )
    key_points: tuple[Line, ...] = Field(
        (), description="three or four short points, one of them a caution; citations allowed"
    )
    ratings: tuple[Rating, ...] = Field((), description="findings whose grades stand at the top")
    urgent: Urgent | None = Field(None, description="a red card above the contents list")
    order: int = Field(100, description="place among its kind, small numbers first")
    image: Image | None = Field(None, description="picture of the page")
    plate: Slug | None = Field(None, description="drawing on the page's card: templates/plates/")
    icon: Slug | None = Field(None, description="small drawing in lists: templates/icons/")
    robots: Literal["index", "noindex"] = Field("index", description="noindex hides from search")
    sensitive: bool = Field(False, description="true makes the booking button a quiet one")
    no_booking: Line | None = Field(
        None, description="the reason why this page has no booking card; without it, it has one"
    )
    allow: tuple[Allowance, ...] = Field(
        (), description="wordings a claims rule would stop, allowed here, each with its reason"
    )


class MechanismMatter(FrontMatter):
    """How cold may act."""


class ConditionMatter(FrontMatter):
    """Where it hurts."""

    body_regions: tuple[
        Literal["head", "neck", "shoulder", "hand", "back", "hip", "thigh", "knee", "foot"], ...
    ] = Field((), description="pins on the body map")


class MethodMatter(FrontMatter):
    """A kind of cold."""

    temperature: Line | None = Field(None, description="how cold, in °F and °C, with what is cold")
    reaches: Line | None = Field(None, description="skin, muscle or core")


class GuideMatter(FrontMatter):
    """An article on one question."""


class PageMatter(FrontMatter):
    """Everything else: home, safety, about, contact ..."""

    layout: Layout = Field("page", description="which template draws the page")
    letters: Annotated[str, Field(pattern=LETTERS)] = Field(
        "a-z", description="references layout: list the authors from this letter to that, like a-f"
    )


class HubMatter(FrontMatter):
    """The index.md of a folder: introduces the pages beside it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of KINDS. `permalink` is the pattern of the address; `{slug}` is filled in."""

    name: str
    folder: str
    matter: type[FrontMatter]
    permalink: str
    template: str


KINDS: tuple[Kind, ...] = (
    Kind("mechanism", "mechanisms", MechanismMatter, "/how-cold-helps/{slug}/", "mechanism.html"),
    Kind("condition", "conditions", ConditionMatter, "/where-it-hurts/{slug}/", "condition.html"),
    Kind("method", "methods", MethodMatter, "/kinds-of-cold/{slug}/", "method.html"),
    Kind("guide", "guides", GuideMatter, "/guides/{slug}/", "guide.html"),
    Kind("page", "pages", PageMatter, "/{slug}/", "page.html"),
)


# --------------------------------------------------------------------------- data files


class Retraction(Model):
    """A publication was withdrawn by its authors, journal or publisher."""

    on: Day | None = Field(None, description="day it was withdrawn, where that is known")
    note: Line = Field(description="who withdrew it and why, and where that can be read")


class Reference(Model):
    """A publication. `null` means "not seen", not "does not exist": it is left out on the page."""

    authors: str | None = Field(description="as printed: Costello JT, Baker PRA")
    year: int | None = Field(description="year of publication")
    title: Line = Field(description="title of the publication")
    journal: str | None = Field(description="journal, publisher or authority")
    volume_pages: str | None = Field(description="volume, issue, pages or article number")
    doi: str | None = Field(description="10.1002/..., without https://doi.org/")
    pmid: str | None = Field(description="number in PubMed")
    pmcid: str | None = Field(description="number in PubMed Central, with PMC")
    url: Annotated[str, Field(pattern=ADDRESS)] = Field(description="where it can be read")
    study_type: Literal[
        "case-report",
        "cochrane-review",
        "cohort",
        "guideline",
        "lab-study",
        "narrative-review",
        "news",
        "patient-information",
        "rct",
        "regulator",
        "standard",
        "survey",
        "systematic-review",
    ] = Field(description="kind of study")
    modality: tuple[str, ...] = Field(description="kinds of cold it is about")
    people: Literal["healthy", "patients", "both"] | None = Field(
        None, description="in whom it was done; healthy volunteers are not patients"
    )
    purpose: Literal["relief", "prevention"] | None = Field(
        None, description="what the cold was for; prevention is not relief"
    )
    in_short: Line | None = Field(
        None, description="what it found, in one plain sentence for readers"
    )
    caution: Line | None = Field(
        None, description="what to hold against it, in one plain sentence for readers"
    )
    found: str = Field(description="what it found, for writers: with figures; never shown")
    limits: str = Field(description="what to hold against it, for writers; never shown")
    claims: dict[str, Literal["supports", "mixed", "against", "safety", "background"]] = Field(
        description="claims it bears on, and which way it points"
    )
    verified_at: str = Field(description="where it was read")
    verified_level: Literal["full-abstract", "partial-abstract", "page", "secondary"] = Field(
        description="how much of it was read"
    )


    retracted: Retraction | None = Field(
        None, description="only when it was withdrawn: no page may then rest on it"
    )
    recheck: Day | None = Field(None, description="day by which someone looks at it again")


class Finding(Model):
    """A body of evidence for one question. The grade belongs here, never to one reference."""

    question: Line = Field(description="the question, in plain words, ends in a question mark")
    condition: Slug | None = Field(None, description="condition page it is about")
    mechanism: Slug | None = Field(None, description="mechanism page it is about")
    method: Slug | None = Field(None, description="kind of cold; left out when it is about several")
    outcome: Line = Field(description="what was measured: pain, soreness, blood flow ...")
    people: Line | None = Field(None, description="in whom")
    grade: Grade = Field(description="how sure we can be")
    direction: Direction = Field(description="what the evidence says about the claim")
    references: tuple[Key, ...] = Field(min_length=1, description="what it rests on")
    sentence: Line = Field(description="the answer in one plain sentence, at the grade's strength")


class GlossaryTerm(Model):
    """A word readers may not know, explained where it first appears."""

    term: Line = Field(description="the word")
    definition: Line = Field(description="one plain sentence")
    spanish: Line | None = Field(None, description="the word in Spanish")
    see: tuple[Key, ...] = Field((), description="ids of related terms")


class Synonym(Model):
    """What people type, and the pages that answer it: search shows them first."""

    words: tuple[Line, ...] = Field(
        min_length=1, description="words and phrases as people type them, misspelled ones too"
    )
    pages: tuple[Line, ...] = Field(
        min_length=1, description="pages as folder/name, the best first: pages/safety"
    )


class Offer(Model):
    """Something the business offers for a while: one line under the header, between its days."""

    text: Annotated[Line, Field(max_length=120)] = Field(
        description="the offer in one line, with the full price beside the other one"
    )
    terms: Line = Field(
        description="a page with the terms, like pages/offer-terms, or the terms in a few words"
    )
    starts: Day = Field(description="first day it is shown")
    ends: Day = Field(description="last day it is shown; said on the page")
    pages: tuple[Line, ...] = Field(
        ("pages/index",),
        min_length=1,
        description="pages that show it, as folder/name; never about safety or a condition",
    )

    @property
    def terms_page(self) -> str:
        """Id of the page with the terms; nothing when the terms are words."""
        folders = (f"{kind.folder}/" for kind in KINDS)
        return self.terms if self.terms.startswith(tuple(folders)) else ""


# --------------------------------------------------------------------------- site.yaml


class Link(Model):
    label: Line = Field(description="the words of the link")
    to: Line = Field(description="a content file (pages/faq.md) or a full address")


class Confirmed(Model):
    """A fact the owner supplied, and the day it was confirmed."""

    value: Line = Field(description="the fact, as visitors see it")
    confirmed: Day | None = Field(None, description="day the owner confirmed it")


class Address(Model):
    """Where the business is."""

    street: Line = Field(description="number and street")
    city: Line = Field(description="town or city")
    region: Line = Field(description="state, like CA")
    postal_code: Line = Field(description="ZIP code")
    country: Line = Field("US", description="two-letter country code")
    confirmed: Day | None = Field(None, description="day the owner confirmed it")


class Organisation(Model):
    """Facts about the business. All optional: what is absent does not appear."""

    legal_name: Confirmed | None = Field(None, description="name of the company, for the footer")
    locality: Line | None = Field(None, description="town, as shown under the name")
    phone: Confirmed | None = Field(None, description="phone number, as people write it")
    email: Confirmed | None = Field(None, description="e-mail address")
    address: Address | None = Field(None, description="postal address")
    hours: tuple[Line, ...] = Field((), description="opening hours, one line a day or group")
    hours_confirmed: Day | None = Field(None, description="day the owner confirmed the hours")


class Booking(Model):
    provider: Literal[
        "calendly", "acuity", "square", "mindbody", "boulevard", "vagaro", "booker", "other"
    ] = Field("other", description="who runs the booking page")
    url: WebAddress = Field(description="where 'Book a session' leads")
    label: Line = Field("Book a session", description="the button's words, the same everywhere")
    confirmed: Day | None = Field(None, description="day the owner confirmed the address")


class Redirect(Model):
    source: Path = Field(alias="from", description="old address on this site")
    to: Line = Field(description="new address, on this site or a full one")


class Budgets(Model):
    """Limits a build holds itself to. Bytes are after brotli compression."""

    page: int = Field(14_600, description="HTML with its CSS, bytes")
    css: int = Field(8_000, description="CSS alone, bytes")
    fonts: int = Field(30_000, description="all fonts together, bytes")
    font_files: int = Field(2, description="number of font files")
    nodes: int = Field(900, description="elements on a page")
    nodes_table: int = Field(1_500, description="elements on a page that is one big table")
    search_pages: int = Field(
        300, description="pages that search keeps in one small file; above, Pagefind is used"
    )


class Deploy(Model):
    stubs: bool = Field(True, description="write a small page at every old address")


class Reviews(Model):
    """When medical reviews are called for."""

    notice_days: int = Field(30, ge=0, description="days before a review is due that it is said")
    grace_days: int = Field(60, ge=0, description="days after it was due until a build stops")


class EvidenceAge(Model):
    """How long evidence counts as looked at."""

    recheck_months: int = Field(12, ge=1, description="months from evidence_checked to the next")


class SiteFacts(Model):
    """site.yaml"""

    name: Line = Field(description="name of the business, as people say it")
    short_name: Line | None = Field(None, description="name beside the mark in the header")
    tagline: Line | None = Field(None, description="stands under the short name")
    base_url: Annotated[str, Field(pattern=BASE)] = Field(
        description="where the site will live, like https://example.org or https://example.org/spa"
    )
    base_url_confirmed: Day | None = Field(None, description="day the address was confirmed")
    languages: tuple[Literal["en", "es"], ...] = Field(
        ("en",), min_length=1, description="languages of the site, the main one first"
    )
    timezone: Line | None = Field(None, description="zone of times written without one")
    navigation: tuple[Link, ...] = Field((), description="the main menu, in its order")
    footer: dict[Line, tuple[Link, ...]] = Field({}, description="columns of links, by heading")
    organisation: Organisation = Field(
        Organisation(), description="facts about the business; leave out what is not known"
    )
    booking: Booking = Field(description="where people book")
    disclaimer: Line | None = Field(None, description="stands in the footer of every page")
    allow: tuple[Allowance, ...] = Field(
        (), description="as in a page: for this file, the data files and the interface's words"
    )
    redirects: tuple[Redirect, ...] = Field((), description="old addresses and their new ones")
    deploy: Deploy = Field(Deploy(), description="how the site is put online")
    budgets: Budgets = Field(Budgets(), description="limits on the weight of a page")
    reviews: Reviews = Field(Reviews(), description="when medical reviews are called for")
    evidence: EvidenceAge = Field(EvidenceAge(), description="when evidence is looked at again")


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Field names as written in YAML -> pydantic's FieldInfo."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
