"""A page -> what it claims, how sure that is, and what it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.spots import Spot, page_spots
from coldpress.checks.claims.strength import findings_of, grade_of
from coldpress.model import Page, Site
from coldpress.preview.editors import Editor
from coldpress.preview.spots import tries
from coldpress.schema import Reference

INITIALS = re.compile(r" [A-Z]{1,3}$")


def claims(site: Site, page: Page, editor: Editor) -> dict[str, Any]:
    made = [spot for spot in page_spots(page) if effects(spot)]
    shown = [rating.finding for rating in page.source.matter.ratings]
    used = (id for spot in made for id in findings_of(spot, site.evidence.findings))
    return {
        "claims": list(claimed(made, site, editor)),
        "grades": list(grades(dict.fromkeys((*shown, *used)), site)),
        "sources": list(sources(page, site)),
    }


def claimed(spots: Iterable[Spot], site: Site, editor: Editor) -> Iterator[dict[str, Any]]:
    for spot in spots:
        sentence = spot.sentence
        place = sentence.place
        yield {
            "text": sentence.text,
            "grade": grade_of(spot, site.evidence.findings) or "",
            "cited": [
                short(site.evidence.references[key])
                for key in (sentence.cited or sentence.near)
                if key in site.evidence.references
            ],
            "words": tries(sentence.text),
            "place": f"{place.path}:{place.line}",
            "open": editor.link(place.path, place.line, place.column),
        }


def grades(ids: Iterable[str], site: Site) -> Iterator[dict[str, Any]]:
    evidence = site.evidence
    for id in ids:
        if id in evidence.findings:
            finding, meter = evidence.findings[id], evidence.meters[id]
            yield {
                "question": finding.question,
                "rating": {
                    "level": meter.level,
                    "split": meter.split,
                    "against": finding.direction == "against",
                    "word": finding.grade,
                },
            }


def sources(page: Page, site: Site) -> Iterator[dict[str, Any]]:
    for number, key in enumerate(page.converted.citations, start=1):
        record = site.evidence.references.get(key)
        if record is not None:
            yield {
                "number": number,
                "short": short(record),
                "title": record.title,
                "kind": site.strings.get(f"study_{record.study_type}", record.study_type),
                "url": record.url,
                "withdrawn": key in site.evidence.retracted,
            }


def short(record: Reference) -> str:
    """Costello 2012; an office keeps its whole name."""
    name = INITIALS.sub("", (record.authors or record.title).partition(",")[0])
    return f"{name} {record.year or 'no year'}"
