"""Blocks of spots -> figures a reader cannot judge. Advice only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from coldpress.checks.claims.signs import FIGURE, MEASURE, MULTIPLE
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import patterns, table
from coldpress.problems import Problem, advice

P_VALUE = r"\bp ?[<=>] ?0?\.\d+"


class Words(Struct, frozen=True):
    """numbers.yaml of a language; what each is for stands there."""

    percent: re.Pattern[str]
    certain: re.Pattern[str]
    change: re.Pattern[str]
    times: re.Pattern[str]
    base: re.Pattern[str]
    people: re.Pattern[str]
    absolute: re.Pattern[str]
    statistic: re.Pattern[str]
    explained: re.Pattern[str]
    celsius: re.Pattern[str]
    fahrenheit: re.Pattern[str]
    hints: Mapping[str, str]


@cache
def words_of(lang: str) -> Words:
    rows: dict[str, Any] = patterns(lang, "numbers")
    percent, behind = rows["percent"].pattern[2:], rows.pop("base_behind").pattern[2:]
    return Words(
        **rows
        | {
            "percent": re.compile(rf"\b\d+(?:\.\d+)?(?: ?%| {percent})"),
            "certain": re.compile(rf"\b100 ?(?:%|{percent})"),
            "base": re.compile(rf"(?:%|{percent})\)? {behind}|{rows['base'].pattern}"),
            "absolute": re.compile(rf"\d ?°|{rows['absolute'].pattern}"),
            "statistic": re.compile(rf"{rows['statistic'].pattern}|{P_VALUE}"),
            "celsius": re.compile(rf"\d ?(?:° ?(?:c\b|celsius)|{rows['celsius'].pattern[2:]})"),
            "fahrenheit": re.compile(
                rf"\d ?(?:° ?(?:f\b|fahrenheit)|{rows['fahrenheit'].pattern[2:]})"
            ),
            "hints": table(lang, "numbers")["hints"],
        }
    )


def numbers(block: Sequence[Spot]) -> Iterator[Problem]:
    """`block`: the spots of one paragraph, list item or field. A base said there counts."""
    if not any(spot.signs & (FIGURE | MULTIPLE | MEASURE) for spot in block):
        return
    text = " ".join(spot.text for spot in block)
    for spot in block:
        if spot.signs & (FIGURE | MULTIPLE):
            yield from _percent(spot, text)
        if spot.signs & MEASURE:
            yield from _statistic(spot, text)
        if spot.signs & FIGURE:
            yield from _temperature(spot)


def _percent(spot: Spot, block: str) -> Iterator[Problem]:
    if spot.sentence.kind == "cell":  # the base stands in another cell
        return
    words = words_of(spot.lang)
    percent = words.percent.search(words.certain.sub("", spot.text))
    times = words.times.search(spot.text)
    if not percent and not times:
        return
    if times or words.change.search(spot.text):
        if not (words.absolute.search(block) or words.base.search(block)):
            said = (times or percent or [""])[0]
            message = f"{said!r} is a relative effect: a reader cannot tell how big it is"
            yield advice("relative-only", spot.sentence.place, message, words.hints["relative"])
    elif percent and words.people.search(spot.text) and not words.base.search(block):
        message = f"{percent[0]!r} of whom? a percentage needs its base"
        yield advice("bare-percentage", spot.sentence.place, message, words.hints["bare"])


def _statistic(spot: Spot, block: str) -> Iterator[Problem]:
    words = words_of(spot.lang)
    found = words.statistic.search(spot.text)
    if found and not words.explained.search(block):
        said = spot.sentence.text[found.start() : found.end()]
        message = f"{said!r} is a word of statistics that is not explained here"
        hint = words.hints["statistic"]
        yield advice("unexplained-statistic", spot.sentence.place, message, hint)


def _temperature(spot: Spot) -> Iterator[Problem]:
    words = words_of(spot.lang)
    celsius, fahrenheit = words.celsius.search(spot.text), words.fahrenheit.search(spot.text)
    if bool(celsius) == bool(fahrenheit):
        return
    message = f"a temperature stands in {'°C' if celsius else '°F'} only"
    yield advice("one-temperature-unit", spot.sentence.place, message, words.hints["temperature"])
