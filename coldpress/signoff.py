"""a page's review + its digest + today -> where it stands in the life of a review.

The one place that decides: the page shows it, a check reports it, the queue sorts by it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from coldpress.schema import Review, Reviews

State = Literal["overdue", "edited", "due", "unsigned", "never", "current"]
"""The most pressing first; "unsigned" names a reviewer and holds no digest of what they read."""


class Standing(Struct, frozen=True):
    state: State
    edited: bool
    """A claim, number or citation is another than the one that was signed."""
    days: int
    """Until the next review; negative when it should have been."""
    stops: bool
    """The days of grace are over as well."""


NEVER = Standing("never", edited=False, days=0, stops=False)


def standing(review: Review | None, digest: str, today: date, times: Reviews) -> Standing:
    if review is None:
        return NEVER
    edited = review.text is not None and review.text != digest
    days = (review.next - today).days
    stops = today > review.next + timedelta(days=times.grace_days)
    return Standing(state_of(review, edited, days, times), edited, days, stops)


def state_of(review: Review, edited: bool, days: int, times: Reviews) -> State:
    if review.text is None:
        return "unsigned"
    if days < 0:
        return "overdue"
    if edited:
        return "edited"
    return "due" if days <= times.notice_days else "current"
