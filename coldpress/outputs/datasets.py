"""Site -> data/: findings, references and glossary as tables, each in CSV and in JSON.

What writers noted for themselves is in none of them. The records are those of the first language.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from coldpress.model import Recipe, Site
from coldpress.reuse import FORMS, TABLES, table_output, tables

Row = dict[str, Any]


def datasets(site: Site) -> Iterator[Recipe]:
    if not site.is_first:
        return
    rows_of = dict(zip(TABLES, (findings, references, glossary), strict=True))
    for table in tables(site):
        rows = list(rows_of[table](site))
        csv_, json_ = (table_output(table, form) for form in FORMS)
        yield Recipe(output=csv_, content=as_csv(rows).encode())
        yield Recipe(output=json_, content=as_json(about(site, table, json_), rows).encode())


def about(site: Site, table: str, output: str) -> dict[str, str]:
    """Where the table comes from, for whoever meets it elsewhere."""
    base = site.config.base_url
    return {
        "name": site.strings[f"table_{table}"],
        "publisher": site.config.facts.name,
        "url": f"{base}/{output}",
        "site": f"{base}/",
        "language": site.lang,
    }


def findings(site: Site) -> Iterator[Row]:
    for id, one in site.evidence.findings.items():
        yield {
            "id": id,
            "question": one.question,
            "condition": one.condition or "",
            "mechanism": one.mechanism or "",
            "method": one.method or "",
            "outcome": one.outcome,
            "people": one.people or "",
            "grade": one.grade,
            "direction": one.direction,
            "answer": one.sentence,
            "references": list(one.references),
            "dois": [doi for key in one.references if (doi := doi_of(site, key))],
        }


def references(site: Site) -> Iterator[Row]:
    for key, number in site.evidence.numbers.items():
        one = site.evidence.references[key]
        yield {
            "number": number,
            "key": key,
            "authors": one.authors or "",
            "year": one.year or "",
            "title": one.title,
            "journal": one.journal or "",
            "volume_pages": one.volume_pages or "",
            "doi": one.doi or "",
            "pmid": one.pmid or "",
            "pmcid": one.pmcid or "",
            "url": one.url,
            "study_type": one.study_type,
            "found": one.in_short or "",
            "limits": one.caution or "",
            "retracted": bool(one.retracted),
            "cited_by": [address(site, id) for id in site.evidence.cited_by.get(key, ())],
        }


def glossary(site: Site) -> Iterator[Row]:
    for id, one in site.glossary.items():
        yield {
            "id": id,
            "term": one.term,
            "definition": one.definition,
            "spanish": one.spanish or "",
            "see": list(one.see),
        }


def doi_of(site: Site, key: str) -> str:
    doi = site.evidence.references[key].doi
    return f"https://doi.org/{doi}" if doi else ""


def address(site: Site, id: str) -> str:
    return site.config.base_url + site.by_id.route(id).url


def as_csv(rows: list[Row]) -> str:
    """RFC 4180; several values in one cell are separated by a blank."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return " ".join(value) if isinstance(value, list) else str(value)


def as_json(origin: dict[str, str], rows: list[Row]) -> str:
    return json.dumps({**origin, "records": rows}, ensure_ascii=False, indent=1) + "\n"
