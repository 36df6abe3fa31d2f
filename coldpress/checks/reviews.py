"""The life of a medical review: signed for this very text, still fresh, and about real days.

A page without a reviewer is no problem: it says so itself, and `reviews` lists it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from coldpress.clinical import clinical_digest
from coldpress.model import Made, Page, Site
from coldpress.problems import Problem, advice, error
from coldpress.schema import Review
from coldpress.signoff import Standing, standing


def reviews(site: Site, one: Made) -> Iterator[Problem]:
    page = site.by_output.get(one.output)
    review = page.source.matter.reviewed if page else None
    if page is None or review is None or page.source.matter.draft:
        return
    digest = clinical_digest(page, site.evidence)
    yield from impossible(site, page, review)
    yield from text(page, review, digest)
    times = site.config.facts.reviews
    yield from due(site, page, review, standing(review, digest, site.today, times))


def impossible(site: Site, page: Page, review: Review) -> Iterator[Problem]:
    if review.on > site.today:
        yield error(
            "review-dates",
            page.source.place("reviewed.on"),
            f"the review is dated {review.on}, which is still to come",
            "write the day on which the text was read",
        )
    if review.next <= review.on:
        yield error(
            "review-dates",
            page.source.place("reviewed.next"),
            f"the next review ({review.next}) is not after this one ({review.on})",
            "a year later is usual",
        )


def text(page: Page, review: Review, digest: str) -> Iterator[Problem]:
    if review.text is None:
        yield error(
            "unsigned-review",
            page.source.place("reviewed"),
            f"the review by {review.by} does not say which text was read",
            f"when they have read the page as it is now: {sign(page)}",
        )
    elif review.text != digest:
        yield advice(
            "edited-since-review",
            page.source.place("reviewed.text"),
            f"a claim, number or citation has changed since {review.by} signed on {review.on}",
            f"the page says so until it has been read again: {sign(page)}",
        )


def due(site: Site, page: Page, review: Review, now: Standing) -> Iterator[Problem]:
    grace = site.config.facts.reviews.grace_days
    place = page.source.place("reviewed.next")
    again = f"have it read again, then {sign(page)}"
    if now.stops:
        yield error(
            "review-overdue",
            place,
            f"the medical review was due on {review.next}, {ago(-now.days)}",
            f"{again}; or take reviewed: out, and the page says that it has no reviewer",
        )
    elif now.days < 0:
        last = review.next + timedelta(days=grace)
        message = f"the medical review was due on {review.next}, {ago(-now.days)}"
        hint = f"{again}; after {last} this stops the build"
        yield advice("review-due", place, message, hint)
    elif now.days <= site.config.facts.reviews.notice_days:
        when = f"in {days(now.days)}" if now.days else "today"
        message = f"the medical review is due on {review.next}, {when}"
        yield advice("review-due", place, message, again)


def sign(page: Page) -> str:
    return f"python3 build.py reviews --sign {page.id}"


def ago(count: int) -> str:
    return f"{days(count)} ago"


def days(count: int) -> str:
    return f"{count} day" if count == 1 else f"{count} days"
