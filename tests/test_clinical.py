"""What a medical reviewer signs: laws of the digest of the clinical text."""

from __future__ import annotations

import random
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from coldpress.clinical import clinical_digest, plain, words
from coldpress.clinical_words import CLAIMS, PLAIN, counts_as
from coldpress.evidence import weigh
from coldpress.model import Content, Evidence, Page, Route
from coldpress.schema import Finding, Key, Reference
from coldpress.yamltext import read
from tests import texts
from tests.test_evidence import FINDINGS, REFERENCES

TEXT = """\
A [chamber](../guides/cold-or-heat.md) stands in a quiet room near the garden.

Pain fell by **1.3 points** in 25 of 50 people after 10 minutes at −110 °C [@b2020].

## What it cannot do

Cold does not rebuild a joint, and relief seldom lasts longer than 2 hours [@a2019, p. 3].

| who | less pain |
| --- | --- |
| women | 12 |
| men | 30% |

:: finding weak

::: stop "Get help today if:"
- a joint turns hot, red or swollen
- you have a fever
:::

::: emergency "Call 911 now if you have:"
- chest pain or trouble breathing
:::
"""
PATH = texts.PATH


def evidence(findings: str = FINDINGS, references: str = REFERENCES) -> Evidence:
    records = read(references, "r.yaml", dict[Key, Reference])[0]
    graded = read(findings, "f.yaml", dict[Key, Finding])[0]
    content = Content((), {}, records, graded, {}, {}, ())
    return weigh(content)


EVIDENCE = evidence()
KNOWN = replace(
    texts.KNOWN, references=frozenset(EVIDENCE.references), findings=frozenset(EVIDENCE.findings)
)


def digest(text: str, known: Evidence = EVIDENCE, **fields: Any) -> str:
    source = texts.source(text, **fields)
    converted = texts.page(text, KNOWN, **fields)
    return clinical_digest(Page(source, Route("/x/", "x/index.html", ()), converted), known)


SIGNED = digest(TEXT)


def test_the_digest_of_a_text_stays_the_same_from_version_to_version() -> None:
    """Another digest voids every sign-off on every site: change this line only on purpose."""
    assert SIGNED == "ca88452119b1"


# ------------------------------------------------------------------- what needs no new review


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("quiet room near the garden", "sunny place beside our trees"),
        ("**1.3 points**", "1.3 points"),
        ("25 of 50 people after", "25 of 50 people, after"),
        ("does not rebuild", "doesn't rebuild"),
        ("−110 °C", "-110\u00a0°C"),
        ("## What it cannot do", "## What it can’t do"),
        ("seldom", "sledom"),
        ("swollen", "swolllen"),
        ("fever", "feverr"),
        ("breathing", "breathng"),
        ("cold-or-heat.md", "cold-or-heat.md#top"),
        ("joint, and relief", "joint.\n\nAnd relief"),
    ],
)
def test_what_a_clinician_need_not_see_again(old: str, new: str) -> None:
    assert old in TEXT
    assert digest(TEXT.replace(old, new, 1)) == SIGNED


def test_a_new_neutral_sentence_needs_no_review() -> None:
    assert digest(TEXT + "\nParking is behind the building; bring a towel.\n") == SIGNED


def slip(word: str, where: int, kind: str) -> str:
    """Two letters swapped, or one written twice; the first stays."""
    if kind == "doubled":
        return word[: where + 1] + word[where] + word[where + 1 :]
    return word[:where] + word[where + 1] + word[where] + word[where + 2 :]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_typo_never_changes_what_is_kept(data: st.DataObject) -> None:
    """In text, any word; the result must not be another word on the lists."""
    lines = [line for line in TEXT.splitlines() if re.match("[A-Z]", line)]
    line = data.draw(st.sampled_from(lines))
    found = data.draw(st.sampled_from(list(re.finditer(r"(?<![@\w/.-])[A-Za-z]{4,}\b", line))))
    word = found[0]
    where = data.draw(st.integers(1, len(word) - 2))
    written = slip(word, where, data.draw(st.sampled_from(["doubled", "swapped"])))
    if written.lower() in CLAIMS:
        return
    changed = line[: found.start()] + written + line[found.end() :]
    assert list(words(changed, False)) == list(words(line, False))


# ------------------------------------------------------------------- what always needs one


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Pain fell", "Pain rose"),
        ("fell by", "may have fallen by"),
        ("does not rebuild", "does rebuild"),
        ("seldom lasts", "lasts"),
        ("2 hours", "2 days"),
        ("−110 °C", "110 °C"),
        ("−110 °C", "−110 °F"),
        ("| 30% |", "| 30 |"),
        ("[@b2020]", "[@a2019]"),
        (" [@b2020]", ""),
        ("p. 3", "p. 4"),
        ("people", "women"),
        ("chamber", "cryosauna"),
        ("::: stop", "::: ask"),
        (":: finding weak", ":: finding torn"),
        (", red", ""),
        ("- you have a fever\n", ""),
        ("hot, red", "cold, red"),
        ("a fever", "a rash"),
        ("Call 911", "Call 112"),
    ],
)
def test_what_a_clinician_must_see_again(old: str, new: str) -> None:
    assert old in TEXT
    assert digest(TEXT.replace(old, new, 1)) != SIGNED


NUMBERS = list(re.finditer(r"(?<![\w@])\d+(?:\.\d+)?", TEXT))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(NUMBERS), st.decimals(0, 999, places=1))
def test_another_number_always_changes_it(found: re.Match[str], number: object) -> None:
    written = str(number).removesuffix(".0")
    if written == found[0] or "@" in TEXT[found.start() - 12 : found.start()]:
        return
    assert digest(TEXT[: found.start()] + written + TEXT[found.end() :]) != SIGNED


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(word for word in CLAIMS if CLAIMS[word])), st.integers(0, 10_000))
def test_a_claim_word_more_always_changes_it(word: str, seed: int) -> None:
    spots = [found.start() for found in re.finditer(r"(?<=[a-z,]) (?=[a-z])", TEXT)]
    at = random.Random(seed).choice(spots)
    kept = TEXT[:at] + f" {word}" + TEXT[at:]
    if re.search(r"\[[^\]]*$|::+ \w+$", TEXT[:at]):
        return
    assert digest(kept) != SIGNED


def test_numbers_that_change_places_change_it() -> None:
    assert digest(TEXT.replace("25 of 50", "50 of 25")) != SIGNED


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("grade: limited", "grade: moderate"),
        ("direction: supports", "direction: mixed"),
        ("references: [b2020], sentence: It may.", "references: [a2019], sentence: It may."),
        ("sentence: It may.", "sentence: It will."),
    ],
)
def test_another_grade_changes_the_pages_that_show_it(old: str, new: str) -> None:
    assert digest(TEXT, evidence(FINDINGS.replace(old, new, 1))) != SIGNED


def test_what_a_record_says_to_readers_is_part_of_the_text() -> None:
    told = REFERENCES.replace("verified_level: page}", "verified_level: page, in_short: It fell.}")
    assert digest(TEXT, evidence(references=told)) != SIGNED


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Cold cures arthritis"},
        {"description": "Cold takes 30 minutes to work."},
        {"summary": "It may help [@b2020]."},
        {"key_points": ("It may help.",)},
        {"urgent": {"title": "Go to a hospital if:", "items": ("you faint",)}},
        {"ratings": ({"label": "Overall", "finding": "torn"},)},
    ],
)
def test_the_front_matter_is_part_of_the_text(fields: dict[str, object]) -> None:
    source = texts.source(TEXT)
    matter = msgspec.convert({**msgspec.to_builtins(source.matter), **fields}, type(source.matter))
    converted = texts.page(TEXT, KNOWN, **{k: v for k, v in fields.items() if k in MARKDOWN})
    page = Page(replace(source, matter=matter), Route("/x/", "x/index.html", ()), converted)
    assert clinical_digest(page, EVIDENCE) != SIGNED


MARKDOWN = ("summary", "key_points")


def test_in_another_language_every_word_counts() -> None:
    source = replace(texts.source("El frío calma."), lang="es")
    other = replace(texts.source("El hielo calma."), lang="es")
    made = [
        clinical_digest(Page(one, Route("/", "x", ()), texts.page(one.body)), EVIDENCE)
        for one in (source, other)
    ]
    assert made[0] != made[1]


# ------------------------------------------------------------------- how words are read


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("1,000 people", ["1000", "people"]),
        ("10–15 minutes", ["10", "15", "minute"]),
        ("10-15 minutes", ["10", "15", "minute"]),
        ("at -10 °C", ["-10°C"]),
        ("p < 0.05", ["<", "0.05"]),
        ("It can't and cannot", ["can", "not", "can", "not"]),
        ("It reduces, it reduced", ["reduce", "reduced"]),
        ("They present to prevent", ["prevent"]),
        ("We sell; selling is no swelling", ["no", "swelling"]),
    ],
)
def test_words_kept(text: str, kept: list[str]) -> None:
    assert list(words(text, False)) == kept


def test_tags_inside_a_word_do_not_part_it_and_cells_do() -> None:
    assert plain('re<b>duces</b> <a href="x>y">it</a>').split() == ["reduces", "it"]
    assert plain("<td>1</td><td>2</td>").split() == ["1", "2"]
    assert plain("1 &lt; 2").split() == ["1", "<", "2"]


def test_words_that_say_nothing_are_not_claims() -> None:
    assert not set(PLAIN.split()) & {word for word in CLAIMS if CLAIMS[word]} - {"than"}


@pytest.mark.parametrize("word", ["there", "selling", "present", "spot", "trail"])
def test_good_words_are_not_taken_for_slips(word: str) -> None:
    assert counts_as(word) == ""
