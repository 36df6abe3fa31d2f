"""site.yaml."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coldpress.schema.matter import Allowance
from coldpress.schema.shapes import BASE, Day, Line, Model, Path, WebAddress


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
