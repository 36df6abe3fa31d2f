"""page + evidence -> the digest of its clinical text: what a medical reviewer signs.

What is kept, in the order of reading: numbers with their units, citations, grades and directions,
claim words (clinical_words.py), the kind of every care card, and in care cards every word. What is
not kept may change without a new review: spelling, punctuation, layout, links, neutral sentences.
A word counts by its first letter and the letters it has, so that swapped or doubled letters pass.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from coldpress.clinical_words import UNSAID, counts_as, shape
from coldpress.model import Call, Evidence, Page, Piece
from coldpress.schema import Finding, MethodMatter

DIGITS = 12
"""48 bits: enough against accident, short enough to read out."""

TOKEN = re.compile(
    r"""(?P<number>(?:(?<![\w)])[-−–](?=\d))?\d+(?:[.,]\d+)*(?:\s?(?:%|°\s?[CF]\b))?)
      | (?P<sign>[<>≤≥=±×])
      | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)""",
    re.VERBOSE,
)
TAG = re.compile(r"""</?([a-zA-Z0-9]+)[^<>"']*(?:"[^"]*"[^<>"']*)*>""")
INLINE = frozenset({"a", "abbr", "b", "em", "i", "mark", "s", "small", "span", "strong", "u"})
"""Tags that may stand inside a word."""

WARNINGS = frozenset({"ask", "warn", "stop", "emergency", "checklist"})
"""Boxes in which every word counts."""
BOXES = WARNINGS | {"limits", "may", "will-not", "tip"}
"""Boxes that say by their kind what their words mean."""
LOOKED_UP = frozenset({"condition", "id", "keys", "locators", "mechanism", "method", "source"})
LAYOUT = frozenset({"classes", "decorative", "focal", "folder", "height", "slot", "src", "width"})
"""Arguments of shortcodes that are not words on the page."""


def clinical_digest(page: Page, evidence: Evidence) -> str:
    """Twelve hexadecimal digits; equal when nothing changed that a clinician has to see."""
    kept = "\n".join(clinical_text(page, evidence))
    return hashlib.sha256(kept.encode()).hexdigest()[:DIGITS]


def clinical_text(page: Page, evidence: Evidence) -> Iterator[str]:
    """What the digest is made of, piece by piece."""
    # The words are English ones: in another language every word counts.
    every = page.source.lang != "en"
    yield from matter(page, evidence, every)
    for section in page.converted.sections:
        yield from flow(section.body, evidence, every)
    for key in sorted(page.converted.citations):
        record = evidence.references[key]
        yield f"@{key}"
        yield from words(f"{record.in_short or ''} {record.caution or ''}", every)


def matter(page: Page, evidence: Evidence, every: bool) -> Iterator[str]:
    fields = page.source.matter
    yield from words(f"{fields.title}. {fields.description}", every)
    for run in (page.converted.summary, *page.converted.key_points):
        yield from flow(run, evidence, every)
    for rating in fields.ratings:
        yield from words(rating.label, every)
        yield from graded(evidence.findings[rating.finding], every)
    if fields.urgent:
        yield "urgent"
        yield from words(" ".join((fields.urgent.title, *fields.urgent.items)), True)
    if isinstance(fields, MethodMatter):
        yield from words(f"{fields.temperature or ''} {fields.reaches or ''}", every)


def flow(pieces: Iterable[Piece], evidence: Evidence, every: bool) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Call):
            yield from call(piece, evidence, every)
        else:
            yield from words(plain(piece), every)


def call(one: Call, evidence: Evidence, every: bool) -> Iterator[str]:
    yield from (f"@{key}" for key in cited(one))
    yield from (f"@ {words}" for words in one.args.get("locators") or () if words)
    for id in findings_called(one, evidence):
        yield from graded(evidence.findings[id], every)
    inside = every or one.name in WARNINGS
    if one.name in BOXES:
        yield f"{one.name}:"
    shown = {name: value for name, value in one.args.items() if name not in LOOKED_UP | LAYOUT}
    yield from said(shown, inside)
    yield from flow(one.body, evidence, inside)
    if one.name in BOXES:
        yield f":{one.name}"


def said(value: object, every: bool) -> Iterator[str]:
    """The words in an argument: a title, or the rows of a chart."""
    if isinstance(value, str):
        yield from words(value, every)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from said(one, every)
    elif isinstance(value, Sequence):
        for one in value:
            yield from said(one, every)


def cited(one: Call) -> tuple[str, ...]:
    """Keys of the records a citation or a chart rests on."""
    if one.name == "chart":
        return (one.args["source"],)
    return tuple(one.args["keys"]) if one.name == "cite" else ()


def findings_called(one: Call, evidence: Evidence) -> Iterator[str]:
    """Ids of the findings a call shows."""
    if one.name == "finding":
        yield one.args["id"]
    if one.name == "findings":
        yield from sorted(evidence.fitting(one.args))


def graded(finding: Finding, every: bool) -> Iterator[str]:
    yield f"{finding.grade} {finding.direction} {finding.method or ''}"
    yield from (f"@{key}" for key in finding.references)
    yield from words(f"{finding.question} {finding.people or ''} {finding.sentence}", every)


def plain(html: str) -> str:
    """Words as read: `re<b>duces</b>` is one, two cells of a table are two."""
    return unescape(TAG.sub(lambda tag: "" if tag[1].lower() in INLINE else " ", html))


def words(text: str, every: bool) -> Iterator[str]:
    """What is kept of a text; `every` keeps neutral words too."""
    for token in TOKEN.finditer(unicodedata.normalize("NFC", text)):
        if token["number"]:
            yield number(token["number"])
        elif token["sign"]:
            yield token["sign"]
        else:
            yield from (kept for word in parts(token["word"]) if (kept := keep(word, every)))


def number(written: str) -> str:
    """1,000 as 1000; a minus is a minus however it was typed."""
    plain = re.sub(r"\s|,(?=\d{3}(?:\D|$))", "", written)
    return re.sub(r"^[−–]", "-", plain)


def parts(word: str) -> tuple[str, ...]:
    """Lower case; `can't` and `cannot` are `can` and `not`."""
    word = word.lower().replace("’", "'")
    if word in ("cannot", "can't"):
        return "can", "not"
    if word.endswith("n't"):
        return word.removesuffix("n't"), "not"
    return (word.partition("'")[0],)


def keep(word: str, every: bool) -> str:
    found = counts_as(word)
    if found or not every or len(word) < 3 or word in UNSAID:
        return found
    return shape(word)
