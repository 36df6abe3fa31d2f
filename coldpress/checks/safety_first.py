"""Safety before selling: what a reader must know stands before the button they may press.

After the review of regulators' letters (a condition beside "book now" is itself a risky pattern)
and the house's page pattern: booking goes after the risks and never into a "get help" block.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from coldpress.checks.places import place_of
from coldpress.landmarks import BESIDE, EMERGENCY, FILLED, SAFETY
from coldpress.model import Call, Made, Page, Piece, Site
from coldpress.problems import Place, Problem, error

KINDS = frozenset({"condition", "method"})
NEEDED: Mapping[str, str] = {
    SAFETY: "no care card",
    "": "no link to the safety checklist",
    EMERGENCY: "no emergency line",
}
"""Landmark (nothing: the checklist's address) -> how its absence is said."""


def safety_first(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    if page is None:
        return
    if page.source.kind.name in KINDS and not page.source.is_hub:
        yield from before_booking(site, page, one, checklist_url(site))
    if page.source.matter.sensitive and FILLED in one.facts.landmarks:
        yield error(
            "loud-booking",
            page.source.place("sensitive"),
            "this page is sensitive, and its text has a filled booking button",
            "let its template use the quiet button, or take sensitive: true away",
        )
    if BESIDE in one.facts.landmarks:
        yield error(
            "booking-beside-care",
            booking_place(page) or place_of(site, one),
            "a care card and a booking button stand in the same block",
            "move :: cta out of it: help must never look like an offer",
        )


def before_booking(site: Site, page: Page, one: Made, checklist: str) -> Iterator[Problem]:
    """A draft is still being written: it need not be complete to be looked at."""
    marks = one.facts.landmarks
    button = FILLED in marks
    before = marks[: marks.index(FILLED)] if button else marks
    missing = [words for mark, words in NEEDED.items() if (mark or checklist) not in before]
    if not missing or page.source.matter.draft:
        return
    *others, last = missing
    listed = f"{', '.join(others)} and {last}" if others else last
    where = "before its first booking button the page has" if button else "the page has"
    yield error(
        "safety-before-booking",
        (booking_place(page) if button else None) or place_of(site, one, "title"),
        f"{where} {listed}",
        hint(missing, site, checklist),
    )


def hint(missing: list[str], site: Site, checklist: str) -> str:
    if not checklist:
        return "first make a page with layout: checklist, then link to it"
    page = site.with_layout("checklist")
    name = page.source.id if page else ""
    ways = {
        "no care card": "write ::: ask, ::: warn or ::: stop",
        "no link to the safety checklist": f"link to ../{name}.md",
        "no emergency line": 'write ::: emergency "Call 911 now if you have:"',
    }
    return "; ".join(ways[words] for words in missing)


def checklist_url(site: Site) -> str:
    """Address of the contraindications page as links have it; nothing when there is none."""
    page = site.with_layout("checklist")
    return site.config.base_path + page.route.url if page else ""


def booking_place(page: Page) -> Place | None:
    """Where the author placed the booking card; a template's own card stands near the end."""
    runs = (section.body for section in page.converted.sections)
    return next((place for run in runs for place in booking_calls(run)), None)


def booking_calls(pieces: Iterable[Piece]) -> Iterator[Place]:
    for piece in pieces:
        if isinstance(piece, Call):
            if piece.name == "cta":
                yield piece.place
            yield from booking_calls(piece.body)
