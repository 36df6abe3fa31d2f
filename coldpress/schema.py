"""Kinds, front matter, site facts and data files, typed: the one source of every field's name,
type, rule and description. `new`, the field tables in docs/editing.md and the JSON Schema files
are generated from here, so they cannot disagree with what a build accepts.

Values arrive as written (text), never as YAML guessed them: a title `no` stays "no", an edition
`1.10` stays "1.10", and a field that is a date is read as a date because it is declared so here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# --------------------------------------------------------------------------- building blocks


class Model(BaseModel):
    """Frozen, and an unknown field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Slug = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        max_length=80,
        description="lower-case letters, digits and single hyphens",
    ),
]
Key = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]*$", max_length=80)]
Line = Annotated[str, Field(min_length=1, pattern=r"^[^\n]*$")]
Path = Annotated[
    str,
    Field(
        pattern=r"^/(?:[a-z0-9-]+/)*(?:[a-z0-9-]+(?:\.[a-z0-9]+)?)?$",
        description="an old address, like /old/",
    ),
]
WebAddress = Annotated[
    str, Field(pattern=r"^https://[^\s@]+$", description="a full address that starts with https://")
]

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
    zone = None
    if len(words) > 1 and "/" in words[-1]:
        try:
            zone = ZoneInfo(words.pop())
        except (ZoneInfoNotFoundError, ValueError) as unknown:
            raise ValueError("unknown time zone, write one like America/Los_Angeles") from unknown
    try:
        local = datetime.fromisoformat(" ".join(words))
    except ValueError as bad:
        raise ValueError(f"not a date and time ({bad}), write 2026-12-01 09:00") from bad
    return Moment(local, zone)


MomentField = Annotated[
    Moment,
    BeforeValidator(_moment),
    Field(description="date and time, with a zone or in the site's: 2026-12-01 09:00"),
]


# --------------------------------------------------------------------------- front matter


class Review(Model):
    """A real person's sign-off. Leave the whole field out until there is one."""

    by: Line = Field(description="name of the reviewer, a real person")
    credential: Line = Field(description="role and credential, as the reviewer signs")
    on: date = Field(description="day of the review")
    next: date = Field(description="day the next review is due")


class Image(Model):
    src: Line = Field(description="file beside the text, like room.jpg")
    alt: Line = Field(description="what a reader who cannot see it should know")
    focal: Annotated[str, Field(pattern=r"^\d{1,3}% \d{1,3}%$")] = Field(
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
    updated: date | None = Field(None, description="day of the last change a reader would notice")
    evidence_checked: date | None = Field(None, description="day the evidence was last checked")
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


class Reference(Model):
    """A publication. `null` means "not seen", not "does not exist": it is left out on the page."""

    authors: str | None
    year: int | None
    title: Line
    journal: str | None
    volume_pages: str | None
    doi: str | None
    pmid: str | None
    pmcid: str | None
    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
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
    ]
    modality: tuple[str, ...]
    found: str = Field(description="what it found, in plain words")
    limits: str = Field(description="what to hold against it")
    claims: dict[str, Literal["supports", "mixed", "against", "safety", "background"]]
    verified_at: str = Field(description="where it was read")
    verified_level: Literal["full-abstract", "partial-abstract", "page", "secondary"]


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
    term: Line = Field(description="the word")
    definition: Line = Field(description="one plain sentence")
    spanish: Line | None = Field(None, description="the word in Spanish")
    see: tuple[Key, ...] = Field((), description="ids of related terms")


# --------------------------------------------------------------------------- site.yaml


class Link(Model):
    label: Line
    to: Line = Field(description="a content file (pages/faq.md) or a full address")


class Confirmed(Model):
    """A fact the owner supplied, and the day it was confirmed."""

    value: Line
    confirmed: date | None = Field(None, description="day the owner confirmed it")


class Address(Model):
    street: Line
    city: Line
    region: Line
    postal_code: Line
    country: Line = "US"
    confirmed: date | None = None


class Organisation(Model):
    """Facts about the business. All optional: what is absent does not appear."""

    legal_name: Confirmed | None = None
    locality: Line | None = Field(None, description="town, as shown under the name")
    phone: Confirmed | None = None
    email: Confirmed | None = None
    address: Address | None = None
    hours: tuple[Line, ...] = Field((), description="opening hours, one line a day or group")
    hours_confirmed: date | None = None


class Booking(Model):
    provider: Literal[
        "calendly", "acuity", "square", "mindbody", "boulevard", "vagaro", "booker", "other"
    ] = "other"
    url: WebAddress = Field(description="where 'Book a session' leads")
    label: Line = Field("Book a session", description="the button's words, the same everywhere")
    confirmed: date | None = Field(None, description="day the owner confirmed the address")


class Redirect(Model):
    source: Path = Field(alias="from", description="old address on this site")
    to: Line = Field(description="new address, on this site or a full one")


class Budgets(Model):
    """Limits a build holds itself to. Bytes are after brotli compression."""

    page: int = Field(14_600, description="HTML with its CSS, bytes")
    css: int = Field(8_000, description="CSS alone, bytes")
    fonts: int = Field(30_000, description="all fonts together, bytes")
    font_files: int = 2
    nodes: int = Field(900, description="elements on a page")
    nodes_table: int = Field(1_500, description="elements on a page that is one big table")


class Deploy(Model):
    stubs: bool = Field(True, description="write a small page at every old address")


class SiteFacts(Model):
    """site.yaml"""

    name: Line = Field(description="name of the business, as people say it")
    short_name: Line | None = Field(None, description="name beside the mark in the header")
    tagline: Line | None = Field(None, description="stands under the short name")
    base_url: Annotated[str, Field(pattern=r"^https?://[^\s/?#]+(?:/[a-z0-9-]+)*/?$")] = Field(
        description="where the site will live, like https://example.org or https://example.org/spa"
    )
    base_url_confirmed: date | None = Field(None, description="day the address was confirmed")
    languages: tuple[Literal["en", "es"], ...] = Field(("en",), min_length=1)
    timezone: Line | None = Field(None, description="zone of times written without one")
    navigation: tuple[Link, ...] = ()
    footer: dict[Line, tuple[Link, ...]] = Field({}, description="columns of links, by heading")
    organisation: Organisation = Organisation()
    booking: Booking
    disclaimer: Line | None = Field(None, description="stands in the footer of every page")
    redirects: tuple[Redirect, ...] = ()
    deploy: Deploy = Deploy()
    budgets: Budgets = Budgets()


def kind_named(name: str) -> Kind | None:
    return next((kind for kind in KINDS if kind.name == name), None)


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Field names as written in YAML -> pydantic's FieldInfo."""
    return {field.alias or name: field for name, field in model.model_fields.items()}
