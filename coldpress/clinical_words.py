"""The words that make a sentence clinical, and the shape by which a misspelt one is known.

A reviewer signs numbers, citations, grades and these words in their order. A word that is not here
may be put otherwise without a new review. Adding a word here makes every sign-off of a page that
uses it void: that is meant, and tests/test_clinical.py holds one digest still so that it is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from string import ascii_lowercase

EFFECTS = """
ache affect aid alleviate approve avoid benefit block boost burn calm cause claim clear cool cure
damage decrease delay detox ease enhance fade fail faint fix flush freeze guarantee harm heal heat
help hurt improve increase injure last limit lower mask measure narrow numb prevent promote protect
prove raise recommend recover reduce relax release relieve remove repair replace rest restore
reverse show slow soothe speed start stop strengthen stretch suggest support swell test tighten
treat trigger vary warm warn weaken widen work worsen
"""
"""Verbs: every form counts, and a change of tense is a change."""

STRENGTH = """
no not never none nor neither nobody nothing without hardly barely rarely seldom only except unless
almost nearly always often usually sometimes all every each any some both most many few several
little much can could may might must need shall should will would probably likely unlikely possibly
perhaps clearly clear unclear certain uncertain sure definitely strong strongly weak weakly
moderate moderately limited conflicting insufficient mixed proven unproven significant
significantly worthwhile small medium large big minor major mild severe strongest long longer
longest short shorter brief briefly temporary temporarily lasting permanent permanently same
different more less least fewer better best worse worst high higher low lowest highest safe safely
unsafe danger dangerous risky free against before after during until while
"""

AMOUNTS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen eighteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
half third quarter fifth tenth double triple twice once dozen fold percent second minute hour day
week month year degree celsius fahrenheit point scale mm cm kg mg ml mmhg average pooled total
"""

SUBJECTS = """
pain painful sore soreness stiff stiffness swelling swollen inflammation inflammatory numbness
mobility movement function strength sleep mood fatigue stress anxiety depression circulation blood
flow pressure heart healing recovery disability disease activity relief effect risk injury
frostbite blister infection fever evidence trial study studies review placebo sham guideline
control comparison outcome marker norepinephrine endorphin breathing oxygen asphyxia
arthritis osteoarthritis rheumatoid gout fibromyalgia migraine headache neuropathic neuropathy
nerve diabetes back neck knee hip hand foot ankle shoulder muscle strain joint skin tissue cancer
pregnancy pregnant raynaud hives urticaria asthma stroke pacemaker hypertension chronic acute
ice pack gel massage bath water immersion chamber cryosauna cryotherapy nitrogen whole body local
device session cold cloth barrier air home
people person women woman men man child children athlete player patient volunteer healthy adult
older younger doctor clinician physiotherapist emergency medicine medication drug exercise
prescribed prescription surgery ambulance fda
"""

IRREGULAR = """
rise rises rose risen fall falls fell fallen find found feel felt swam froze frozen shown kept
become became becomes injuries doubled halved led spread began begun grew
grown took taken gave given lost withstood bled
"""

NEUTRAL = """
there spot spots lots stating selling clauses freeing freezer freezers trail trails seeding
smoothing remover cols triplet triplets severed patents clothes excerpt mods waiters sped
"""
"""Good words that are one slip away from one above."""

PLAIN = """
the and for are you your yours has have had its our was were this that these those with from them
they then than into onto also who how what when where which there here been being does did doing
but such about over under
"""
"""Words that carry nothing even in a warning, where every other word counts."""

UNSAID = frozenset(PLAIN.split())

DOUBLED = frozenset({"stop"})
LONG = 7
"""Letters from which a missing or an added one still leaves no doubt about the word."""


def forms(verb: str) -> Iterator[tuple[str, str]]:
    """Each form and what it counts as: `reduces` as `reduce`, `reduced` as itself."""
    stem = verb[:-1] if verb.endswith("e") else verb + verb[-1] * (verb in DOUBLED)
    yield verb, verb
    yield (f"{verb}es" if verb.endswith(("sh", "ch", "x", "ss")) else f"{verb}s"), verb
    yield f"{stem}ed", f"{stem}ed"
    yield f"{stem}ing", f"{stem}ing"
    if verb.endswith("y"):
        yield f"{verb[:-1]}ies", verb
        yield f"{verb[:-1]}ied", f"{verb[:-1]}ied"


def plurals(word: str) -> Iterator[tuple[str, str]]:
    yield word, word
    yield f"{word}s", word


def shape(word: str) -> str:
    """Of a word that is on no list: equal for `blister`, `blisetr` and `blisster`."""
    single = re.sub(r"(.)\1", r"\1", word)
    return word[0] + "".join(sorted(single))


def known(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Word -> what it counts as; the first to name a word has it."""
    table: dict[str, str] = {}
    for word, label in pairs:
        table.setdefault(word, label)
    return table


CLAIMS = known(
    chain(
        ((word, word) for word in (STRENGTH + IRREGULAR).split()),
        chain.from_iterable(map(plurals, (AMOUNTS + SUBJECTS).split())),
        chain.from_iterable(map(forms, EFFECTS.split())),
        ((word, "") for word in NEUTRAL.split()),
    )
)


@lru_cache(maxsize=10_000)
def counts_as(word: str) -> str:
    """A lower-case word -> the claim word it is, or is a slip of; nothing when it is neutral."""
    if word in CLAIMS:
        return CLAIMS[word]
    meant = (CLAIMS[other] for other in slips(word) if other in CLAIMS) if len(word) > 3 else ()
    return next(filter(None, meant), "")


def slips(word: str) -> Iterator[str]:
    """What a misspelt word may have been. The first letter is always right; a wrong letter for a
    right one is no slip: `prevent` and `present` are two words."""
    for n in range(1, len(word)):
        head, tail = word[:n], word[n:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail[0] == head[-1]:
            yield head + tail[1:]
        yield head + head[-1] + tail
        if len(word) >= LONG:
            yield head + tail[1:]
            yield from (head + letter + tail for letter in ascii_lowercase)
