"""effects.yaml -> the words an effect is claimed with: verbs and their forms, what they act on,
names of cold and of other care, hedges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coldpress.checks.claims.tables import read

FILE = Path(__file__).with_name("effects.yaml")
DOUBLED = frozenset({"cut", "stop"})
PAST = {"cut": "cut", "beat": "beat", "give": "gave", "bring": "brought", "take": "took",
        "fight": "fought", "find": "found"}  # fmt: skip
ALONE = frozenset({"soothe", "heal", "relieve", "calm"})
"""Verbs that claim an effect without naming its object: "Cold soothes." """
TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)?")
TURNS = re.compile(
    r"fades?|falls?|drops?|eases?|improves?|lessens?|settles?|shrinks?|goes|go|melts?|disappears?"
    r"|is|have|has|feels?|gets?|notice|are|works?|can|may|might|could|makes?|leaves?|keeps?"
)
"""The first words of the verbs in `falls`: it is not tried where none of them stands."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    forms: Mapping[str, tuple[str, str]]
    """A form of a verb -> the verb, and which form: base, s, past, ing."""
    plain: frozenset[str]
    needs: Mapping[str, re.Pattern[str]]
    targets: re.Pattern[str]
    vessels: re.Pattern[str]
    benefits: re.Pattern[str]
    cold: re.Pattern[str]
    care: re.Pattern[str]
    hedges: re.Pattern[str]
    likely: re.Pattern[str]
    objects: re.Pattern[str]
    """How a target or a vessel begins: behind a verb a text is cut, perhaps within a word."""
    falls: re.Pattern[str]
    """The other way round: "pain fades with cold", "relief from pain", "effective for migraine"."""


@cache
def lexicon() -> Lexicon:
    table = read(FILE)
    lists = {
        name: words.replace("| ", "|").strip()
        for name, words in table.items()
        if isinstance(words, str)
    }
    words = {name: re.compile(rf"\b(?:{found})\b") for name, found in lists.items()}
    forms = {
        form: (verb, kind)
        for verb in (*table["verbs"], *table["plain_verbs"])
        for form, kind in _forms(verb)
    }
    cold, targets, benefits = lists["cold"], lists["targets"], lists["benefits"]
    falls = (
        rf"\b(?:{targets})(?: \w+)? (?P<a>fades?|falls?|drops?|eases?|improves?|lessens?|settles?"
        rf"|shrinks?|goes"
        rf" down|go down|melts? away|disappears?|is reduced|is lower"
        rf"|is less)\b[^.;]{{0,30}}?\b(?:with|after"
        rf"|during|by|in) (?:\w+ ){{0,4}}?(?:{cold})\b"
        rf"|\b(?P<b>have|has|feel|feels|get|gets|notice) (?:\w+ )?(?:less (?:\w+ )?(?:{benefits})"
        rf"|(?:\w+ )?relief)\b"
        rf"[^.;]{{0,50}}?\b(?:after|with|from|during) (?:\w+ ){{0,4}}?(?:{cold})\b"
        rf"|\b(?:{cold})\b(?: \w+){{0,4}}? (?P<c>is|are|works?|can be|may be|might be"
        rf"|could be) (?:\w+ )?(?:(?:effective|good|great"
        rf"|helpful|useful|excellent) )?(?:for|against|in|on|at) (?:\w+ ){{0,4}}?(?:{benefits})\b"
        rf"|\b(?:{cold})\b(?: \w+){{0,4}}? (?P<e>is|are) (?:an?|the|your) (?:\w+ )?"
        rf"(?:great|good|effective|best|proven|perfect"
        rf"|natural|easy|simple|sure|gentle) (?:\w+ )?(?:way|tool|choice|option|remedy|method)"
        rf" (?:to|for|of) (?:\w+ ){{0,4}}?(?:{benefits})\b"
        rf"|\b(?:{cold})\b(?: \w+){{0,4}}? (?P<d>makes?|leaves?"
        rf"|keeps?) (?:\w+ ){{0,4}}?(?:less (?:sore|stiff|painful|swollen"
        rf"|tense)|looser|more mobile|calmer)\b"
    )
    return Lexicon(
        forms=forms,
        plain=frozenset(table["plain_verbs"]),
        needs={verb: re.compile(found) for verb, found in table["needs"].items()},
        objects=re.compile(f"{targets}|{lists['vessels']}"),
        falls=re.compile(falls),
        **{
            name: words[name]
            for name in ("targets", "vessels", "benefits", "cold", "care", "hedges", "likely")
        },
    )


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    stem = verb.removesuffix("e")
    stem += verb[-1] if verb in DOUBLED else ""
    yield verb, "base"
    yield verb + ("es" if verb.endswith(("sh", "x")) else "s"), "s"
    yield stem + "ing", "ing"
    if (past := PAST.get(verb, stem + "ed")) != verb:
        yield past, "past"
