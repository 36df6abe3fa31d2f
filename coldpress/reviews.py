"""Site -> the queue of medical reviews: as a table, CSV or calendar; and a sign-off into a page.

Nobody is made up here: a page without a reviewer stands in the queue until a person signs it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args
from urllib.parse import urlsplit

from msgspec import Struct

from coldpress.clinical import clinical_digest
from coldpress.model import Page, Site
from coldpress.schema import Review
from coldpress.signoff import Standing, State, standing

ORDER: tuple[State, ...] = get_args(State)
WORDS: dict[State, str] = {
    "overdue": "overdue",
    "edited": "edited since review",
    "due": "due soon",
    "unsigned": "text not recorded",
    "never": "never reviewed",
    "current": "current",
}
COLUMNS = ("state", "page", "title", "address", "reviewer", "credential", "reviewed", "next")
OCTETS = 75
"""Most bytes of a line in a calendar file (RFC 5545, 3.1)."""


class Entry(Struct, frozen=True):
    """A page with health claims and where it stands."""

    page: Page
    standing: Standing
    url: str

    @property
    def review(self) -> Review | None:
        return self.page.source.matter.reviewed


def queue(site: Site) -> tuple[Entry, ...]:
    """The most pressing first, then by date, then in the order of the site."""
    entries = [entry(site, page) for page in site.pages if is_clinical(page)]
    return tuple(sorted(entries, key=urgency))


def is_clinical(page: Page) -> bool:
    """Whether the page makes health claims, which someone should read before readers do."""
    matter = page.source.matter
    claims = page.converted.citations or matter.ratings or matter.evidence_checked
    return bool(claims or matter.urgent or matter.reviewed)


def entry(site: Site, page: Page) -> Entry:
    review = page.source.matter.reviewed
    digest = clinical_digest(page, site.evidence) if review else ""
    now = standing(review, digest, site.today, site.config.facts.reviews)
    return Entry(page, now, site.config.base_url + page.route.url)


def urgency(one: Entry) -> tuple[int, date]:
    return ORDER.index(one.standing.state), one.review.next if one.review else date.max


# --------------------------------------------------------------------------------- on the screen


def table(entries: Iterable[Entry]) -> str:
    """What waits, in columns; what is current is only counted."""
    every = tuple(entries)
    waiting = [one for one in every if one.standing.state != "current"]
    rows = [("state", "page", "reviewed", "next"), *map(columns, waiting)]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows] if waiting else []
    closing = f"{counted(len(waiting))} to review, {len(every) - len(waiting)} current"
    return "\n".join([*lines, *[""][: len(lines)], closing])


def columns(one: Entry) -> tuple[str, str, str, str]:
    on, following = (str(one.review.on), str(one.review.next)) if one.review else ("-", "-")
    words = WORDS[one.standing.state]
    if one.standing.edited and one.standing.state != "edited":
        words += ", edited"
    return words, one.page.id, on, following


def counted(count: int) -> str:
    return f"{count} page" if count == 1 else f"{count} pages"


# --------------------------------------------------------------------------------- as files


def csv_text(entries: Iterable[Entry]) -> str:
    """All pages with health claims, one a row."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    for one in entries:
        review = one.review
        who = (review.by, review.credential, review.on, review.next) if review else ("",) * 4
        state = WORDS[one.standing.state]
        writer.writerow((state, one.page.source.path, one.page.title, one.url, *who))
    return stream.getvalue()


def ical(entries: Iterable[Entry], site: Site) -> str:
    """A day for every next review, a task for every page that waits for one. The same site and day
    give the same bytes, and an event keeps its id, so that a calendar never has it twice."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Coldpress//Medical reviews//EN"]
    for one in sorted(entries, key=lambda one: one.page.id):
        lines += task(one, site) if waits(one) else event(one, site)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))


def waits(one: Entry) -> bool:
    return one.standing.state in ("never", "unsigned", "edited")


def event(one: Entry, site: Site) -> Iterator[str]:
    review = one.review
    if review is None:
        raise AssertionError(one.page.id)
    yield from ("BEGIN:VEVENT", f"UID:{uid(one, 'due')}", f"DTSTAMP:{stamp(review.on)}")
    yield f"DTSTART;VALUE=DATE:{compact(review.next)}"
    yield f"SUMMARY:{escaped(f'Medical review due: {one.page.title}')}"
    yield f"DESCRIPTION:{escaped(f'Last read by {review.by}, {review.credential}, {review.on}.')}"
    yield from (f"URL:{one.url}", "TRANSP:TRANSPARENT")
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(one.page.title)}")
    yield f"TRIGGER:-P{site.config.facts.reviews.notice_days}D"
    yield from ("END:VALARM", "END:VEVENT")


def task(one: Entry, site: Site) -> Iterator[str]:
    words = WORDS[one.standing.state]
    yield from ("BEGIN:VTODO", f"UID:{uid(one, 'review')}", f"DTSTAMP:{stamp(site.today)}")
    yield f"SUMMARY:{escaped(f'Medical review: {one.page.title} ({words})')}"
    yield from (f"URL:{one.url}", "STATUS:NEEDS-ACTION", "END:VTODO")


def uid(one: Entry, what: str) -> str:
    return f"{one.page.id.replace('/', '-')}-{what}@{urlsplit(one.url).hostname}"


def compact(day: date) -> str:
    return f"{day:%Y%m%d}"


def stamp(day: date) -> str:
    return f"{compact(day)}T000000Z"


def escaped(text: str) -> str:
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Cut into lines of at most 75 bytes, never inside a letter; each but the first starts with a
    space, which counts."""
    start, room = 0, OCTETS
    for end in range(1, len(line) + 1):
        if len(line[start:end].encode()) > room:
            yield (" " if start else "") + line[start : end - 1]
            start, room = end - 1, OCTETS - 1
    yield (" " if start else "") + line[start:]
