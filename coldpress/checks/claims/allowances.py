"""problems + allowances of front matter and site.yaml -> what is left of them.

An allowance names a rule and the words it is for, gives a reason, and ends on a day. It is listed
by every check, so that nobody forgets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.spots import Spot
from coldpress.model import Page, Site
from coldpress.problems import Place, Problem, advice, error, nearest, sentences
from coldpress.schema import Allowance


class Granted(Struct, frozen=True):
    owner: str
    allowance: Allowance
    place: Place

    def covers(self, spot: Spot, problem: Problem) -> bool:
        owner = spot.owner == self.owner or (self.owner == "site" and "/" not in spot.owner)
        return owner and problem.rule == self.allowance.rule and self.names(spot)

    def names(self, spot: Spot) -> bool:
        return folded(self.allowance.words) in spot.text


def granted_to(page: Page) -> tuple[Granted, ...]:
    return tuple(
        Granted(page.id, one, page.source.place(f"allow.{number}"))
        for number, one in enumerate(page.source.matter.allow)
    )


def granted_to_site(site: Site) -> tuple[Granted, ...]:
    facts = site.config.facts.allow
    return tuple(
        Granted("site", one, site.config.place(f"allow.{n}")) for n, one in enumerate(facts)
    )


def settled(
    site: Site,
    allowances: tuple[Granted, ...],
    problems: Iterable[tuple[Spot, Problem]],
    rules: Iterable[str],
) -> Iterator[Problem]:
    """Problems nobody allowed, and every allowance: listed, expired, or without a use."""
    used: set[int] = set()
    for spot, problem in problems:
        found = [n for n, one in enumerate(allowances) if one.covers(spot, problem)]
        used.update(found)
        if not found:
            yield problem
    for number, one in enumerate(allowances):
        yield _listed(one, site, number in used, frozenset(rules))


def _listed(one: Granted, site: Site, used: bool, rules: frozenset[str]) -> Problem:
    allowance = one.allowance
    what = f"{allowance.words!r} ({allowance.rule})"
    if not used:
        message = f"this allowance for {what} is not needed"
        known = "" if allowance.rule in rules else nearest(allowance.rule, rules)
        return advice("unused-allowance", one.place, message, sentences(known, "take it out"))
    if site.today > allowance.until:
        message = f"this allowance for {what} ended on {allowance.until}"
        hint = "change the words; or, if the reason still holds, give it a new day"
        return error("expired-allowance", one.place, message, hint)
    message = f"allowed until {allowance.until}: {what}"
    return advice("allowed-claim", one.place, message, f"the reason given: {allowance.reason}")
