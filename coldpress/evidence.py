"""references + findings -> Evidence: numbers, meters, and the two tables; + texts: who cites what.

A grade belongs to a finding (a body of evidence for one question), never to one reference. The
levels follow GRADE's idea of certainty; "conflicting" and "limited" are equally sure (not very)
and look different.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from msgspec.structs import replace

from coldpress.model import Content, Evidence, Gist, Meter
from coldpress.schema import Finding, Grade

LEVELS: Mapping[Grade, int] = {
    "strong": 4,
    "moderate": 3,
    "limited": 2,
    "conflicting": 2,
    "insufficient": 1,
}


def weigh(content: Content) -> Evidence:
    """What the data files say; nobody cites it yet."""
    findings = content.findings
    return Evidence(
        references=content.references,
        numbers={key: n for n, key in enumerate(by_author(content), start=1)},
        cited_by={},
        findings=findings,
        meters={key: meter(finding.grade) for key, finding in findings.items()},
        matrix=table(findings, ("mechanism", "condition")),
        methods=table(findings, ("condition", "method")),
        retracted=frozenset(k for k, one in content.references.items() if one.retracted),
    )


def cited(evidence: Evidence, gists: Mapping[str, Gist]) -> Evidence:
    """`gists`: of every page, by id."""
    cited_by: dict[str, list[str]] = defaultdict(list)
    for id, gist in gists.items():
        for key in gist.citations:
            cited_by[key].append(id)
    return replace(evidence, cited_by={key: tuple(ids) for key, ids in cited_by.items()})


def meter(grade: Grade) -> Meter:
    return Meter(grade, LEVELS[grade], grade == "conflicting")


def by_author(content: Content) -> list[str]:
    """A list that people search by eye is in the order of names; no name seen: by title."""

    def name(key: str) -> tuple[str, int, str]:
        reference = content.references[key]
        return (reference.authors or reference.title).casefold(), reference.year or 0, key

    return sorted(content.references, key=name)


def table(
    findings: Mapping[str, Finding], sides: tuple[str, str]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Finding ids by their two sides, surest first."""
    cells: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, finding in findings.items():
        row, column = (getattr(finding, side) for side in sides)
        if row and column:
            cells[row, column].append(key)
    return {
        cell: tuple(sorted(keys, key=lambda key: (-LEVELS[findings[key].grade], key)))
        for cell, keys in cells.items()
    }
