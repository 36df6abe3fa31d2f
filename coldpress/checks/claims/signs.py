"""words of a sentence -> what they are a sign of.

Most sentences claim nothing. A pattern is tried only where a word stands without which it cannot
match: to look at the words takes a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from coldpress.checks.claims.lexicon import ALONE, TOKEN, TURNS, lexicon

VERB, TARGET, COLD, TURN, FIGURE, MULTIPLE, MEASURE, BOOKING = (1 << n for n in range(8))
EVERY = (1 << 8) - 1
KNOWN = 20_000
"""Words remembered: those of a language that are in use."""
APART = {code: " " for code in range(128) if not chr(code).isalnum()}
FIGURES = re.compile(r"[0-9]")
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
WORDS: Mapping[int, frozenset[str]] = {
    MULTIPLE: frozenset({"twice", "times", "half", "halved", "doubled", "tripled"}),
    MEASURE: frozenset(
        {"smd", "standardized", "standardised", "ci", "confidence", "odds", "risk", "hazard"}
        | {"nnt", "p"}
    ),
    BOOKING: frozenset(
        {"book", "reserve", "schedule", "buy", "up", "now", "us", "today", "appointment"}
        | {"started", "claim", "come", "session"}
    ),
}
"""Of what the patterns in numbers.py and selling.py look for, a word of each."""


def words_in(text: str) -> list[str]:
    """Of a folded text."""
    if text.isascii() and "'" not in text:
        return text.translate(APART).split()
    return WORD.findall(text)


def signs_in(text: str, words: Iterable[str]) -> int:
    """Of a folded text and its words. Letters of other scripts and underscores count as parts of a
    word, so that a text with any of them may hold everything."""
    if not text.isascii() or "_" in text:
        return EVERY
    if "'" in text:
        words = text.translate(APART).split()
    found = 0
    for sign in set(map(sign_of, words)):
        found |= sign
    return found


@lru_cache(maxsize=KNOWN)
def sign_of(word: str) -> int:
    words = lexicon()
    found = sum(sign for sign, some in WORDS.items() if word in some)
    forms = [words.forms[token] for token in TOKEN.findall(word) if token in words.forms]
    if forms:
        found |= VERB
    if words.objects.match(word):
        found |= TARGET
    if any(verb in ALONE for verb, _form in forms):
        found |= TARGET  # it needs no other word
    if words.cold.search(word):
        found |= COLD
    if TURNS.fullmatch(word):
        found |= TURN
    if FIGURES.search(word):
        found |= FIGURE
    return found
