"""words of a sentence -> whether they are said, or only asked, denied, quoted or reported.

A marketer stops reading a tool that cries wolf. A sentence that says what cold does *not* do, that
asks, that warns of an advert or that tells what a study looked at is honest, whatever its words.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.tables import filled, patterns, table, vocabulary
from coldpress.sentences import Sentence

QUOTES = re.compile(r"\"[^\"]{1,200}\"")
CUT = ";:!?¿¡–—."
"""A clause ends at one of these, and what follows is another one."""
ASKED = "¿"


class Excuses(Struct, frozen=True):
    """excuses.yaml of a language; what each is for stands there."""

    sales_question: re.Pattern[str]
    denial: re.Pattern[str]
    not_a_denial: re.Pattern[str]
    unsure: re.Pattern[str]
    studied: re.Pattern[str]
    reported: re.Pattern[str]
    warned: re.Pattern[str]
    afterwards: re.Pattern[str]
    mention: re.Pattern[str]
    taken_back: re.Pattern[str]
    first_person: re.Pattern[str]
    negative_lead: re.Pattern[str]
    boundary: re.Pattern[str]


@cache
def excuses(lang: str) -> Excuses:
    rows, lists = table(lang, "excuses"), vocabulary(lang)
    found = patterns(lang, "excuses")
    conjunctions, after_comma = found.pop("conjunctions"), found.pop("after_comma")
    boundary = rf"[;:!?¿¡–—]|\.\s|{conjunctions.pattern}|,\s+{after_comma.pattern[2:]}"
    afterwards = rf"[^.;:]{{0,60}}?{found['afterwards'].pattern}"
    found |= {
        "sales_question": re.compile(rf"\W*(?:{filled(rows['sales_question'], lists)})\b"),
        "afterwards": re.compile(afterwards),
        "boundary": re.compile(boundary),
    }
    return Excuses(**found)


def clause_before(text: str, start: int, lang: str) -> str:
    """What stands before `start` in its own clause."""
    begin = 0
    for boundary in excuses(lang).boundary.finditer(text, 0, start):
        begin = boundary.end() if boundary[0][0] in CUT else boundary.start() + 1
    return text[begin:start]


def excused(
    sentence: Sentence, text: str, start: int, end: int, lang: str, *, quotes_count: bool = False
) -> bool:
    """Whether text[start:end] is not claimed. `text` is the sentence's, folded."""
    words = excuses(lang)
    if honest_question(text, lang, start) or introduced_as_untrue(sentence, words):
        return True
    if words.taken_back.search(text) or (not quotes_count and quoted(text, start, end, words)):
        return True
    before = clause_before(text, start, lang)
    return (
        denied(before, lang)
        or reported(text[:start], before, words)
        or bool(words.afterwards.match(text, end))
    )


def denied(before: str, lang: str) -> bool:
    words = excuses(lang)
    if not words.denial.search(before):
        return False
    return bool(words.denial.search(words.not_a_denial.sub(" ", before)))


def reported(sentence_before: str, clause: str, words: Excuses) -> bool:
    """Told of others, or looked at by a study; `if` and `whether` reach no further than a comma."""
    near = clause.rpartition(",")[2]
    return bool(
        words.unsure.search(near)
        or words.studied.search(clause)
        or words.reported.search(sentence_before)
        or words.warned.search(sentence_before)
    )


def honest_question(text: str, lang: str, start: int | None = None) -> bool:
    """Where a language marks how a question begins, what stands before is not asked."""
    if not text.rstrip(" \"')").endswith("?"):
        return False
    asked = max(text.rfind(ASKED), 0)
    if start is not None and start < asked:
        return False
    return not excuses(lang).sales_question.match(text, asked)


def introduced_as_untrue(sentence: Sentence, words: Excuses) -> bool:
    """An item under "It will not", under "Signs to walk away", in a table of an advert's words."""
    if "will-not" in sentence.inside:
        return True
    if sentence.kind == "item" and words.negative_lead.search(folded(sentence.lead)):
        return True
    return sentence.kind in ("item", "cell") and bool(
        words.negative_lead.search(folded(sentence.section))
    )


def quoted(text: str, start: int, end: int, words: Excuses) -> bool:
    """Whether the words are mentioned, not used: in quotation marks, few or talked about."""
    for quote in QUOTES.finditer(text):
        if quote.start() < end and start < quote.end():
            around = text[: quote.start()] + text[quote.end() :]
            if words.mention.search(around):
                return True
            return len(quote[0].split()) <= 5 and not words.first_person.search(quote[0])
    return False
