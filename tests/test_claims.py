"""The claims rules: exact words, where they look, what they let pass, how often they are right."""

from __future__ import annotations

import csv
import dataclasses
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

import pytest

from coldpress.checks.claims import RULES, claims, judged
from coldpress.checks.claims.effects import effects
from coldpress.checks.claims.excuses import excused
from coldpress.checks.claims.folding import folded
from coldpress.checks.claims.kinds import kinds_in
from coldpress.checks.claims.phrases import index
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
    ("name", "precision", "recall"),
    [("held-out", 0.95, 0.85), ("tuning", 0.97, 0.95), ("later", 0.97, 0.95)],
)
def test_precision_and_recall_on_labelled_sentences(
    name: str, precision: float, recall: float
) -> None:
    found = score(name)
    assert found.precision >= precision, [row for row in found.wrong if row.label == "ok"]
    assert found.recall >= recall, [row for row in found.wrong if row.label != "ok"]


def test_what_is_found_is_found_under_its_own_rule() -> None:
    assert right_rule("held-out") >= 0.9


def test_the_two_halves_share_no_sentence_and_hold_every_rule() -> None:
    tuning, held_out = judge("tuning"), judge("held-out")
    assert len(tuning) + len(held_out) >= 300
    assert not {row.text for row in tuning} & {row.text for row in held_out}
    assert {row.label for row in tuning} == {row.label for row in held_out} == {*RULES, "ok"}


# --------------------------------------------------------------------------- what is let pass


def rules_of(text: str, where: str = "body") -> set[str]:
    known = content()
    return {p.rule for _, p in judged(spots_of(where, text), known.references, known.findings)}


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
        ({"site.yaml": sites.SITE_YAML + "  label: Book a miracle\n"}, "site.yaml:6"),
        ({"site.yaml": sites.SITE_YAML + "tagline: A miracle\n"}, "site.yaml:6"),
        ({"site.yaml": sites.SITE_YAML + "disclaimer: A miracle.\n"}, "site.yaml:6"),
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
    french = dataclasses.replace(site, lang="fr")
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
    started = perf_counter()
    count = len(judge("tuning"))
    assert (perf_counter() - started) / count < 0.001


def test_a_very_long_sentence_takes_no_longer_than_it_must() -> None:
    started = perf_counter()
    rules_of("Cold water and ice and cold packs may not " + "really ease my sore pain and " * 400)
    assert perf_counter() - started < 2
