"""The claims rules: exact words, where they look, what they let pass, how often they are right."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from time import process_time

import pytest
from msgspec.structs import replace

from coldpress.checks.claims import RULES, claims, judged
from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.kinds import kinds_in
from coldpress.checks.claims.phrases import index
from coldpress.checks.claims.spots import site_spots
from coldpress.checks.claims.table import evidence_csv
from coldpress.checks.claims.tables import languages, vocabulary
from coldpress.checks.claims.words import RULES as WORD_RULES
from coldpress.cli import main
from coldpress.pipeline import gather
from coldpress.problems import Place, errors_in
from coldpress.sentences import Sentence
from tests import sites
from tests.checkcases import case_files, expected_and_said
from tests.labelled_claims import content, judge, right_rule, score, spots_of

ALL = {*RULES, "allowed-claim", "expired-allowance", "unused-allowance"}


@pytest.mark.parametrize("path", case_files("claims"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, ALL)
    assert said == expected


def test_every_rule_has_a_case() -> None:
    cases = "".join(path.read_text(encoding="utf-8") for path in case_files("claims"))
    assert not [rule for rule in ALL if f"[{rule}]" not in cases]


# --------------------------------------------------------------------------- how often right


@pytest.mark.parametrize(
    ("lang", "name", "precision", "recall"),
    [
        ("en", "held-out", 0.95, 0.85),
        ("en", "tuning", 0.97, 0.95),
        ("en", "later", 0.97, 0.95),
        ("es", "held-out", 0.97, 0.94),
        ("es", "tuning", 0.98, 0.97),
        ("es", "later", 0.97, 0.93),
    ],
)
def test_precision_and_recall_on_labelled_sentences(
    lang: str, name: str, precision: float, recall: float
) -> None:
    found = score(name, lang)
    assert found.precision >= precision, [row for row in found.wrong if row.label == "ok"]
    assert found.recall >= recall, [row for row in found.wrong if row.label != "ok"]


@pytest.mark.parametrize("lang", sorted(languages()))
def test_what_is_found_is_found_under_its_own_rule(lang: str) -> None:
    assert right_rule("held-out", lang) >= 0.9


@pytest.mark.parametrize("lang", sorted(languages()))
def test_the_two_halves_share_no_sentence_and_hold_every_rule(lang: str) -> None:
    tuning, held_out = judge("tuning", lang), judge("held-out", lang)
    assert len(tuning) + len(held_out) >= 300
    assert not {row.text for row in tuning} & {row.text for row in held_out}
    assert {row.label for row in tuning} == {row.label for row in held_out} == {*RULES, "ok"}


# --------------------------------------------------------------------------- what is let pass


def rules_of(text: str, where: str = "body", lang: str = "en") -> set[str]:
    known = content()
    spots = spots_of(where, text, lang)
    return {p.rule for _, p in judged(spots, known.references, known.findings)}


@pytest.mark.parametrize(
    "text",
    [
        "No study shows that cold cures arthritis.",
        "Does cold cure arthritis?",
        'Never write "cures arthritis" in an advert.',
        "Studies looked at whether cold cures arthritis.",
        "Some adverts say that cold cures arthritis.",
        "That cold cures arthritis has not been shown.",
        "We will not say:\n\n- cold cures arthritis",
        "## Signs to walk away\n\n- Cold cures arthritis.",
        '::: will-not "It will not"\n- cure arthritis\n:::',
    ],
)
def test_what_is_denied_asked_quoted_or_reported_is_no_claim(text: str) -> None:
    assert not rules_of(text) & {"cure-claim", "effect-without-citation"}


@pytest.mark.parametrize(
    "text",
    [
        "Ningún estudio muestra que el frío cure la artritis.",
        "No se ha demostrado que el frío cure la artritis.",
        "No sabemos si el frío cura la artritis.",
        "¿El frío cura la artritis?",
        "Nunca escriba “cura la artritis” en un anuncio.",
        "Nunca escriba «cura la artritis» en un anuncio.",
        "Los estudios observaron si el frío cura la artritis.",
        "Algunos anuncios dicen que el frío cura la artritis.",
        "Se dice a menudo que el frío cura la artritis.",
        "Que el frío cure la artritis no se ha demostrado.",
        "Es falso que el frío cure la artritis.",
        "Lo que no diremos nunca:\n\n- el frío cura la artritis",
        "## Señales de alerta: aléjese\n\n- El frío cura la artritis.",
        '::: will-not "Lo que no hará"\n- curar la artritis\n:::',
    ],
)
def test_the_same_in_spanish(text: str) -> None:
    assert not rules_of(text, lang="es") & {"cure-claim", "effect-without-citation"}


@pytest.mark.parametrize(
    "text",
    [
        "El frío cura la artritis.",
        "El frío no solo calma, sino que cura la artritis.",
        "¿Listo para curar su artritis?",
        "Sin duda alguna, el frío cura la artritis.",
        "Si le duele, el frío cura la artritis.",
        "El frío sí cura la artritis.",
        "No espere más: el frío cura la artritis.",
        "“El frío curó mi artritis”, dice Ana.",
        "¿Duele? No. El frío cura la artritis.",
    ],
)
def test_what_only_looks_like_an_excuse_is_none_in_spanish(text: str) -> None:
    assert rules_of(text, lang="es") & {"cure-claim", "outcome-testimonial"}


@pytest.mark.parametrize(
    ("text", "surely"),
    [
        ("El frío alivia el dolor.", "flat"),
        ("EL FRIO ALIVIA EL DOLOR.", "flat"),
        ("Las compresas frías alivian el dolor.", "flat"),
        ("El hielo le calmará los dolores.", "flat"),
        ("El frío ayuda a aliviarle el dolor.", "flat"),
        ("Deje que el frío alivie su dolor.", "flat"),
        ("El frío es capaz de quitarle el dolor.", "able"),
        ("El frío probablemente alivia el dolor.", "likely"),
        ("El hielo suele bajar la hinchazón.", "likely"),
        ("El frío probablemente hace más lentas las señales y atenúa el dolor.", "likely"),
        ("El frío puede aliviar el dolor.", "hedged"),
        ("El frío podría aliviarle el dolor.", "hedged"),
        ("El frío aliviaría el dolor.", "hedged"),
        ("Los estudios sugieren que el frío reduce el dolor.", "hedged"),
        ("El hielo redujo el dolor.", "measured"),
        ("El dolor baja con el frío.", "flat"),
        ("Con hielo, el dolor se alivia.", "flat"),
        ("La gente siente menos dolor después de una sesión.", "flat"),
        ("El frío es eficaz contra la migraña.", "flat"),
    ],
)
def test_how_surely_a_spanish_sentence_says_it(text: str, surely: str) -> None:
    (spot,) = spots_of("body", text, "es")
    assert surely in {effect.strength for effect in effects(spot)}


@pytest.mark.parametrize(
    "text",
    [
        "Use el frío para aliviar el dolor.",
        "Pida ayuda si el dolor no baja.",
        "La espalda baja duele con el frío.",
        "El ejercicio alivia el dolor.",
        "Después del frío, el ejercicio alivia el dolor.",
        "El frío no alivia el dolor.",
        "No sabemos si el frío alivia el dolor.",
        "Cómo podría aliviar el frío el dolor.",
        "Los médicos tratan el dolor con medicinas.",
    ],
)
def test_what_claims_no_effect_in_spanish(text: str) -> None:
    (spot,) = spots_of("body", text, "es")
    assert not effects(spot)


def test_a_hint_for_a_spanish_sentence_gives_spanish_words() -> None:
    known = content()
    text = "El frío baja la inflamación en las articulaciones [@klemm2022]."
    spots = tuple(spots_of("mechanism/inflammation", text, "es"))
    hints = {p.rule: p.hint for _, p in judged(spots, known.references, known.findings)}
    assert "podría" in (hints["stronger-than-grade"] or "")
    assert "los estudios no coinciden" in (hints["shaky-mechanism"] or "")


def test_words_of_a_translation_are_shown_in_their_own_file() -> None:
    site, _advice = gather(sites.options(sites.ROOT))
    (spanish,) = (one for one in site.editions if one.lang == "es")
    found = {spot.sentence.place.path for spot in site_spots(spanish) if "." in spot.owner}
    assert found
    assert all(path.endswith(".es.yaml") for path in found)


@pytest.mark.parametrize(
    "text",
    [
        "Cold cures arthritis.",
        "Not only does cold ease pain, it cures arthritis.",
        "Ready to cure your arthritis?",
        "No doubt about it: cold cures arthritis.",
        "If you hurt, cold cures arthritis.",
        "“Cold cured my arthritis,” says Ann.",
    ],
)
def test_what_only_looks_like_an_excuse_is_none(text: str) -> None:
    assert rules_of(text) & {"cure-claim", "outcome-testimonial"}


def test_folding_keeps_every_offset() -> None:
    text = "It’s “Cold” – ﬁne İce"
    assert len(folded(text)) == len(text)
    sentence = Sentence(text, Place("x.md"), "paragraph")
    assert not excused(sentence, folded(text), 0, 4, "en")


# --------------------------------------------------------------------------- where it looks


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"content/guides/x.md": sites.page("The miracle of cold")}, "content/guides/x.md:2"),
        ({"content/guides/x.md": sites.page("Cold", label="A miracle")}, "content/guides/x.md:4"),
        (
            {"content/guides/x.md": sites.page("Cold", urgent="{title: A miracle}")},
            "content/guides/x.md:4",
        ),
        (
            {"content/guides/x.md": sites.page("Cold", "## A miracle\n\nWords.")},
            "content/guides/x.md:6",
        ),
        ({"site.yaml": sites.SITE_YAML + "  label: Book a miracle\n"}, "site.yaml:7"),
        ({"site.yaml": sites.SITE_YAML + "tagline: A miracle\n"}, "site.yaml:7"),
        ({"site.yaml": sites.SITE_YAML + "disclaimer: A miracle.\n"}, "site.yaml:7"),
        (
            {"templates/strings/en.yaml": "book_title: A miracle\n"},
            "templates/strings/en.yaml:1",
        ),
        (
            {"content/data/glossary.yaml": "cold:\n  term: Cold\n  definition: A miracle.\n"},
            "content/data/glossary.yaml:3",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_are_judged_wherever_they_reach_a_reader(
    files: dict[str, str], place: str, tmp_path: Path
) -> None:
    found = sites.problems(sites.write(tmp_path, files))
    assert place in {f"{p.path}:{p.line}" for p in found if p.rule == "empty-praise"}


def test_a_slogan_must_not_claim_an_effect_at_all(tmp_path: Path) -> None:
    site = sites.write(tmp_path, {"site.yaml": sites.SITE_YAML + "tagline: Relief that lasts\n"})
    assert "effect-without-citation" in {p.rule for p in errors_in(sites.problems(site))}


@pytest.mark.parametrize("lang", sorted(languages()))
def test_every_pattern_of_the_tables_can_be_read(lang: str) -> None:
    assert vocabulary(lang)
    assert {phrase.rule for rows in index(lang, WORD_RULES).values() for phrase in rows} == {
        *WORD_RULES
    }


def test_a_language_without_words_is_told_and_never_judged() -> None:
    site, _advice = gather(sites.options(sites.ROOT))
    french = replace(site, lang="fr")
    (told,) = (p for p in claims(french) if p.rule == "unjudged-language")
    assert (told.path, told.level) == ("site.yaml", "advice")
    known = content()
    spots = tuple(spots_of("site", "Ice cures arthritis and eases pain.", "fr"))
    assert not list(judged(spots, known.references, known.findings))
    assert not any(spot.signs or effects(spot) for spot in spots)
    assert not kinds_in("an ice pack", "fr")


# --------------------------------------------------------------------------- the real site


def lines_of(text: str) -> Iterable[dict[str, str]]:
    return csv.DictReader(text.splitlines())


def test_the_table_has_a_row_for_every_claim_with_its_line() -> None:
    site, _advice = gather(sites.options(sites.ROOT))
    rows = list(lines_of(evidence_csv(site)))
    assert len(rows) > 300
    for row in rows:
        text = (sites.ROOT / row["file"]).read_text(encoding="utf-8")
        assert int(row["line"]) <= text.count("\n") + 1
    assert {row["grade"] for row in rows} >= {"limited", "moderate", "conflicting", "insufficient"}
    assert all(row["references"] for row in rows if row["cites"] == "here")


def test_the_table_is_printed_or_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claim = sites.page("Cold", "Cold eases pain.\n\n=Cold eases pain.")
    site = str(sites.write(tmp_path / "site", {"content/guides/x.md": claim}))
    assert main(["evidence", "--source", site]) == 0
    printed = capsys.readouterr().out
    first, second = lines_of(printed)
    assert (first["sentence"], first["said how surely"]) == ("Cold eases pain.", "flat")
    assert (first["cites"], first["line"]) == ("nothing", "6")
    assert second["sentence"].startswith("'="), "no formula for a spreadsheet"
    assert main(["evidence", "--csv", str(tmp_path / "e.csv"), "--source", site]) == 0
    assert (tmp_path / "e.csv").read_text(encoding="utf-8").splitlines() == printed.splitlines()


def test_a_sentence_takes_less_than_a_millisecond() -> None:
    judge("tuning")  # patterns are compiled once
    started = process_time()
    count = len(judge("tuning"))
    assert (process_time() - started) / count < 0.001


def test_a_very_long_sentence_takes_no_longer_than_it_must() -> None:
    started = process_time()
    rules_of("Cold water and ice and cold packs may not " + "really ease my sore pain and " * 400)
    assert process_time() - started < 2
