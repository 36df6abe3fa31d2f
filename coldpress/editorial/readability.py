"""Page -> Reading: how hard its sentences are, and which are the hardest."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from coldpress.editorial.language import WORD, Language, language
from coldpress.editorial.masking import masked
from coldpress.editorial.prose import RUNNING, matter_sentences
from coldpress.model import Page
from coldpress.problems import Place
from coldpress.sentences import Sentence, body_sentences

HARDEST = 5
"""Sentences named."""
SHORT = 8
"""Words. The formulas were made for texts: of a few words they say nothing."""


class HardSentence(Struct, frozen=True):
    text: str
    place: Place
    words: int
    grade: float


class Reading(Struct, frozen=True):
    """`grade` in school years, `ease` from 0 to 100 (more is easier); both 0 when there is nothing
    to measure: no sentence, or a language without a word list."""

    words: int
    sentences: int
    grade: float
    ease: float
    hardest: tuple[HardSentence, ...]
    """The hardest first."""
    highest_grade: float = 0.0
    """What suits most readers, by the same formula."""


def reading(page: Page) -> Reading:
    """Of the running text: paragraphs, lists, summary and key points, no tables and no titles."""
    body = body_sentences(masked(page.source.body), page.source.path, page.source.body_line)
    found = (one for one in (*matter_sentences(page), *body) if one.kind in RUNNING)
    return reading_of(found, language(page.source.lang))


def reading_of(sentences: Iterable[Sentence], known: Language | None) -> Reading:
    rows = [(sentence, WORD.findall(sentence.text)) for sentence in sentences]
    rows = [(sentence, words) for sentence, words in rows if words]
    total = sum(len(words) for _, words in rows)
    if known is None or not rows:
        return Reading(total, len(rows), 0.0, 0.0, ())
    spoken = [spoken_of(words, known) for _, words in rows]
    hard = sorted(
        (
            HardSentence(
                sentence.text,
                sentence.place,
                len(words),
                round(known.grade.of(len(words), 1, syllables), 1),
            )
            for (sentence, words), syllables in zip(rows, spoken, strict=True)
            if len(words) >= SHORT
        ),
        key=lambda one: (-one.grade, one.place),
    )
    return Reading(
        words=total,
        sentences=len(rows),
        grade=round(known.grade.of(total, len(rows), sum(spoken)), 1),
        ease=round(known.ease.of(total, len(rows), sum(spoken)), 1),
        hardest=tuple(hard[:HARDEST]),
        highest_grade=known.highest_grade,
    )


def spoken_of(words: Iterable[str], known: Language) -> int:
    """Syllables. The parts of a compound are counted each; a number is one word of one."""
    parts = (part for word in words for part in word.replace("-", " ").replace("‑", " ").split())
    return sum(known.syllables(part) if part[0].isalpha() else 1 for part in parts)
