"""Prose -> words that stand twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coldpress.editorial.prose import Prose
from coldpress.problems import Problem, advice

TWICE = re.compile(r"\b([^\W\d_]+)\s+\1\b", re.IGNORECASE)


def doubled_word(prose: Prose) -> Iterator[Problem]:
    known = prose.language
    for sentence in prose.sentences:
        for found in TWICE.finditer(sentence.text):
            word = found[1]
            if known and word.lower() in known.repeats:
                continue
            again = found[0][len(word) :].strip()
            if word[0].isupper() and again[0].isupper():
                continue  # a name: Walla Walla
            if len(word) == 1 and word != again:
                continue  # a letter and a word: "de la A a la C"
            yield advice(
                "doubled-word",
                prose.place(sentence, found.start()),
                f"{word!r} stands here twice",
                "remove one of them",
            )
