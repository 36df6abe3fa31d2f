"""What a sentence's words are a sign of: no problem is missed for lack of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import force_setattr

from coldpress import shipped
from coldpress.checks.claims import judged
from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.lexicon import Entry, Lexicon, lexicon
from coldpress.checks.claims.numbers import words_of
from coldpress.checks.claims.phrases import candidates, index
from coldpress.checks.claims.selling import selling
from coldpress.checks.claims.signs import (
    BOOKING,
    COLD,
    EVERY,
    FIGURE,
    MEASURE,
    MULTIPLE,
    TARGET,
    VERB,
    signs_in,
    words_in,
)
from coldpress.checks.claims.spots import Spot
from coldpress.checks.claims.tables import FOLDER, joined, languages, read, table
from coldpress.checks.claims.words import RULES as WORD_RULES
from coldpress.problems import Place
from coldpress.sentences import Sentence, sentences_in
from tests.labelled_claims import FOLDER as LABELLED
from tests.labelled_claims import content, spots_of

ODD = ["coldé", "_cold_", "x'cold", "2cut", "painkillers", "100%", "59 °F", "p < 0.05", "ice-cold"]


def signs(text: str, lang: str = "en") -> int:
    return signs_in(text, words_in(text), lang)


def labelled(lang: str) -> list[tuple[str, str]]:
    lines = [
        line.split("\t")
        for file in sorted((LABELLED / lang).glob("*.tsv"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    return [(where, text) for _label, where, text in lines]


def shuffled(rows: list[tuple[str, str]], lang: str) -> Iterator[tuple[str, str]]:
    """Each sentence with the end of another, and words of the tables and odd ones thrown in."""
    chance = Random(7)
    tables = "\n".join(file.read_text(encoding="utf-8") for file in (FOLDER / lang).glob("*.yaml"))
    words = sorted(set(re.findall(r"[a-záéíóúñ']{2,}", tables))) + ODD * 20
    for (where, one), (_, other) in pairwise(rows):
        mixed = one.split()[: chance.randrange(9)] + other.split()[-chance.randrange(9) :]
        for _ in range(3):
            mixed.insert(chance.randrange(len(mixed) + 1), chance.choice(words))
        yield where, " ".join(mixed)


def all_signs(spot: Spot) -> Spot:
    force_setattr(spot, "signs", EVERY)
    return spot


@pytest.mark.parametrize("lang", sorted(languages()))
def test_a_pattern_that_is_not_tried_would_not_have_matched(lang: str) -> None:
    known, rows = content(), labelled(lang)
    sentences = [*rows, *shuffled(rows, lang)]
    problems = 0
    for where, text in sentences:
        spots = tuple(spots_of(where, text, lang))
        whole = tuple(map(all_signs, spots_of(where, text, lang)))
        found = [p for _, p in judged(spots, known.references, known.findings)]
        assert found == [p for _, p in judged(whole, known.references, known.findings)], text
        assert list(map(effects, spots)) == list(map(effects, whole)), text
        problems += len(found)
    assert problems > len(sentences) / 5, "the sentences are worth looking at"


def test_signs_are_seen_through_punctuation() -> None:
    assert signs("nothing to see here") == 0
    assert signs("(cold)") & COLD
    assert signs("it's'cold") & COLD
    assert signs("at 3 degrees") & FIGURE
    assert signs("it soothes") & VERB
    assert signs("it soothes") & TARGET, "this verb needs no object"
    assert not signs("it eases") & TARGET
    assert signs("painkillers") & TARGET, "behind a verb a text is cut: it may end in pain"


@pytest.mark.parametrize("text", ["a café", "snake_case"])
def test_where_words_are_not_plain_everything_is_tried(text: str) -> None:
    assert signs(text) == EVERY


@pytest.mark.parametrize("lang", sorted(languages()))
def test_targets_and_names_of_cold_are_single_words(lang: str) -> None:
    """A sign is looked for word by word."""
    for name in ("targets", "vessels", "cold"):
        assert " " not in joined(table(lang, "effects")[name])


def test_a_phrase_is_tried_for_its_cue_and_once() -> None:
    found = list(candidates(words_in("book now, book today and cure it"), "en", WORD_RULES))
    assert len(found) == len(set(found)) > 0
    assert "cure-claim" in {phrase.rule for phrase in found}
    assert not list(candidates(words_in("a quiet sentence"), "en", WORD_RULES))


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_pattern_of_the_tables_compiles(lang: str) -> None:
    phrases = {phrase for some in index(lang, WORD_RULES).values() for phrase in some}
    assert len(phrases) > 150
    for phrase in phrases:
        assert phrase.pattern.groups >= 0
        assert (phrase.needs is None) == ("with" not in phrase.row)
        assert (phrase.unless is None) == ("unless" not in phrase.row)


def test_the_words_of_an_effect_are_read() -> None:
    words = lexicon("en")
    assert words.forms["easing"] == ("ease", "ing")
    assert words.forms["gave"] == ("give", "past")
    assert words.objects.match("painkillers")


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_entry_is_a_pattern(lang: str) -> None:
    """Each is compiled when it is first asked for: a slip in one would show on some page only."""
    words = lexicon(lang)
    names = [name for name, one in vars(Lexicon).items() if isinstance(one, Entry)]
    found = [getattr(words, name) for name in names] + [words.objects, words.falls]
    found += [words.needs(verb) for verb in words.rows["needs"]]
    found += [words.not_of(verb) for verb in words.rows["not_of"]]
    assert len(names) == 20
    assert all(isinstance(one, re.Pattern) for one in found)
    assert words.needs("no such verb") is None
    said = [one for form in words.rows["said"] for one in words.said(form)]
    assert {one.strength for one in said} >= {"flat", "able", None}


def test_a_table_that_is_a_list_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "PACKAGE", tmp_path)
    monkeypatch.setattr(shipped, "KEPT", tmp_path / "kept")
    (tmp_path / "x.yaml").write_text("- a\n")
    with pytest.raises(TypeError, match="not a table"):
        read(tmp_path / "x.yaml")


def test_a_text_that_cannot_be_folded_in_place_keeps_its_length() -> None:
    (one,) = sentences_in("İce “CURES”", Sentence("", Place("x"), "paragraph"))
    spot = Spot(one, "x", "en")
    assert len(spot.text) == len(one.text)
    assert spot.signs == EVERY


@pytest.mark.parametrize(
    ("sign", "pattern", "texts"),
    [
        (
            BOOKING,
            selling("en").offer,
            "book|reserve|schedule|sign up|call now|call us|call today|make an appointment"
            "|get started|buy|claim your|join us|visit us|come in|come see us|your session"
            "|your first session|your appointment",
        ),
        (
            MULTIPLE,
            words_of("en").times,
            "twice as likely|three times as often|two times as much|half as many|4 times as likely"
            "|halved the risk|doubled the odds|tripled the rate|cut in half the pain",
        ),
        (
            MEASURE,
            words_of("en").statistic,
            "smd|standardised mean difference|standardized mean difference|95% ci|ci|odds ratio"
            "|confidence interval|risk ratio|hazard ratio|i²|nnt|p < .05|p=0.01",
        ),
    ],
    ids=["an offer", "a multiple", "a measure"],
)
def test_each_way_to_say_it_has_its_sign(sign: int, pattern: re.Pattern[str], texts: str) -> None:
    for text in texts.split("|"):
        assert pattern.fullmatch(text), text
        assert signs(text) & sign, text


@pytest.mark.parametrize(
    ("sign", "pattern", "texts"),
    [
        (
            BOOKING,
            selling("es").offer,
            "reserve|agende|programe|aparte su|inscríbase|llame ahora|llámenos|haga su cita"
            "|pida una cita|saque su cita|compre|venga|visítenos|empiece hoy|aproveche"
            "|su primera sesión|su cita|escríbanos",
        ),
        (
            MULTIPLE,
            words_of("es").times,
            "3 veces más probable|dos veces más rápido|el doble de probable|el triple de alivio"
            "|redujo el dolor a la mitad|la mitad del dolor|duplica el riesgo",
        ),
        (
            MEASURE,
            words_of("es").statistic,
            "smd|dme|diferencia de medias estandarizada|95% ic|ic|intervalo de confianza"
            "|razón de momios|riesgo relativo|cociente de riesgos|odds ratio|i²|nnt|p < .05",
        ),
    ],
    ids=["an offer", "a multiple", "a measure"],
)
def test_each_way_in_spanish_too(sign: int, pattern: re.Pattern[str], texts: str) -> None:
    for text in map(folded, texts.split("|")):
        assert pattern.fullmatch(text), text
        assert signs(text, "es") & sign, text


@pytest.mark.parametrize("lang", sorted(languages()))
def test_a_phrase_is_tried_where_it_would_match(lang: str) -> None:
    phrases = {phrase for some in index(lang, WORD_RULES).values() for phrase in some}
    for _where, text in labelled(lang):
        words = folded(text)
        tried = set(candidates(words_in(words), lang, WORD_RULES))
        assert {one for one in phrases if one.find(words)} <= tried, text
