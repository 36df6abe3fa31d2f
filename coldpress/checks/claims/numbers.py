"""Blocks of spots -> figures a reader cannot judge. Advice only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coldpress.checks.claims.signs import FIGURE, MEASURE, MULTIPLE
from coldpress.checks.claims.spots import Spot
from coldpress.problems import Problem, advice

PERCENT = re.compile(r"\b\d+(?:\.\d+)?(?: ?%| percent\b)")
CERTAIN = re.compile(r"\b100 ?(?:%|percent)")
CHANGE = re.compile(
    r"\b(?:fell|fall|falls|rose|rise|rises|drop(?:s|ped)?|higher|lower(?:ed|s)?|less|more"
    r"|reduc\w+|cut|increas\w+"
    r"|down|up|decreas\w+|slow(?:ed|s|er)?|improv\w+|better|faster)\b"
)
TIMES = re.compile(
    r"\b(?:twice|three times|two times|half|\d+ times) as (?:likely|often|much|many)\b"
    r"|\b(?:halved|doubled|tripled|cut"
    r" in half) the (?:risk|odds|chance|rate|pain)\b"
)
BASE = re.compile(
    r"(?:%|percent)\)? (?:of|in|among) (?!(?:people|users|everyone|us|them)(?! with| who| in))"
    r"|\b(?:of|in|among) (?:about |over |nearly )?\d+ (?:\w+ )?\w+|\b\d+ (?:of|out of"
    r"|in) (?:every )?\d+"
    r"|\b(?:of|in|out of) (?:every )?(?:ten|hundred|100)\b|\b(?:"
    + "two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|forty|fifty|sixty"
    + r")(?:-\w+)? (?:\w+ ){0,2}?(?:men|women|people|adults"
    r"|patients|volunteers|players|athletes)\b|\b\d+ (?:\w+ ){0,2}?(?:men|women|people|adults"
    r"|patients|volunteers|players|trials|studies)\b"
)
PEOPLE = re.compile(
    r"\b(?:better|help(?:s|ed)?|work(?:s|ed)?|notic\w+|respon\w+|felt|feel|patients?|people"
    r"|clients?|success|relief"
    r"|improv\w+|pain|recommend|satisf\w+|would|report\w*)\b"
)
ABSOLUTE = re.compile(
    r"\b\d+(?:\.\d+)? (?:points?|mm|cm|ml|°|degrees)|\bfrom (?:about )?\d|\bscale\b|\bpoints\b"
)
STATISTIC = re.compile(
    r"\b(?:smd|standardi[sz]ed mean differences?|(?:95 ?% )?ci|confidence intervals?|odds ratios?"
    r"|risk ratios?"
    r"|hazard ratios?|i²|nnt)\b|\bp ?[<=>] ?0?\.\d+"
)
EXPLAINED = re.compile(
    r"\b(?:a way to|which (?:means|tells|says|shows)|means|that is|a measure|compares?"
    r"|in other words|range)\b"
)
CELSIUS = re.compile(r"\d ?(?:°|degrees?) ?(?:c\b|celsius)")
FAHRENHEIT = re.compile(r"\d ?(?:°|degrees?) ?(?:f\b|fahrenheit)")


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
    percent = PERCENT.search(CERTAIN.sub("", spot.text))
    times = TIMES.search(spot.text)
    if not percent and not times:
        return
    if times or CHANGE.search(spot.text):
        if not (ABSOLUTE.search(block) or BASE.search(block)):
            words = (times or percent or [""])[0]
            message = f"{words!r} is a relative effect: a reader cannot tell how big it is"
            hint = "add the figures (from 6 to 4 points on a scale of 10) or the number of people"
            yield advice("relative-only", spot.sentence.place, message, hint)
    elif percent and PEOPLE.search(spot.text) and not BASE.search(block):
        message = f"{percent[0]!r} of whom? a percentage needs its base"
        hint = 'say of how many: "65% of 40 people", or "26 of 40"'
        yield advice("bare-percentage", spot.sentence.place, message, hint)


def _statistic(spot: Spot, block: str) -> Iterator[Problem]:
    found = STATISTIC.search(spot.text)
    if found and not EXPLAINED.search(block):
        words = spot.sentence.text[found.start() : found.end()]
        message = f"{words!r} is a word of statistics that is not explained here"
        hint = 'say it in plain words ("by a medium-sized amount on average"), or add what it means'
        yield advice("unexplained-statistic", spot.sentence.place, message, hint)


def _temperature(spot: Spot) -> Iterator[Problem]:
    celsius, fahrenheit = CELSIUS.search(spot.text), FAHRENHEIT.search(spot.text)
    if bool(celsius) == bool(fahrenheit):
        return
    message = f"a temperature stands in {'°C' if celsius else '°F'} only"
    hint = "give both, °F first: 59 °F (15 °C)"
    yield advice("one-temperature-unit", spot.sentence.place, message, hint)
