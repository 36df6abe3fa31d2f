"""Prose -> what the site's own rules of style say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from coldpress.editorial.prose import Prose
from coldpress.editorial.vale import StyleRule
from coldpress.problems import Place, Problem, advice, sentences
from coldpress.sentences import Sentence


class Hit(Struct, frozen=True):
    """Words that a rule is about."""

    sentence: Sentence
    start: int
    words: tuple[str, ...] = ()
    """What fills %s in the message, in order."""


def house_style(prose: Prose) -> Iterator[Problem]:
    for rule in prose.house.rules:
        found = FINDERS[rule.extends](rule, prose)
        for hit in islice(found, rule.limit or None):
            place = prose.place(hit.sentence, hit.start)
            yield _problem(rule, place, hit.words)


def _problem(rule: StyleRule, place: Place, words: tuple[str, ...]) -> Problem:
    """The message is the site's own; its hint tells where to change it."""
    message = rule.message
    for word in words:
        message = message.replace("%s", word, 1)
    hint = sentences(f"the rule stands in {rule.path}", f"see {rule.link}" if rule.link else "")
    return advice("house-style", place, message, hint)


def in_scope(rule: StyleRule, prose: Prose) -> Iterator[Sentence]:
    return (one for one in prose.sentences if not rule.kinds or one.kind in rule.kinds)


def existence(rule: StyleRule, prose: Prose) -> Iterator[Hit]:
    for sentence in in_scope(rule, prose):
        for pattern in rule.patterns:
            for match in pattern.finditer(sentence.text):
                if match[0] and not rule.excepted(match[0]):
                    yield Hit(sentence, match.start(), (match[0],))


def substitution(rule: StyleRule, prose: Prose) -> Iterator[Hit]:
    for sentence in in_scope(rule, prose):
        for pattern, instead in zip(rule.patterns, rule.instead, strict=True):
            for match in pattern.finditer(sentence.text):
                if not rule.excepted(match[0]) and match[0] not in instead.split("|"):
                    offered = instead.replace("|", "' or '")
                    yield Hit(sentence, match.start(), (offered, match[0]))


def occurrence(rule: StyleRule, prose: Prose) -> Iterator[Hit]:
    pattern = rule.patterns[0]
    for unit in _units(rule, prose):
        found = [(one, match) for one in unit for match in pattern.finditer(one.text)]
        if rule.most and len(found) > rule.most:
            sentence, match = found[rule.most]
            yield Hit(sentence, match.start(), (match[0],))
        elif unit and len(found) < rule.least:
            yield Hit(unit[0], 0)


def _units(rule: StyleRule, prose: Prose) -> Iterable[list[Sentence]]:
    chosen = list(in_scope(rule, prose))
    if rule.unit == "page":
        return [chosen]
    if rule.unit == "sentence":
        return [[sentence] for sentence in chosen]
    blocks: dict[int, list[Sentence]] = {}
    for sentence in chosen:
        blocks.setdefault(sentence.block, []).append(sentence)
    return blocks.values()


def consistency(rule: StyleRule, prose: Prose) -> Iterator[Hit]:
    """One side or the other on a page; told at the first words of the rarer side."""
    for one, other in zip(rule.patterns[::2], rule.patterns[1::2], strict=True):
        sides = [_all(side, in_scope(rule, prose)) for side in (one, other)]
        if all(sides):
            rarer, common = sorted(sides, key=len)
            yield Hit(rarer[0].sentence, rarer[0].start, rarer[0].words + common[0].words)


def _all(pattern: re.Pattern[str], sentences: Iterable[Sentence]) -> list[Hit]:
    return [
        Hit(one, match.start(), (match[0],))
        for one in sentences
        for match in pattern.finditer(one.text)
    ]


def conditional(rule: StyleRule, prose: Prose) -> Iterator[Hit]:
    """Each word of `first` that no `second` on the page catches, once."""
    first, second = rule.patterns
    chosen = list(in_scope(rule, prose))
    met = {
        match[1] if second.groups else match[0]
        for one in chosen
        for match in second.finditer(one.text)
    }
    for hit in _all(first, chosen):
        if hit.words[0] not in met and not rule.excepted(hit.words[0]):
            met.add(hit.words[0])
            yield hit


FINDERS: Mapping[str, Callable[[StyleRule, Prose], Iterator[Hit]]] = {
    "existence": existence,
    "substitution": substitution,
    "occurrence": occurrence,
    "consistency": consistency,
    "conditional": conditional,
}
