"""Every old address leads somewhere, once, and hides no page: on every host alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.model import Facts, Made, Site
from coldpress.problems import Problem
from coldpress.redirecting import redirect_problems


def redirects(site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    yield from redirect_problems(site, FactsOf(made))


class FactsOf(Mapping[str, Facts]):
    def __init__(self, made: Mapping[str, Made]) -> None:
        self.made = made

    def __getitem__(self, output: str) -> Facts:
        return self.made[output].facts

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)
