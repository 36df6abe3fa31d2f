"""Spots + references -> citations that cannot carry the sentence: another kind of cold, prevention
for relief, healthy people for patients."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct

from coldpress.checks.claims.effects import Effect
from coldpress.checks.claims.excuses import clause_before, denied, honest_question
from coldpress.checks.claims.kinds import in_words, kinds_in, kinds_of, named
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import patterns
from coldpress.model import Site
from coldpress.problems import Place, Problem, advice, error
from coldpress.schema import Reference


class Discipline(Struct, frozen=True):
    """discipline.yaml of a language; what each is for stands there."""

    prevents: re.Pattern[str]
    apart: re.Pattern[str]
    has_nerve_pain: re.Pattern[str]
    patients: re.Pattern[str]
    healthy: re.Pattern[str]


@cache
def discipline(lang: str) -> Discipline:
    return Discipline(**patterns(lang, "discipline"))


def wrong_method(spot: Spot, records: Mapping[str, Reference]) -> Iterator[Problem]:
    """Each citation answers for the words since the one before it."""
    start, words = 0, discipline(spot.lang)
    if honest_question(spot.text, spot.lang):
        return
    for mention in spot.sentence.mentions:
        part = spot.text[start : mention.at]
        start = mention.at
        wanted = kinds_in(part, spot.lang)
        scopes = [kinds_of(records[key]) for key in mention.keys if key in records]
        if not wanted or not scopes or not all(scopes):
            continue
        studied = frozenset().union(*scopes)
        if wanted & studied or words.apart.search(part):
            continue
        yield error(
            "wrong-method",
            spot.sentence.place,
            f"this sentence is about {in_words(wanted)}, and {', '.join(mention.keys)} is about"
            f" {in_words(studied)}",
            f"{scope(mention.keys, records)}; a result for one kind of cold says nothing about"
            " another: name the kind that was studied, or cite another record",
        )


def scope(keys: Iterable[str], records: Mapping[str, Reference]) -> str:
    """What a record says of itself, for the hint."""
    key = next(key for key in keys if key in records)
    record = records[key]
    return f'{key}: "{record.in_short or record.title}"'


def prevention(
    spot: Spot, effects: Sequence[Effect], records: Mapping[str, Reference]
) -> Iterator[Problem]:
    known = [records[key] for key in spot.sentence.cited if key in records]
    if not known or any(record.purpose != "prevention" for record in known):
        return
    words = discipline(spot.lang)
    if words.prevents.search(spot.text) or not words.has_nerve_pain.search(spot.text):
        return
    for effect in effects[:1]:
        yield error(
            "prevention-as-relief",
            spot.sentence.place,
            f"{effect.verb!r} is about relief, and the study cited is about prevention",
            f"{scope(spot.sentence.cited, records)}; say what it tried to prevent, and in whom",
        )


def healthy(spot: Spot, records: Mapping[str, Reference]) -> Iterator[Problem]:
    known = [records[key] for key in spot.sentence.cited if key in records]
    if not known or any(record.people != "healthy" for record in known):
        return
    words = discipline(spot.lang)
    found = words.patients.search(spot.text)
    if not found or words.healthy.search(spot.text) or honest_question(spot.text, spot.lang):
        return
    if denied(clause_before(spot.text, found.start(), spot.lang), spot.lang):
        return
    yield advice(
        "healthy-not-patients",
        spot.sentence.place,
        f"this sentence is about {found[0]!r}, and the study cited was done in healthy people",
        f"{scope(spot.sentence.cited, records)}; say in whom it was measured",
    )


def findings_methods(site: Site) -> Iterator[Problem]:
    """A finding about one kind of cold needs a record about that kind."""
    records = site.evidence.references
    for key, finding in site.evidence.findings.items():
        scopes = [kinds_of(records[name]) for name in finding.references if name in records]
        if finding.method not in named() or not scopes or not all(scopes):
            continue
        if finding.method not in frozenset().union(*scopes):
            place = site.places.get(f"findings.{key}.method", Place("content/data/findings.yaml"))
            studied = in_words(frozenset().union(*scopes))
            yield error(
                "wrong-method",
                place,
                f"this finding is about {finding.method}, and its records are about {studied}",
                f"{scope(finding.references, records)}; name the kind that was studied",
            )
