"""site.yaml -> Config; and the facts in it that nobody has confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from coldpress.early import early
from coldpress.model import Config
from coldpress.problems import BuildError, Place, Problem, advice, error
from coldpress.reading import decode, read_bytes
from coldpress.schema import BASE, SHAPES, SiteFacts, UnknownZoneError, zone_named
from coldpress.yamltext import read
from coldpress.zones import unknown_zone

NAME = "site.yaml"

RESERVED = re.compile(
    r"(^|\.)(example|test|invalid|localhost|local|example\.(com|org|net))$|^[\d.:\[\]]+$"
)
"""Domains nobody can own (RFC 2606, RFC 6761), and bare numbers: stand-ins, never a real address"""


def load_config(source: Path, base_url: str | None) -> Config:
    """`base_url` wins over the one in site.yaml. Raises BuildError with every problem."""
    if not (source / NAME).is_file():
        hint = "every site has one: copy it from another site, or name the folder with --source"
        raise BuildError([error("missing-site", Place(NAME), "there is no site.yaml here", hint)])
    facts, places = read(decode(read_bytes(source, NAME), NAME), NAME, SiteFacts)
    problems = [
        *_zone(facts, places.get("timezone")),
        *_languages(facts, places),
        *_given(base_url),
    ]
    if problems:
        raise BuildError(problems)
    address = (base_url or facts.base_url).rstrip("/")
    return Config(facts, address, urlsplit(address).path, places)


def _zone(facts: SiteFacts, place: Place | None) -> Iterator[Problem]:
    try:
        if facts.timezone is not None:
            zone_named(facts.timezone)
    except UnknownZoneError:
        yield unknown_zone(place or Place(NAME), facts.timezone or "")


def _languages(facts: SiteFacts, places: Mapping[str, Place]) -> Iterator[Problem]:
    for number, language in enumerate(facts.languages):
        if language in facts.languages[:number]:
            place = places[f"languages.{number}"]
            yield error("bad-value", place, f"{language!r} is listed twice", "keep one of them")


def _given(base_url: str | None) -> Iterator[Problem]:
    if base_url is not None and not re.fullmatch(BASE.strip("^$"), base_url):
        message = f"--base-url cannot be {base_url!r}"
        yield error("bad-value", Place(NAME), message, f"write {SHAPES[BASE]}")


# --------------------------------------------------------------------------- unconfirmed facts


def unconfirmed(config: Config, today: date, *, release: bool = False) -> tuple[Problem, ...]:
    """Facts without the day the owner confirmed them: advice, or errors for a release. A fact that
    is not given is no problem: it does not appear. A day that is still to come is an error."""
    level = error if release else advice
    doubts = (
        level("unconfirmed-fact", config.place(field), message, hint)
        for field, message, hint in _doubts(config, today)
    )
    return (*doubts, *_too_early(config, today))


def _too_early(config: Config, today: date) -> Iterator[Problem]:
    """Days on which nobody can have confirmed anything yet."""
    facts, about = config.facts, config.facts.organisation
    facts_of = {name: getattr(about, name) for name in ("legal_name", "phone", "email", "address")}
    days = {
        "base_url_confirmed": facts.base_url_confirmed,
        "booking.confirmed": facts.booking.confirmed,
        "organisation.hours_confirmed": about.hours_confirmed,
        **{
            f"organisation.{name}.confirmed": one.confirmed for name, one in facts_of.items() if one
        },
    }
    for field, day in days.items():
        yield from early(config.place(field), field, day, today)


def _doubts(config: Config, today: date) -> Iterator[tuple[str, str, str]]:
    """Field, what is doubtful about it, what to do. `today`: what is copied from the words is
    true."""
    facts, about = config.facts, config.facts.organisation
    for field, url, day in (
        ("base_url", config.base_url, facts.base_url_confirmed),
        ("booking.url", facts.booking.url, facts.booking.confirmed),
    ):
        yield from _address_doubts(field, url, day, today)
    single = {
        "organisation.legal_name": about.legal_name,
        "organisation.phone": about.phone,
        "organisation.email": about.email,
        "organisation.address": about.address,
    }
    for field, fact in single.items():
        if fact is not None and fact.confirmed is None:
            hint = f"ask the owner, then write under it: confirmed: {today} (the day they said so)"
            yield field, f"{field!r} is not confirmed", hint
    if about.hours and about.hours_confirmed is None:
        hint = f"ask the owner, then add hours_confirmed: {today} (the day they said so)"
        yield "organisation.hours", "'organisation.hours' is not confirmed", hint


def _address_doubts(
    field: str, url: str, confirmed: date | None, today: date
) -> Iterator[tuple[str, str, str]]:
    host = urlsplit(url).hostname or ""
    if RESERVED.search(host):
        yield field, f"{field!r} is a stand-in: nobody can own {host}", "write the real address"
    elif confirmed is None:
        day = "base_url_confirmed" if field == "base_url" else "confirmed"
        hint = f"open it in a browser, then add {day}: {today} (the day you did)"
        yield field, f"{field!r} is not confirmed", hint
