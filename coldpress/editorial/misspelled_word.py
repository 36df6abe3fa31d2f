"""Prose -> words that no dictionary, glossary or word list knows; and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spellchecker import SpellChecker

from coldpress.editorial.house import FOLDER, WORDS
from coldpress.editorial.language import WORD, Language
from coldpress.editorial.prose import Prose
from coldpress.model import Site
from coldpress.problems import Problem, advice, sentences
from coldpress.sentences import Sentence

PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SHORTEST = 3
OFFERED = 2
"""Spellings offered."""
HANDLE = re.compile(r"[@#/\\_~=<>{}$%|+]")
"""Beside one of these stands a name or code, not a word."""
COMPOUND = 4
"""Letters of each half of a word made of two: workflow, changelog."""
FAMILIAR = 5_000
"""Uses in the dictionary that each half has."""


@cache
def dictionary(lang: str) -> SpellChecker | None:
    """Loading one takes a tenth of a second and 45 MB, once. None: no dictionary for it."""
    if lang not in SpellChecker.languages():
        return None
    return SpellChecker(language=lang, distance=1)


def misspelled_word(prose: Prose) -> Iterator[Problem]:
    """One problem a word, at its first place."""
    known, tongue = dictionary(prose.page.source.lang), prose.language
    if known is None or tongue is None or not tongue.spelling:
        return
    unknown: dict[str, list[tuple[Sentence, int, str]]] = {}
    for sentence in prose.sentences:
        for word, start in spelled(sentence.text):
            if not right(plain(word), known, tongue):
                unknown.setdefault(plain(word), []).append((sentence, start, word))
    names = (own_words(prose.site) | prose.house.words | tongue.clinical) if unknown else ()
    for word, places in unknown.items():
        if word not in names and singular(word) not in names:
            sentence, start, written = places[0]
            often = f", {len(places)} times on this page" if len(places) > 1 else ""
            yield advice(
                "misspelled-word",
                prose.place(sentence, start),
                f"{written!r} is in no dictionary{often}",
                sentences(
                    offer(word, known, tongue),
                    f"a right word that is missing goes into {FOLDER}/{WORDS}",
                ),
            )


def right(word: str, known: SpellChecker, tongue: Language) -> bool:
    """A word of the dictionary or a newer one, or regularly made of such: workflows, reopen."""
    if word in known:
        return True
    if word in tongue.newer or word in tongue.prefixes or word in tongue.apart:
        return word not in tongue.apart
    return (
        (singular(word) != word and right(singular(word), known, tongue))
        or any(right(rest, known, tongue) for rest in without_prefix(word, tongue))
        or compound(word, known)
    )


def singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > COMPOUND else word


def without_prefix(word: str, tongue: Language) -> Iterator[str]:
    for prefix in tongue.prefixes:
        if word.startswith(prefix) and len(word) - len(prefix) >= COMPOUND:
            yield word.removeprefix(prefix)


def compound(word: str, known: SpellChecker) -> bool:
    cuts = range(COMPOUND, len(word) - COMPOUND + 1)
    return any(min(known[word[:at]], known[word[at:]]) >= FAMILIAR for at in cuts)


def plain(word: str) -> str:
    return word.replace("’", "'").lower().removesuffix("'s")


def spelled(text: str) -> Iterator[tuple[str, int]]:
    """Words to look up, and where they start. Not: names (a capital inside a sentence), short
    forms (a capital inside a word), numbers, addresses."""
    for whole in WORD.finditer(text):
        around = text[max(whole.start() - 1, 0) : whole.end() + 1]
        if re.search(r"[\d.]", whole[0]) or HANDLE.search(around):
            continue
        for part in PART.finditer(whole[0]):
            word, start = part[0], whole.start() + part.start()
            if len(word) < SHORTEST or not word[1:].islower() or named(text, start, word):
                continue
            yield word, start


def named(text: str, start: int, word: str) -> bool:
    """A capital inside a sentence, or two in a row at its start: Ada Lovelace."""
    first = not re.search(r"\w", text[:start]) or text[:start].endswith((": ", "? "))
    return word[0].isupper() and (not first or text[start + len(word) :][1:2].isupper())


def offer(word: str, known: SpellChecker, tongue: Language) -> str:
    if word in tongue.apart:
        return f"did you mean {tongue.apart[word]!r}?"
    found = sorted(known.candidates(word) or (), key=lambda one: (-known[one], one))
    names = " or ".join(repr(one) for one in found[:OFFERED])
    return f"did you mean {names}?" if names else ""


def own_words(site: Site) -> frozenset[str]:
    """What the site's own records spell: its name and places, its glossary, authors, journals."""
    facts = site.config.facts
    texts = [facts.name, facts.short_name, facts.tagline, facts.organisation.locality]
    texts += [link.label for link in facts.navigation]
    for term in site.glossary.values():
        texts += [term.term, term.spanish]
    for reference in site.evidence.references.values():
        texts += [reference.authors, reference.journal]
    words = (part for text in texts if text for part in PART.findall(text))
    return frozenset(plain(word) for word in words)
