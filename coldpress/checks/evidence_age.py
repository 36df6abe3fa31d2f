"""Evidence that was withdrawn must go; evidence nobody has looked at for long is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coldpress.clinical import cited, findings_called
from coldpress.dates import months_on
from coldpress.model import Call, Made, Page, Piece, Site
from coldpress.problems import Place, Problem, advice, error


def evidence_age(site: Site) -> Iterator[Problem]:
    yield from in_findings(site)
    yield from stale(site)


def page_evidence(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    if page is not None:
        yield from on_page(site, page)
        yield from unchecked(site, page)


# --------------------------------------------------------------------------- withdrawn


def on_page(site: Site, page: Page) -> Iterator[Problem]:
    for call in calls(page):
        for key in site.evidence.retracted & set(cited(call)):
            yield retracted(site, key, call.place, repr(key))
    for id, place in shown(site, page):
        for key in site.evidence.retracted & set(site.evidence.findings[id].references):
            yield retracted(site, key, place, f"the finding {id!r} rests on {key!r}, which")


def in_findings(site: Site) -> Iterator[Problem]:
    for id, finding in site.evidence.findings.items():
        for number, key in enumerate(finding.references):
            if key in site.evidence.retracted:
                place = site.places[f"findings.{id}.references.{number}"]
                yield retracted(site, key, place, f"the finding {id!r} rests on {key!r}, which")


def retracted(site: Site, key: str, place: Place, what: str) -> Problem:
    """`what` is the subject of the sentence; the record's own words say why."""
    withdrawal = site.evidence.references[key].retracted
    if withdrawal is None:
        raise AssertionError(key)
    when = f" on {withdrawal.on}" if withdrawal.on else ""
    rest = "grade the finding again without it" if "finding" in what else "rest it on another study"
    return error(
        "retracted-evidence",
        place,
        f"{what} was withdrawn{when}: {withdrawal.note}",
        f"take the claim out or {rest}; the record is {record_line(site, key)}",
    )


def record_line(site: Site, key: str) -> str:
    place = site.places[f"references.{key}"]
    return f"{place.path}:{place.line}"


# --------------------------------------------------------------------------- long ago


def stale(site: Site) -> Iterator[Problem]:
    for key, record in site.evidence.references.items():
        if record.recheck is None or record.recheck >= site.today:
            continue
        pages = users(site, key)
        if pages:
            yield advice(
                "stale-evidence",
                site.places[f"references.{key}.recheck"],
                f"{key!r} was to be looked at again by {record.recheck}; on {', '.join(pages)}",
                "see whether it still stands, then move recheck: on or say what became of it",
            )


def users(site: Site, key: str) -> list[str]:
    """Ids of the pages that cite a record or show a finding that rests on it."""
    findings = site.evidence.findings
    return [
        page.id
        for page in site.pages
        if key in page.converted.citations
        or any(key in findings[id].references for id, _place in shown(site, page))
    ]


def unchecked(site: Site, page: Page) -> Iterator[Problem]:
    checked = page.source.matter.evidence_checked
    months = site.config.facts.evidence.recheck_months
    if checked is None or months_on(checked, months) >= site.today:
        return
    yield advice(
        "evidence-check-due",
        page.source.place("evidence_checked"),
        f"the evidence was last checked on {checked}, more than {months} months ago",
        "look for newer and withdrawn studies, then write the day you did",
    )


# --------------------------------------------------------------------------- what a page shows


def calls(page: Page) -> Iterator[Call]:
    text = page.converted
    yield from inside(text.summary)
    for run in (*text.key_points, *(section.body for section in text.sections)):
        yield from inside(run)


def inside(pieces: Iterable[Piece]) -> Iterator[Call]:
    for piece in pieces:
        if isinstance(piece, Call):
            yield piece
            yield from inside(piece.body)


def shown(site: Site, page: Page) -> Iterator[tuple[str, Place]]:
    """Ids of the findings on a page and where the author called for them."""
    for number, rating in enumerate(page.source.matter.ratings):
        yield rating.finding, page.source.place(f"ratings.{number}.finding")
    for call in calls(page):
        yield from ((id, call.place) for id in findings_called(call, site.evidence))
