"""tests/labelled/<language>/*.tsv -> what the claims rules say about each sentence, and how often
rightly.

A line: label (a rule, or `ok`), where it stands, the sentence. Where: `body` (a guide), `home`,
`condition/arthritis`, `method/ice-pack`, `mechanism/numbness`, `title/FOLDER/NAME`, or `site` (a
slogan). Any hit on a sentence labelled with a rule counts as found; any hit on `ok` is false.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coldpress.checks.claims import judged
from coldpress.checks.claims.spots import Spot
from coldpress.config import load_config
from coldpress.load import load
from coldpress.model import Content
from coldpress.problems import Place
from coldpress.sentences import Sentence, body_sentences, sentences_in
from tests.sites import ROOT, options

FOLDER = Path(__file__).with_name("labelled")


@dataclass(frozen=True)
class Judged:
    label: str
    where: str
    text: str
    rules: frozenset[str]


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    wrong: tuple[Judged, ...]


@cache
def content() -> Content:
    return load(load_config(ROOT, None), options(ROOT))[0]


def spots_of(where: str, text: str, lang: str = "en") -> Iterator[Spot]:
    kind, _, name = where.partition("/")
    if kind in ("title", "description"):
        folder, _, name = name.partition("/")
        about = ((folder.removesuffix("s"), name),) if folder != "guides" else ()
        for one in sentences_in(text, Sentence("", Place("x.md"), kind)):
            yield Spot(one, "x", lang, about, citable=False)
    elif kind == "site":
        for one in sentences_in(text, Sentence("", Place("site.yaml"), "fact")):
            yield Spot(one, "site", lang, strict=True, citable=False, offer=True)
    else:
        about = ((kind, name),) if name else ()
        for one in body_sentences(text, "x.md", 1):
            yield Spot(one, "x", lang, about, strict=kind != "body")


def judge(name: str, lang: str = "en") -> tuple[Judged, ...]:
    known = content()
    found: list[Judged] = []
    for line in (FOLDER / lang / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        label, where, text = line.split("\t")
        hits = judged(spots_of(where, text, lang), known.references, known.findings)
        found.append(Judged(label, where, text, frozenset(problem.rule for _, problem in hits)))
    return tuple(found)


def score(name: str, lang: str = "en") -> Score:
    rows = judge(name, lang)
    found = [row for row in rows if row.rules and row.label != "ok"]
    cried = [row for row in rows if row.rules and row.label == "ok"]
    missed = [row for row in rows if not row.rules and row.label != "ok"]
    return Score(
        precision=len(found) / (len(found) + len(cried)),
        recall=len(found) / (len(found) + len(missed)),
        wrong=(*cried, *missed),
    )


def right_rule(name: str, lang: str = "en") -> float:
    """Of the violations that were found, how many under the rule they were labelled with."""
    found = [row for row in judge(name, lang) if row.rules and row.label != "ok"]
    return sum(row.label in row.rules for row in found) / len(found)
