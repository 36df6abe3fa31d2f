"""A sentence -> the effects it claims for cold, and how strongly.

The subject must be cold (or a word for it), the verb must act on pain, inflammation, blood flow,
healing, mood or a condition, and nobody denies, asks or reports it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from coldpress.checks.claims.excuses import clause_before, excused
from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.lexicon import TOKEN, Lexicon, Strength, lexicon
from coldpress.checks.claims.signs import COLD, TARGET, TURN, VERB
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import languages

REACH = 55
"""Letters after a verb within which its object stands."""
NEAR = 20


class Effect(Struct, frozen=True):
    """`start` and `end` are those of the verb; `benefit`: pain, illness, healing, mood."""

    start: int
    end: int
    verb: str
    lemma: str
    strength: Strength
    benefit: bool


def effects(spot: Spot) -> tuple[Effect, ...]:
    """Those the sentence really claims, first to last."""
    if spot.lang not in languages():
        return ()
    words, text = lexicon(spot.lang), spot.text
    found: list[Effect] = []
    if spot.signs & VERB and spot.signs & TARGET:
        found += _by_verb(spot, words)
    if spot.signs & COLD and spot.signs & TURN:
        found += _by_target(spot, words)
    return tuple(
        effect
        for effect in found
        if not excused(spot.sentence, text, effect.start, effect.end, spot.lang)
    )


def _by_verb(spot: Spot, words: Lexicon) -> Iterator[Effect]:
    text = spot.text
    for token in TOKEN.finditer(text):
        known = words.forms.get(token[0])
        if known is None:
            continue
        lemma, form = known
        target = _target(text, token.end(), lemma, words)
        if target is None:
            continue
        before = clause_before(text, token.start(), spot.lang)
        if not _is_cold(spot, before, form, words):
            continue
        strength = _strength(spot, before, form, words)
        if strength is None:
            continue
        benefit = bool(words.benefits.search(target)) and lemma not in words.plain
        yield Effect(token.start(), token.end(), token[0], lemma, strength, benefit)


def _target(text: str, end: int, lemma: str, words: Lexicon) -> str | None:
    """What the verb acts on, when it is one of ours, and a word or two more: "joint pain"."""
    stop = words.object_ends.search(text, end, min(end + REACH, len(text)))
    after = text[end : stop.start() if stop else end + REACH]
    if lemma in words.alone and not after.strip(" \"'"):
        return "relief"
    if (need := words.needs(lemma)) and not need.search(after):
        return None
    if (other := words.not_of(lemma)) and other.match(after):
        return None
    if words.no_object.match(after):
        return None
    if lemma in words.plain or words.vessels_first.search(after):
        found = words.vessels.search(after) or words.targets.search(after)
    else:
        found = words.targets.search(after)
    return after[found.start() : found.start() + NEAR] if found else None


def _is_cold(spot: Spot, before: str, form: str, words: Lexicon) -> bool:
    """Whether the subject is cold: the last care named before the verb is cold.
    What follows "after" or "with" is not the subject."""
    care = [
        m.end() for m in words.care.finditer(before) if not words.timing.search(before[: m.start()])
    ]
    cold = [m.end() for m in words.cold.finditer(before)]
    if cold:
        return not care or max(care) < max(cold)
    if care:
        return False
    if spot.offer or words.pronoun.search(before.strip()):
        return True
    if not before.strip():  # a line without a subject: "Relieve pain with cold", "Eases pain."
        return form in words.first_forms or words.cold.search(spot.text) is not None
    if words.crowd.search(before):
        return words.cold.search(spot.text) is not None
    led = bool(spot.sentence.lead) and words.cold.search(spot.text) is not None
    return led and len(before.split()) < 2


def _strength(spot: Spot, before: str, form: str, words: Lexicon) -> Strength | None:
    """None: not a claim (a purpose, an adjective, a noun)."""
    near = " ".join(before.split()[-words.reach :])
    hedged = words.hedges.search(near)
    if hedged and words.asked.search(before):
        return None
    if hedged or words.suggested.search(before) or words.hedges.search(folded(spot.sentence.lead)):
        return "hedged"
    for said in words.said(form):
        if said.after.search(near):
            return said.strength
    return None


def _by_target(spot: Spot, words: Lexicon) -> Iterator[Effect]:
    for match in words.falls.finditer(spot.text):
        name = next(group for group in words.falls.groupindex if match[group])
        start, end = match.span(name)
        around = spot.text[max(match.start() - 40, 0) : end]
        if words.care.search(match[0]) and not words.cold.search(match[0]):
            continue
        hedged = (
            words.hedges.search(match[0])
            or words.hedges.search(around)
            or words.suggested.search(around)
        )
        likely = words.likely.search(match[0]) or words.likely.search(around)
        strength: Strength = "hedged" if hedged else "likely" if likely else "flat"
        yield Effect(start, end, match[name], match[name], strength, True)


def about_other_care(spot: Spot) -> bool:
    """Whether the sentence is about exercise, medicine or heat, and names no cold."""
    words, text = lexicon(spot.lang), spot.text
    return (
        bool(words.other_care.search(text))
        and not words.cold.search(text)
        and not words.us.search(text)
    )


def disputed(spot: Spot) -> bool:
    """Whether the sentence itself says that the evidence disagrees."""
    return bool(lexicon(spot.lang).disagree.search(spot.text))
