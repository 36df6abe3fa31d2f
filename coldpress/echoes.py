"""Problems -> the same without those that only follow from a data file that nobody could read.

A glossary that is gone makes a mistake of every word that leads to it, in every text. Who reads
two hundred of them does not find the one that matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from coldpress.problems import Place, Problem, error

ECHOES: Mapping[str, str] = {
    "references": "there is no reference ",
    "findings": "there is no finding ",
    "glossary": "there is no glossary term ",
}
"""Data file -> how a message begins that says a name is not in it."""
MOST = 3
"""So many say themselves where they stand: a file that is not there yet is begun like this."""


def without_echoes(
    problems: Iterable[Problem], known: Mapping[str, AbstractSet[str]]
) -> list[Problem]:
    """`known`: the names in each data file; none when it is not there, or cannot be read at all."""
    told = list(problems)
    for name, begins in ECHOES.items():
        echoes = [] if known[name] else [one for one in told if one.message.startswith(begins)]
        path = f"content/data/{name}.yaml"
        damaged = any(one.path == path and one.level == "error" for one in told)
        if damaged or len(echoes) > MOST:
            held = set(echoes)
            told = [one for one in told if one not in held]
            told += [] if damaged else [_gone(path, echoes)]
    return told


def _gone(path: str, echoes: list[Problem]) -> Problem:
    first = min(echoes)
    return error(
        "missing-data",
        Place(path),
        f"this file is not there, or empty, and {len(echoes)} places name something in it, "
        f"the first in {first.path} on line {first.line}",
        "put it back under this name, from a copy or from the site's history",
    )
