"""Prose -> words of the clinic that a page uses and does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from coldpress.editorial.language import Language
from coldpress.editorial.misspelled_word import dictionary
from coldpress.editorial.prose import RUNNING, Prose
from coldpress.problems import Problem, advice, sentences
from coldpress.sentences import Sentence

COMMON = 1_000
"""A word with so many uses among the 1.6 billion words the dictionary counted needs no
explanation: a glossary explains "blood pressure" too, and every page says it."""
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class Hard(Struct, frozen=True):
    """A hard word of this site."""

    words: str
    term: str = ""
    """Its id in the glossary, or ..."""
    instead: str = ""
    """... plain words for it."""


def unexplained_word(prose: Prose) -> Iterator[Problem]:
    """One problem a word, where it first stands."""
    known = prose.language
    if known is None or not known.explained or prose.page.source.layout == "glossary":
        return
    hard = hard_words(prose, known)
    told: set[str] = set()
    for sentence, start, written in uses(prose, tuple(hard)):
        one = hard[written.lower() if written.lower() in hard else written.lower()[:-1]]
        if one.words in told:
            continue
        told.add(one.words)
        if not explained(one, prose, known):
            hint = sentences(
                f"say {one.instead!r}" if one.instead else "",
                f"explain it where it first stands: [{written}](term:{one.term})"
                if one.term
                else "or say in the same sentence what it means",
            )
            message = f"{written!r} is not explained on this page"
            yield advice("unexplained-word", prose.place(sentence, start), message, hint)


def hard_words(prose: Prose, known: Language) -> Mapping[str, Hard]:
    """In lower case -> what is known of it."""
    book = dictionary(prose.page.source.lang)
    found = {words: Hard(words, instead=plain) for words, plain in known.jargon.items()}
    for id, entry in prose.site.glossary.items():
        words = entry.term.lower().replace("’", "'")
        rare = any(
            book is not None and book[part] < COMMON and part not in known.everyday
            for part in WORD.findall(words.replace("-", " "))
        )
        if rare and entry.term != entry.term.upper():
            found[words] = Hard(words, term=id, instead=known.jargon.get(words, ""))
    return found


def uses(prose: Prose, words: tuple[str, ...]) -> Iterator[tuple[Sentence, int, str]]:
    pattern = any_of(words)
    for sentence in prose.sentences:
        if sentence.kind in RUNNING:
            text = sentence.text.replace("’", "'")
            for match in pattern.finditer(text):
                yield sentence, match.start(), match[0]


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """The longest first: "whole-body cryotherapy" before "cryotherapy"."""
    ordered = sorted(words, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})s?(?![\w-])", re.I)


def explained(hard: Hard, prose: Prose, known: Language) -> bool:
    """By the glossary, by what the page is about, by a link, or in words."""
    page, word = prose.page, re.escape(hard.words)
    if hard.term and hard.term in page.converted.terms:
        return True
    terms = (prose.site.glossary[id].term.lower() for id in page.converted.terms)
    if any(hard.words in term or term in hard.words for term in terms):
        return True
    about = f"{page.title} {page.label} {page.source.name.replace('-', ' ')}".lower()
    if hard.words in about:
        return True
    if re.search(rf"\[[^\]\n]*{word}[^\]\n]*\]\(", prose.page.source.body, re.I):
        return True
    ways = [re.compile(way.format(word=word), re.I) for way in known.explained]
    return any(way.search(one.text) for way in ways for one in prose.sentences)
