"""A sentence -> the effects it claims for cold, and how strongly.

The subject must be cold (or a word for it), the verb must act on pain, inflammation, blood flow,
healing, mood or a condition, and nobody denies, asks or reports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coldpress.checks.claims.excuses import clause_before, excused
from coldpress.checks.claims.lexicon import ALONE, TOKEN, Lexicon, lexicon
from coldpress.checks.claims.signs import COLD, TARGET, TURN, VERB
from coldpress.checks.claims.spots import Spot

Strength = Literal["flat", "likely", "able", "hedged", "measured"]
REACH = 55
"""Letters after a verb within which its object stands."""
NEAR = 20
STOP = re.compile(
    r"[.;:!?]|, (?:and|but|so|then|which|what|how|who|when|where|while|though|although|it|we|you"
    r"|in|for"
    r"|with|a|an|the)\b| but "
)
OTHER_CARE = re.compile(
    r"\b(?:exercises?|medicines?|medications?|drugs?|heat|doctors?|physicians?|physical therapy"
    r"|physiotherapy"
    r"|compression|rehab\w*|walking|stretching|painkillers?|surgery|acupuncture|yoga|tai chi"
    r"|weight loss|liver"
    r"|kidneys?)\b"
)
US = re.compile(r"\b(?:we|our|us)\b")
PRONOUN = re.compile(r"^(?:and |so |then |that )?(?:it|this|they|these|we)\b|\b(?:it|they)$")
TIMING = re.compile(
    r"\b(?:after|during|before|following|with|beside|and|than|from|without|to) (?:\w+ ){0,3}?$"
)
SUGGESTED = re.compile(r"\b(?:suggests?|hints?|seems?|appears?|studies disagree|mixed)\b")
CLAIMED = re.compile(
    r"\b(?:shown|proven|known|helps?|works?|able|ability|power|designed|found|tends?|sure"
    r"|bound) to$"
)
DISAGREE = re.compile(
    r"\b(?:disagree|mixed|conflict\w*|not clear|unclear|no better|little or no)\b"
)


@dataclass(frozen=True, slots=True)
class Effect:
    """`start` and `end` are those of the verb; `benefit`: pain, illness, healing, mood."""

    start: int
    end: int
    verb: str
    lemma: str
    strength: Strength
    benefit: bool


def effects(spot: Spot) -> tuple[Effect, ...]:
    """Those the sentence really claims, first to last."""
    words, text = lexicon(), spot.text
    found: list[Effect] = []
    if spot.signs & VERB and spot.signs & TARGET:
        found += _by_verb(spot, words)
    if spot.signs & COLD and spot.signs & TURN:
        found += _by_target(spot, words)
    return tuple(
        effect for effect in found if not excused(spot.sentence, text, effect.start, effect.end)
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
        before = clause_before(text, token.start())
        if not _is_cold(spot, before, form, words):
            continue
        strength = _strength(spot, before, form, words)
        if strength is None:
            continue
        benefit = bool(words.benefits.search(target)) and lemma not in words.plain
        yield Effect(token.start(), token.end(), token[0], lemma, strength, benefit)


def _target(text: str, end: int, lemma: str, words: Lexicon) -> str | None:
    """What the verb acts on, when it is one of ours, and a word or two more: "joint pain"."""
    stop = STOP.search(text, end, min(end + REACH, len(text)))
    after = text[end : stop.start() if stop else end + REACH]
    if lemma in ALONE and not after.strip(" \"'"):
        return "relief"
    if (need := words.needs.get(lemma)) and not need.search(after):
        return None
    if (
        re.match(r" (?:back|legs?|limbs?|body|risk|lips?|blood pressure)\b", after)
        and lemma == "lower"
    ):
        return None
    if re.match(r"[ -](?:sports?|by|up|out|you|us|if|today)\b", after):
        return None
    if lemma in words.plain or re.search(r"\bblood flow|circulation|nerve signals?\b", after):
        found = words.vessels.search(after) or words.targets.search(after)
    else:
        found = words.targets.search(after)
    return after[found.start() : found.start() + NEAR] if found else None


def _is_cold(spot: Spot, before: str, form: str, words: Lexicon) -> bool:
    """Whether the subject is cold: the last care named before the verb is cold.
    What follows "after" or "with" is not the subject."""
    care = [m.end() for m in words.care.finditer(before) if not TIMING.search(before[: m.start()])]
    cold = [m.end() for m in words.cold.finditer(before)]
    if cold:
        return not care or max(care) < max(cold)
    if care:
        return False
    if spot.offer or PRONOUN.search(before.strip()):
        return True
    if not before.strip():  # a line without a subject: "Relieve pain with cold", "Eases pain."
        return form == "s" or words.cold.search(spot.text) is not None
    if re.search(r"\b(?:people|many|some|most)\b", before):
        return words.cold.search(spot.text) is not None
    led = bool(spot.sentence.lead) and words.cold.search(spot.text) is not None
    return led and len(before.split()) < 2


def _strength(spot: Spot, before: str, form: str, words: Lexicon) -> Strength | None:
    """None: not a claim (a purpose, an adjective, a noun)."""
    tail = before.split()[-5:]
    near = " ".join(tail)
    hedged = words.hedges.search(near)
    if hedged and re.search(r"\bhow\b", before):
        return None
    if hedged or SUGGESTED.search(before) or words.hedges.search(spot.sentence.lead.lower()):
        return "hedged"
    if form in ("past", "ing"):
        return _of_participle(form, near, _last(tail))
    return _of_present(form, near, tail, words)


def _of_participle(form: str, near: str, last: str) -> Strength | None:
    if form == "past":
        return "flat" if last in ("is", "are") else "measured"
    return "flat" if "effective" in near and last in ("for", "at", "by", "in") else None


def _of_present(form: str, near: str, tail: list[str], words: Lexicon) -> Strength | None:
    if _last(tail) == "to":
        return "flat" if CLAIMED.search(near) else None
    if words.likely.search(near):
        return "likely"
    if re.search(r"\bcan(?: \w+)?$", near):
        return "able"
    return None if form == "base" and not _plural_before(tail) else "flat"


def _last(tail: list[str]) -> str:
    for word in reversed(tail):
        if not word.endswith("ly") and word not in ("also", "then", "even"):
            return word.strip(",")
    return ""


def _plural_before(tail: list[str]) -> bool:
    """A bare verb needs a plural subject, "will", or another verb before it."""
    last = _last(tail)
    return (
        not tail
        or "people" in tail
        or last in ("they", "these", "we", "you", "will", "and", "does", "do", "people")
        or (last.endswith("s") and not last.endswith(("ss", "us", "is")))
        or last in ("cold",)
    )


def _by_target(spot: Spot, words: Lexicon) -> Iterator[Effect]:
    for match in words.falls.finditer(spot.text):
        name = next(group for group in ("a", "b", "c", "d", "e") if match[group])
        start, end = match.span(name)
        around = spot.text[max(match.start() - 40, 0) : end]
        if words.care.search(match[0]) and not words.cold.search(match[0]):
            continue
        hedged = (
            words.hedges.search(match[0]) or words.hedges.search(around) or SUGGESTED.search(around)
        )
        likely = words.likely.search(match[0]) or words.likely.search(around)
        strength: Strength = "hedged" if hedged else "likely" if likely else "flat"
        yield Effect(start, end, match[name], match[name], strength, True)


def about_other_care(text: str) -> bool:
    """Whether the sentence is about exercise, medicine or heat, and names no cold."""
    words = lexicon()
    return bool(OTHER_CARE.search(text)) and not words.cold.search(text) and not US.search(text)


def disputed(text: str) -> bool:
    """Whether the sentence itself says that the evidence disagrees."""
    return bool(DISAGREE.search(text))
