"""words of a sentence -> what they are a sign of.

Most sentences claim nothing. A pattern is tried only where a word stands without which it cannot
match: to look at the words takes a tenth of the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from coldpress.checks.claims.lexicon import TOKEN, lexicon
from coldpress.checks.claims.tables import joined, languages, table

VERB, TARGET, COLD, TURN, FIGURE, MULTIPLE, MEASURE, BOOKING = (1 << n for n in range(8))
EVERY = (1 << 8) - 1
KNOWN = 20_000
"""Words remembered: those of a language that are in use."""
APART = {code: " " for code in range(128) if not chr(code).isalnum()}
MARKS = str.maketrans("¿¡°º−–—…•’", " " * 10)
"""Signs beside words that are no letters, though they are no ASCII."""
FIGURES = re.compile(r"[0-9]")
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def words_in(text: str) -> list[str]:
    """Of a folded text."""
    if text.isascii() and "'" not in text:
        return text.translate(APART).split()
    return WORD.findall(text)


def signs_in(text: str, words: Iterable[str], lang: str) -> int:
    """Of a folded text and its words. Letters of other scripts and underscores count as parts of a
    word, so that a text with any of them may hold everything."""
    if lang not in languages():
        return 0
    if "_" in text or not (text.isascii() or text.translate(MARKS).isascii()):
        return EVERY
    if "'" in text:
        words = text.translate(MARKS).translate(APART).split()
    known = signs(lang)
    found = 0
    for sign in {known[word] for word in words}:
        found |= sign
    return found


class Signs(dict[str, int]):
    """A word of a language -> what it is a sign of, found out when it is first met."""

    def __init__(self, lang: str) -> None:
        self.words = lexicon(lang)
        self.given = dict(_given(lang))

    def __missing__(self, word: str) -> int:
        found = self._found(word)
        if len(self) < KNOWN:
            self[word] = found
        return found

    def _found(self, word: str) -> int:
        words = self.words
        found = sum(sign for sign, some in self.given.items() if word in some)
        forms = [words.forms[token] for token in TOKEN.findall(word) if token in words.forms]
        if forms:
            found |= VERB
        if words.objects.match(word):
            found |= TARGET
        if any(verb in words.alone for verb, _form in forms):
            found |= TARGET  # it needs no other word
        if words.cold.search(word):
            found |= COLD
        if words.turns.fullmatch(word):
            found |= TURN
        if FIGURES.search(word):
            found |= FIGURE
        return found


@cache
def signs(lang: str) -> Signs:
    return Signs(lang)


def _given(lang: str) -> Iterable[tuple[int, frozenset[str]]]:
    """Of what the patterns of numbers.yaml and selling.yaml look for, a word of each."""
    numbers, selling = table(lang, "numbers"), table(lang, "selling")
    rows: Mapping[int, list[str]] = {
        MULTIPLE: numbers["multiple_signs"],
        MEASURE: numbers["measure_signs"],
        BOOKING: selling["signs"],
    }
    for sign, words in rows.items():
        yield sign, frozenset(map(joined, words))
