"""site.yaml."""

from typing import Annotated, Literal

from msgspec import Meta, field

from coldpress.schema.matter import Allowance
from coldpress.schema.shapes import (
    BASE,
    FORMER,
    MAIL,
    PHONE,
    PLACE,
    Day,
    HeaderName,
    Host,
    Language,
    Line,
    Model,
    OldPath,
    Reach,
    Slug,
    WebAddress,
    Words,
    about,
)


class Link(Model):
    label: Annotated[Line, about("the words of the link")]
    to: Annotated[Line, about("a content file (pages/faq.md) or a full address")]


class Confirmed(Model):
    """A fact the owner supplied, and the day it was confirmed."""

    value: Annotated[Line, about("the fact, as visitors see it")]
    confirmed: Annotated[Day | None, about("day the owner confirmed it")] = None


class Phone(Confirmed):
    """A number that can be dialed from the page."""

    value: Annotated[str, about("the number, with area code", pattern=PHONE)]


class Email(Confirmed):
    """An address that can be written to from the page."""

    value: Annotated[str, about("the address someone reads", pattern=MAIL)]


class Address(Model):
    """Where the business is."""

    street: Annotated[Line, about("number and street")]
    city: Annotated[Line, about("town or city")]
    region: Annotated[Line, about("state, like CA")]
    postal_code: Annotated[Line, about("ZIP code")]
    country: Annotated[Line, about("two-letter country code")] = "US"
    confirmed: Annotated[Day | None, about("day the owner confirmed it")] = None


class Organisation(Model):
    """Facts about the business. All optional: what is absent does not appear."""

    legal_name: Annotated[Confirmed | None, about("name of the company, for the footer")] = None
    locality: Annotated[Line | None, about("town, as shown under the name")] = None
    phone: Annotated[Phone | None, about("phone number, as people write it")] = None
    email: Annotated[Email | None, about("e-mail address")] = None
    address: Annotated[Address | None, about("postal address")] = None
    hours: Annotated[tuple[Line, ...], about("opening hours, one line a day or group")] = ()
    hours_confirmed: Annotated[Day | None, about("day the owner confirmed the hours")] = None


class Booking(Model):
    provider: Annotated[
        Literal[
            "calendly", "acuity", "square", "mindbody", "boulevard", "vagaro", "booker", "other"
        ],
        about("who runs the booking page"),
    ] = "other"
    url: Annotated[WebAddress, about("where 'Book a session' leads")]
    label: Annotated[Line, about("the button's words, the same everywhere")] = "Book a session"
    variants: Annotated[
        tuple[Annotated[Line, Meta(max_length=40)], ...],
        about("other words for it, tried on some pages that are not about health"),
    ] = ()
    confirmed: Annotated[Day | None, about("day the owner confirmed the address")] = None


class Redirect(Model):
    source: Annotated[OldPath, about("old address on this site; /old/* is everything under it")] = (
        field(name="from")
    )
    to: Annotated[
        Line,
        about("new address, on this site or a full one; :splat at its end is what * stood for"),
    ]
    code: Annotated[
        Literal[301, 302], about("301 when it moved for good, 302 when it may come back")
    ] = 301


class Gone(Model):
    """An address that is given up for good: visitors are told so (410) and not sent on."""

    address: Annotated[
        str, about("the old address; with #heading, only that part of its page", pattern=FORMER)
    ]
    reason: Annotated[Words, about("why nothing replaces it", min_length=10)]
    on: Annotated[Day, about("day it was given up")]


class Budgets(Model):
    """Limits a build holds itself to. Bytes are after brotli compression."""

    page: Annotated[int, about("HTML with its CSS, bytes with brotli")] = 14_600
    css: Annotated[int, about("CSS alone, bytes")] = 8_000
    fonts: Annotated[int, about("all fonts together, bytes")] = 30_000
    font_files: Annotated[int, about("number of font files")] = 2
    nodes: Annotated[int, about("elements on a page")] = 900
    nodes_table: Annotated[int, about("elements on a page that is one big table")] = 1_500
    search_pages: Annotated[
        int, about("pages that search keeps in one small file; above, Pagefind is used")
    ] = 300


class SiteWords(Model):
    """The words of this file in another language."""

    tagline: Annotated[Line | None, about("stands under the short name")] = None
    locality: Annotated[Line | None, about("town, as shown under the name")] = None
    booking: Annotated[Line | None, about("the booking button's words")] = None
    disclaimer: Annotated[Line | None, about("stands in the footer of every page")] = None
    hours: Annotated[tuple[Line, ...], about("opening hours, line by line")] = ()
    labels: Annotated[
        dict[Line, Line],
        about(
            "words of menus and footer: as written above, then in this language; without"
            " an entry a link has the label of its page"
        ),
    ] = field(default_factory=dict)


class Hsts(Model):
    """Strict-Transport-Security. Browsers hold to it until it runs out: it cannot be taken back."""

    max_age: Annotated[
        int, about("seconds browsers ask by https only: 31536000 is a year, 0 ends it", ge=0)
    ]
    include_subdomains: Annotated[
        bool, about("true binds every subdomain too, mail and shop included")
    ] = False
    preload: Annotated[
        bool, about("true allows a place in browsers' own lists, which takes months to leave")
    ] = False


class ExtraHeaders(Model):
    path: Annotated[Reach, about("one address, or a folder like /downloads/*")]
    set: Annotated[dict[HeaderName, Line], about("names and values")]


class Target(Model):
    """A place the site is copied to. Passwords and keys never stand here: docs/deploying.md."""

    kind: Annotated[
        Literal["folder", "rsync", "rclone", "git", "command"], about("what carries it there")
    ]
    to: Annotated[
        Annotated[str, Meta(pattern=PLACE)] | None,
        about("folder, user@server:/folder, remote:bucket, repository or project"),
    ] = None
    tool: Annotated[
        Literal["wrangler", "netlify", "vercel", "firebase", "swa"] | None,
        about("command: the host's own program"),
    ] = None
    branch: Annotated[str, about("git: the branch that is published", pattern=PLACE)] = "gh-pages"
    url: Annotated[
        Annotated[str, Meta(pattern=BASE)] | None,
        about("where it can be looked at afterwards, when that is not base_url"),
    ] = None
    options: Annotated[tuple[Line, ...], about("further words for the program")] = ()
    relative: Annotated[
        bool, about("folder: a copy to look at without a server, never to publish")
    ] = False


class Deploy(Model):
    host: Annotated[
        Host | None, about("where the site will live: its own files are then written into output/")
    ] = None
    stubs: Annotated[
        bool, about("write a small page at each old address the host cannot redirect itself")
    ] = True
    hsts: Annotated[
        Hsts | None, about("browsers then ask by https only: read docs/hosts.md before you set it")
    ] = None
    file_seconds: Annotated[
        int, about("seconds a feed, sitemap or robots.txt may be kept by browsers", ge=0)
    ] = 3_600
    keep_builds: Annotated[
        int, about("builds for which replaced assets stay, for pages still in a cache", ge=0)
    ] = 2
    headers: Annotated[
        tuple[ExtraHeaders, ...], about("headers of your own, for one address or one folder")
    ] = ()
    targets: Annotated[
        dict[Slug, Target], about("places to copy the site to, by a name of yours: deploy NAME")
    ] = field(default_factory=dict)


class Reviews(Model):
    """When medical reviews are called for."""

    notice_days: Annotated[int, about("days before a review is due that it is said", ge=0)] = 30
    grace_days: Annotated[int, about("days after it was due until a build stops", ge=0)] = 60


class EvidenceAge(Model):
    """How long evidence counts as looked at."""

    recheck_months: Annotated[int, about("months from evidence_checked to the next", ge=1)] = 12


class SiteFacts(Model):
    """site.yaml"""

    name: Annotated[Line, about("name of the business, as people say it")]
    short_name: Annotated[Line | None, about("name beside the mark in the header")] = None
    tagline: Annotated[Line | None, about("stands under the short name")] = None
    base_url: Annotated[
        str,
        about(
            "where the site will live, like https://example.org or https://example.org/spa",
            pattern=BASE,
        ),
    ]
    base_url_confirmed: Annotated[Day | None, about("day the address was confirmed")] = None
    languages: Annotated[
        tuple[Language, ...], about("languages of the site, the main one first", min_length=1)
    ] = ("en",)
    translations: Annotated[
        dict[Language, SiteWords], about("the words of this file in the other languages")
    ] = field(default_factory=dict)
    translation_grace_days: Annotated[
        int, about("days after a change until readers of its translation are told", ge=0)
    ] = 30
    markdown_twins: Annotated[
        bool, about("true writes every page in Markdown too, for language models and reuse")
    ] = True
    timezone: Annotated[Line | None, about("zone of times written without one")] = None
    navigation: Annotated[tuple[Link, ...], about("the main menu, in its order")] = ()
    footer: Annotated[dict[Line, tuple[Link, ...]], about("columns of links, by heading")] = field(
        default_factory=dict
    )
    organisation: Annotated[
        Organisation, about("facts about the business; leave out what is not known")
    ] = field(default_factory=Organisation)
    booking: Annotated[Booking, about("where people book")]
    social_cards: Annotated[bool, about("draws a picture of each page for where it is shared")] = (
        True
    )
    disclaimer: Annotated[Line | None, about("stands in the footer of every page")] = None
    allow: Annotated[
        tuple[Allowance, ...],
        about("as in a page: for this file, the data files and the interface's words"),
    ] = ()
    redirects: Annotated[tuple[Redirect, ...], about("old addresses and their new ones")] = ()
    gone: Annotated[
        tuple[Gone, ...], about("old addresses given up for good, each with its reason")
    ] = ()
    deploy: Annotated[Deploy, about("how the site is put online")] = field(default_factory=Deploy)
    budgets: Annotated[Budgets, about("limits on the weight of a page")] = field(
        default_factory=Budgets
    )
    reviews: Annotated[Reviews, about("when medical reviews are called for")] = field(
        default_factory=Reviews
    )
    evidence: Annotated[EvidenceAge, about("when evidence is looked at again")] = field(
        default_factory=EvidenceAge
    )
