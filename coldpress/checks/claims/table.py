"""Site -> CSV: one row per sentence that claims an effect or cites a study, for a reviewer who
reads without the repository."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.spots import page_spots
from coldpress.checks.claims.strength import findings_of, grade_of
from coldpress.model import Page, Site
from coldpress.schema import Reference

COLUMNS = (
    "page",
    "file",
    "line",
    "section",
    "kind",
    "sentence",
    "said how surely",
    "grade",
    "findings",
    "cites",
    "references",
)
FORMULA = ("=", "+", "-", "@", "\t")
"""A cell that starts so is a formula to a spreadsheet."""


def evidence_csv(site: Site) -> str:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for page in site.pages:
        writer.writerows(_rows(page, site))
    return stream.getvalue()


def _rows(page: Page, site: Site) -> Iterator[tuple[str, ...]]:
    findings, records = site.evidence.findings, site.evidence.references
    for spot in page_spots(page):
        sentence = spot.sentence
        claimed = effects(spot)
        if not (claimed or sentence.mentions):
            continue
        cited = sentence.cited or sentence.near
        cells = (
            page.route.url,
            sentence.place.path,
            str(sentence.place.line),
            sentence.section,
            sentence.kind,
            sentence.text,
            claimed[0].strength if claimed else "reported",
            grade_of(spot, findings) or "",
            " ".join(findings_of(spot, findings)),
            "here" if sentence.cited else "nearby" if cited else "nothing",
            "; ".join(_short(key, records[key]) for key in cited if key in records),
        )
        yield tuple(_harmless(cell) for cell in cells)


def _short(key: str, record: Reference) -> str:
    authors = (record.authors or record.title).partition(",")[0]
    return f"{key} ({authors}, {record.year or 'no year'})"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
