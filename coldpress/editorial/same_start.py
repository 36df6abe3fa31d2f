"""Prose -> sentences in a row that begin alike."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.editorial.language import Language
from coldpress.editorial.prose import Prose
from coldpress.problems import Place, Problem, advice
from coldpress.sentences import Sentence

ALIKE = 3
"""Sentences in a row."""
QUOTES = "\"'“”‘’(·"


def same_start(prose: Prose) -> Iterator[Problem]:
    """In paragraphs only: the items of a list should begin alike."""
    known = prose.language
    if known is None:
        return
    run: list[Sentence] = []
    for sentence in (*prose.sentences, Sentence("", Place(""), "heading")):
        start = beginning(sentence, known) if sentence.kind == "paragraph" else ""
        if run and start and start == beginning(run[0], known):
            run.append(sentence)
            continue
        if len(run) >= ALIKE:
            words = " ".join(run[0].text.split()[: len(beginning(run[0], known).split())])
            yield advice(
                "same-start",
                run[ALIKE - 1].place,
                f"{len(run)} sentences in a row begin with {words!r}",
                "begin one of them with another word, or make a list of them",
            )
        run = [sentence] if start else []


def beginning(sentence: Sentence, known: Language) -> str:
    """The first word; the first two when everything begins with that one."""
    words = [word.strip(QUOTES).lower() for word in sentence.text.split()[:2]]
    return " ".join(words if words and words[0] in known.starts else words[:1])
