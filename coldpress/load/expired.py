"""Sources -> what is wrong with how they leave: where they lead to, and pages that must stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from coldpress.load.offers import unknown
from coldpress.model import Source
from coldpress.problems import Problem, error

HOME = "pages/index"
STAY: Mapping[str, str] = {
    "checklist": "is the safety checklist",
    "not-found": "answers when there is no page",
}
"""Layouts without which the site is not one."""


def expired_trouble(sources: Iterable[Source], ids: Collection[str]) -> Iterator[Problem]:
    """`ids`: of every content file, read or not: pages/index."""
    known = {(source.lang, source.id): source for source in sources}
    for source in known.values():
        if source.expires_at and (why := must_stay(source)):
            hint = "take expires_at out"
            yield error("page-must-stay", source.place("expires_at"), f"this page {why}", hint)
        if source.matter.expired_to is not None:
            yield from onward(source, source.matter.expired_to, ids, known)


def must_stay(source: Source) -> str:
    return "is the home page" if source.id == HOME else STAY.get(source.layout, "")


def onward(
    source: Source, to: str, ids: Collection[str], known: Mapping[tuple[str, str], Source]
) -> Iterator[Problem]:
    place = source.place("expired_to")
    if source.matter.expires_at is None:
        message = "'expired_to' does nothing without 'expires_at'"
        yield error("expired-to-alone", place, message, "add expires_at, or take it out")
    if to not in ids:
        yield unknown(to, ids, place)
    elif loops(source, known):
        message = f"{to!r} leads back to this page when both have expired"
        yield error("expired-to-loop", place, message, "name a page that stays")


def loops(source: Source, known: Mapping[tuple[str, str], Source]) -> bool:
    seen = [source.id]
    here: Source | None = source
    while here is not None and here.matter.expired_to and here.matter.expires_at:
        seen.append(here.matter.expired_to)
        if seen[-1] in seen[:-1]:
            return seen[-1] == source.id
        here = known.get((source.lang, seen[-1]))
    return False
