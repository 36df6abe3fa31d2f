"""site.yaml."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from coldpress.schema.matter import Allowance
from coldpress.schema.shapes import (
    BASE,
    FORMER,
    MAIL,
    PHONE,
    PLACE,
    Day,
    HeaderName,
    Language,
    Line,
    Model,
    OldPath,
    Reach,
    Slug,
    WebAddress,
)


class Link(Model):
    label: Line = Field(description="the words of the link")
    to: Line = Field(description="a content file (pages/faq.md) or a full address")


class Confirmed(Model):
    """A fact the owner supplied, and the day it was confirmed."""

    value: Line = Field(description="the fact, as visitors see it")
    confirmed: Day | None = Field(None, description="day the owner confirmed it")


class Phone(Confirmed):
    """A number that can be dialed from the page."""

    value: Annotated[str, Field(pattern=PHONE)] = Field(description="the number, with area code")


class Email(Confirmed):
    """An address that can be written to from the page."""

    value: Annotated[str, Field(pattern=MAIL)] = Field(description="the address someone reads")


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
    phone: Phone | None = Field(None, description="phone number, as people write it")
    email: Email | None = Field(None, description="e-mail address")
    address: Address | None = Field(None, description="postal address")
    hours: tuple[Line, ...] = Field((), description="opening hours, one line a day or group")
    hours_confirmed: Day | None = Field(None, description="day the owner confirmed the hours")


class Booking(Model):
    provider: Literal[
        "calendly", "acuity", "square", "mindbody", "boulevard", "vagaro", "booker", "other"
    ] = Field("other", description="who runs the booking page")
    url: WebAddress = Field(description="where 'Book a session' leads")
    label: Line = Field("Book a session", description="the button's words, the same everywhere")
    variants: tuple[Annotated[Line, Field(max_length=40)], ...] = Field(
        (), description="other words for it, tried on some pages that are not about health"
    )
    confirmed: Day | None = Field(None, description="day the owner confirmed the address")


def _number(written: object) -> object:
    """Values arrive as written; a number with a fixed choice is read here."""
    return int(written) if isinstance(written, str) and written.isdecimal() else written


class Redirect(Model):
    source: OldPath = Field(
        alias="from", description="old address on this site; /old/* is everything under it"
    )
    to: Line = Field(
        description="new address, on this site or a full one; :splat at its end is what * stood for"
    )
    code: Annotated[Literal[301, 302], BeforeValidator(_number)] = Field(
        301, description="301 when it moved for good, 302 when it may come back"
    )


class Gone(Model):
    """An address that is given up for good: visitors are told so (410) and not sent on."""

    address: Annotated[str, Field(pattern=FORMER)] = Field(
        description="the old address; with #heading, only that part of its page"
    )
    reason: Annotated[Line, Field(min_length=10)] = Field(description="why nothing replaces it")
    on: Day = Field(description="day it was given up")


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


class SiteWords(Model):
    """The words of this file in another language."""

    tagline: Line | None = Field(None, description="stands under the short name")
    locality: Line | None = Field(None, description="town, as shown under the name")
    booking: Line | None = Field(None, description="the booking button's words")
    disclaimer: Line | None = Field(None, description="stands in the footer of every page")
    hours: tuple[Line, ...] = Field((), description="opening hours, line by line")
    labels: dict[Line, Line] = Field(
        {},
        description="words of menus and footer: as written above, then in this language; without"
        " an entry a link has the label of its page",
    )


class Hsts(Model):
    """Strict-Transport-Security. Browsers hold to it until it runs out: it cannot be taken back."""

    max_age: int = Field(
        ge=0, description="seconds browsers ask by https only: 31536000 is a year, 0 ends it"
    )
    include_subdomains: bool = Field(
        False, description="true binds every subdomain too, mail and shop included"
    )
    preload: bool = Field(
        False, description="true allows a place in browsers' own lists, which takes months to leave"
    )


class ExtraHeaders(Model):
    path: Reach = Field(description="one address, or a folder like /downloads/*")
    set: dict[HeaderName, Line] = Field(description="names and values")


Host = Literal[
    "netlify",
    "cloudflare-pages",
    "cloudflare-workers",
    "vercel",
    "github-pages",
    "gitlab-pages",
    "s3",
    "cloudfront",
    "azure",
    "firebase",
    "render",
    "nginx",
    "apache",
    "caddy",
    "rsync",
    "ftp",
]


class Target(Model):
    """A place the site is copied to. Passwords and keys never stand here: docs/deploying.md."""

    kind: Literal["folder", "rsync", "rclone", "git", "command"] = Field(
        description="what carries it there"
    )
    to: Annotated[str, Field(pattern=PLACE)] | None = Field(
        None, description="folder, user@server:/folder, remote:bucket, repository or project"
    )
    tool: Literal["wrangler", "netlify", "vercel", "firebase", "swa"] | None = Field(
        None, description="command: the host's own program"
    )
    branch: Annotated[str, Field(pattern=PLACE)] = Field(
        "gh-pages", description="git: the branch that is published"
    )
    url: Annotated[str, Field(pattern=BASE)] | None = Field(
        None, description="where it can be looked at afterwards, when that is not base_url"
    )
    options: tuple[Line, ...] = Field((), description="further words for the program")
    relative: bool = Field(
        False, description="folder: a copy to look at without a server, never to publish"
    )


class Deploy(Model):
    host: Host | None = Field(
        None, description="where the site will live: its own files are then written into output/"
    )
    stubs: bool = Field(
        True, description="write a small page at each old address the host cannot redirect itself"
    )
    hsts: Hsts | None = Field(
        None, description="browsers then ask by https only: read docs/hosts.md before you set it"
    )
    file_seconds: int = Field(
        3_600, ge=0, description="seconds a feed, sitemap or robots.txt may be kept by browsers"
    )
    keep_builds: int = Field(
        2, ge=0, description="builds for which replaced assets stay, for pages still in a cache"
    )
    headers: tuple[ExtraHeaders, ...] = Field(
        (), description="headers of your own, for one address or one folder"
    )
    targets: dict[Slug, Target] = Field(
        {}, description="places to copy the site to, by a name of yours: deploy NAME"
    )


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
    languages: tuple[Language, ...] = Field(
        ("en",), min_length=1, description="languages of the site, the main one first"
    )
    translations: dict[Language, SiteWords] = Field(
        {}, description="the words of this file in the other languages"
    )
    translation_grace_days: int = Field(
        30, ge=0, description="days after a change until readers of its translation are told"
    )
    markdown_twins: bool = Field(
        True, description="true writes every page in Markdown too, for language models and reuse"
    )
    timezone: Line | None = Field(None, description="zone of times written without one")
    navigation: tuple[Link, ...] = Field((), description="the main menu, in its order")
    footer: dict[Line, tuple[Link, ...]] = Field({}, description="columns of links, by heading")
    organisation: Organisation = Field(
        default_factory=Organisation,
        description="facts about the business; leave out what is not known",
    )
    booking: Booking = Field(description="where people book")
    social_cards: bool = Field(
        True, description="draws a picture of each page for where it is shared"
    )
    disclaimer: Line | None = Field(None, description="stands in the footer of every page")
    allow: tuple[Allowance, ...] = Field(
        (), description="as in a page: for this file, the data files and the interface's words"
    )
    redirects: tuple[Redirect, ...] = Field((), description="old addresses and their new ones")
    gone: tuple[Gone, ...] = Field(
        (), description="old addresses given up for good, each with its reason"
    )
    deploy: Deploy = Field(default_factory=Deploy, description="how the site is put online")
    budgets: Budgets = Field(default_factory=Budgets, description="limits on the weight of a page")
    reviews: Reviews = Field(
        default_factory=Reviews, description="when medical reviews are called for"
    )
    evidence: EvidenceAge = Field(
        default_factory=EvidenceAge, description="when evidence is looked at again"
    )
