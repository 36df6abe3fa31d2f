"""The editor's advice: exact words, places, ranks; how hard a text is; what a result shows."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from msgspec.structs import force_setattr

from coldpress.editorial import (
    RULES,
    House,
    advise,
    advise_site,
    house,
    lengths,
    rank,
    reading,
)
from coldpress.editorial.language import language
from coldpress.editorial.masking import masked
from coldpress.editorial.misspelled_word import dictionary, right
from coldpress.editorial.readability import reading_of
from coldpress.model import Page, Site
from coldpress.pipeline import gather
from coldpress.problems import Place, Problem
from coldpress.sentences import body_sentences
from coldpress.titles import width
from tests import sites
from tests.caselib import as_lines, read_case
from tests.checkcases import case_files

TEXT = "content/guides/index.md"
GOOD = "What cold air feels like, minute by minute, from the first step in to the warm room." + (
    " It is told for people who have never been there."
)


def gathered(folder: Path, files: dict[str, str]) -> tuple[Site, House]:
    root = sites.write(folder, files)
    return gather(sites.options(root))[0], house(root)[0]


def advice_on(folder: Path, files: dict[str, str]) -> list[Problem]:
    """On the pages among the files."""
    site, style = gathered(folder, files)
    return [
        problem
        for page in site.pages
        if page.source.path in files
        for problem in advise(page, site, style)
    ]


def text(body: str, **fields: str) -> dict[str, str]:
    return {TEXT: sites.page("A text to look at", body, **fields)}


# --------------------------------------------------------------------------- the exact words


@pytest.mark.parametrize("path", case_files("editorial"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    root = sites.write(tmp_path, case.files)
    site, (style, problems) = gather(sites.options(root))[0], house(root)
    said = [*problems]
    for page in site.pages:
        if page.source.path in case.files:
            said += advise(page, site, style)
    if path.stem.startswith("site-"):
        said += advise_site(site)
    assert as_lines(said) == case.problems


def test_every_rule_has_a_case() -> None:
    cases = "".join(path.read_text(encoding="utf-8") for path in case_files("editorial"))
    names = {*(rule.name for rule in RULES), "style-rule", "lonely-page"}
    assert not [name for name in names if f"[{name}]" not in cases]


def test_nothing_here_is_an_error(tmp_path: Path) -> None:
    site, style = gathered(tmp_path, text("Teh the the alot " * 200))
    found = [problem for page in site.pages for problem in advise(page, site, style)]
    assert {problem.level for problem in found} == {"advice"}


def test_a_page_of_good_length_and_with_everything_gets_no_advice(tmp_path: Path) -> None:
    body = "Read [more](index.md) or [elsewhere](https://example.org).\n\n" + "\n\n".join(
        f"## Part {part}\n\n"
        + "Cold air is dry. It feels sharp at first. Then it gets better. " * 4
        for part in range(12)
    )
    good = {"description": GOOD}
    files = {
        "content/guides/cold.md": sites.page(
            "Cold air", body + "\n\n| a | b |\n|---|---|\n", **good
        ),
        **text("Start."),
    }
    site, style = gathered(tmp_path, files)
    assert advise(site.by_id["guides/cold"], site, style) == ()


def test_the_name_of_the_site_is_no_matter_when_titles_are_short(tmp_path: Path) -> None:
    site, _ = gathered(tmp_path, text("Start."))
    assert list(advise_site(site)) == []


# --------------------------------------------------------------------------- rank


def test_rules_stand_in_the_order_of_their_ranks() -> None:
    assert [rule.rank for rule in RULES] == list(range(1, len(RULES) + 1))
    assert all(rule.reason for rule in RULES)
    assert rank("misspelled-word") == 1
    assert rank("broken-link") > rank("no-picture")


def test_advice_comes_by_rank_and_not_by_place(tmp_path: Path) -> None:
    found = advice_on(tmp_path, text("Fine words.\n\nThey are here.\n\nTeh end."))
    assert [problem.rule for problem in found] == ["misspelled-word", "description-length"]
    assert found[0].line > found[1].line


def test_the_same_advice_in_another_process(tmp_path: Path) -> None:
    site, style = gathered(tmp_path, {**text("Teh end."), "content/_style/a.yml": RULE})
    page = site.by_id["guides/index"]
    again: tuple[Page, House] = pickle.loads(pickle.dumps((page, style)))
    assert advise(again[0], site, again[1]) == advise(page, site, style) != ()


# --------------------------------------------------------------------------- places


RULE = "extends: existence\nmessage: \"'%s'\"\ntokens: [zebra]\n"


@pytest.mark.parametrize(
    "body",
    [
        "One **bold** `code` word [and](x.md) then zebra.",
        "- One item\n  that goes on with zebra",
        "> Quoted [@a] words\n> and zebra.",
        "| One | and **zebra** |\n|---|---|",
        '::: tip "Here is a zebra"\nYes.\n:::',
        "[A *zebra*](https://example.org/zebra) here.",
        "Https://example.org/zebra and \\* a zebra.",
    ],
)
def test_a_word_is_found_at_its_own_column(body: str, tmp_path: Path) -> None:
    files = {**text("Start.\n\n" + body.replace(" [@a]", "").replace("](x.md)", "](index.md)"))}
    (found,) = [
        problem
        for problem in advice_on(tmp_path, {**files, "content/_style/a.yml": RULE})
        if problem.rule == "house-style"
    ]
    line = files[TEXT].split("\n")[found.line - 1]
    assert line[found.column - 1 :].startswith("zebra")


def test_a_word_of_the_front_matter_is_told_at_its_field(tmp_path: Path) -> None:
    site, style = gathered(tmp_path, text("Text.", summary="Some teh words"))
    found = advise(site.by_id["guides/index"], site, style)[0]
    assert (found.rule, found.line, found.column) == ("misspelled-word", 4, 10)


# --------------------------------------------------------------------------- masking


def test_masking_moves_nothing() -> None:
    written = "A `b`\n\n```\nc\n```\n<!-- d\ne --> f <i\nclass=x>g</i> &amp; [^1]\n\n    h\n"
    found = masked(written)
    assert [len(line) for line in found.split("\n")] == [len(x) for x in written.split("\n")]
    assert "".join(found.replace("·", "").split()) == "Afg"


def test_indented_lines_of_a_list_are_text() -> None:
    assert "kept" in masked("- one\n\n    kept\n")
    assert "gone" not in masked("one\n\n    gone\n\n    gone\n")
    assert "kept" in masked("one\n    kept\n")


# --------------------------------------------------------------------------- reading


def test_grade_and_ease_are_those_of_the_formulas() -> None:
    """A sentence of 13 words and 24 syllables, with the figures published for it."""
    words = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    found = reading_of(body_sentences(words, "x.md", 1), language("en"))
    assert (found.words, found.sentences) == (13, 1)
    assert found.grade == 11.3
    assert found.ease == 37.5


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("cold", 1), ("eased", 1), ("rated", 2), ("muscles", 2), ("table", 2), ("people", 2),
        ("cryotherapy", 5), ("period", 3), ("nation", 2), ("patient", 2), ("rhythm", 2),
        ("you", 1), ("doesn’t", 2), ("don't", 1), ("safely", 2), ("clinician's", 3), ("the", 1),
        ("osteoarthritis", 6), ("being", 2), ("situation", 4),
    ],
)  # fmt: skip
def test_syllables(word: str, syllables: int) -> None:
    english = language("en")
    assert english is not None
    assert english.syllables(word) == syllables


def test_the_hardest_sentence_is_named_with_its_place(tmp_path: Path) -> None:
    hard = (
        "Nevertheless, multidisciplinary collaboration facilitates comprehensive evaluation of it."
    )
    site, _ = gathered(tmp_path, text(f"You may come in at any time you like to.\n\n{hard}"))
    found = reading(site.by_id["guides/index"])
    assert found.hardest[0].text == hard
    assert found.hardest[0].place == Place(TEXT, 8, 1)
    assert found.hardest[0].grade > found.grade > found.hardest[1].grade
    assert found.words == 10 + 8


def test_a_page_without_text_has_no_grade(tmp_path: Path) -> None:
    site, _ = gathered(tmp_path, text("| a | b |\n|---|---|\n| c | d |"))
    found = reading(site.by_id["guides/index"])
    assert (found.words, found.grade, found.hardest) == (0, 0.0, ())


def test_a_language_without_a_word_list_is_not_judged_by_english(tmp_path: Path) -> None:
    assert language("fr") is None
    body = body_sentences("De l’aide pour les gens qui ont mal.", "x.md", 1)
    assert reading_of(body, None).grade == 0.0
    assert rules_in("fr", "De l’aide pour les gens qui ont mal.", tmp_path) == {
        "description-length"
    }


def rules_in(lang: str, words: str, tmp_path: Path) -> set[str]:
    site, style = gathered(tmp_path, text(words))
    page = pickle.loads(pickle.dumps(site.by_id["guides/index"]))
    force_setattr(page.source, "lang", lang)
    return {one.rule for one in advise(page, site, style)}


def test_spanish_grade_and_ease_are_those_of_the_formulas() -> None:
    """10 words, 2 sentences, 18 syllables: 20 sentences and 180 syllables in 100 words."""
    words = "El hielo calma un poco. Una sesión dura tres minutos."
    found = reading_of(body_sentences(words, "x.md", 1), language("es"))
    assert (found.words, found.sentences) == (10, 2)
    assert found.grade == round(-0.205 * 20 + 0.049 * 180 - 3.407, 1)  # Crawford 1989
    assert found.ease == round(206.835 - 62.3 * 18 / 10 - 10 / 2, 1)  # Szigriszt Pazos 1993


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("frío", 2), ("país", 2), ("aire", 2), ("que", 1), ("guitarra", 3), ("guía", 2),
        ("quieto", 2), ("siguiente", 3), ("pingüino", 3), ("antigüedad", 4),
        ("averigüéis", 4), ("muy", 1), ("rey", 1), ("y", 1), ("leyes", 2), ("ayuda", 3),
        ("playa", 2), ("yo", 1),
        ("cuyo", 2), ("oía", 3), ("caos", 2), ("leer", 2), ("aéreo", 4), ("oír", 2),
        ("baúl", 2), ("construido", 3), ("ciudad", 2), ("viaje", 2), ("buey", 1), ("paranoia", 4),
        ("Uruguay", 3), ("sabíamos", 4), ("continuo", 3), ("continúo", 4), ("poeta", 3),
        ("óseo", 3), ("neuropatía", 5), ("osteoartritis", 6), ("articulación", 5), ("aliviarle", 4),
        ("CRIOTERAPIA", 4), ("migraña", 3),
    ],
)  # fmt: skip
def test_spanish_syllables(word: str, syllables: int) -> None:
    spanish = language("es")
    assert spanish is not None
    assert spanish.syllables(word) == syllables


def test_what_has_no_spanish_word_list_is_silent(tmp_path: Path) -> None:
    """Neither spelling nor the passive voice nor hard words, and no English list."""
    words = "Se puede comprobar la isquemia.\n\n" + "La isquemia fue descrita así. " * 9
    assert rules_in("es", words, tmp_path) == {"description-length", "same-start"}


def test_a_hard_spanish_text_is_told(tmp_path: Path) -> None:
    hard = "Consecuentemente, la multidisciplinariedad colaborativa posibilitaría evaluaciones. "
    again = "Paralelamente, investigaciones epidemiológicas demostraron regularidades. "
    assert "hard-text" in rules_in("es", (hard + again) * 5, tmp_path)


# --------------------------------------------------------------------------- lengths


def test_widths_are_those_of_arial() -> None:
    """Advance widths of Arial: a 1139, m 1706, i 455, space 569 of 2048, at 20 px."""
    assert width("") == 0
    assert width("a" * 100) == 1113
    assert width("m" * 100) == 1667
    assert width("i i") == 15
    assert width("漢") > width("a")


@pytest.mark.parametrize(
    ("title", "verdict", "shown"),
    [
        ("Cold and heat", "fits", "Cold and heat | Harbour Rooms"),
        (
            "Cold and heat and what they do for sore joints in winter",
            "fits",
            "Cold and heat and what they do for sore joints in winter",
        ),
        (
            "Cold and heat and what they do for sore joints, told at length and with care",
            "cut",
            None,
        ),
    ],
)
def test_what_a_result_shows_of_a_title(
    title: str, verdict: str, shown: str | None, tmp_path: Path
) -> None:
    site, _ = gathered(tmp_path, {TEXT: sites.page(f'"{title}"')})
    found = lengths(site.by_id["guides/index"], site)
    assert found.title_verdict == verdict
    assert found.title.startswith(found.title_shown)
    assert shown is None or found.title_shown == shown
    assert width(found.title_shown) <= 600


@pytest.mark.parametrize(
    ("size", "verdict"), [(120, "short"), (121, "good"), (156, "good"), (157, "long")]
)
def test_what_a_result_shows_of_a_description(size: int, verdict: str, tmp_path: Path) -> None:
    site, _ = gathered(tmp_path, text("x", description="x" * size))
    found = lengths(site.by_id["guides/index"], site)
    assert (found.description_chars, found.description_verdict) == (size, verdict)


# --------------------------------------------------------------------------- spelling


@pytest.mark.parametrize(
    ("word", "fine"),
    [
        ("numbness", True), ("webpages", True), ("changelogs", True), ("reopened", True),
        ("non", True), ("recieve", False), ("alot", False), ("thsi", False), ("s", True),
    ],
)  # fmt: skip
def test_right_words(word: str, fine: bool) -> None:
    known, english = dictionary("en"), language("en")
    assert known is not None
    assert english is not None
    assert right(word, known, english) == fine


def test_a_language_without_a_dictionary() -> None:
    assert dictionary("xx") is None


# --------------------------------------------------------------------------- the house


def test_a_site_without_a_style_folder(tmp_path: Path) -> None:
    assert house(tmp_path) == (House(), ())


@pytest.mark.parametrize(
    ("rule", "name", "line"),
    [
        ("extends: substitution\nmessage: hm\nswop: {a: b}\nswap: {a: b}\n", "unknown-field", 3),
        ("extends: occurrence\nmessage: hm\ntoken: x\nmax: many\n", "wrong-type", 4),
        ("extends: existence\nmessage: 'hm\ntokens: [x]\n", "", 0),
        ("extends: existence\nmessage: hm\ntokens: {x: y}\n", "wrong-type", 3),
        ("extends: existence\nmessage: hm\naction: {name: remove}\ntokens: [x]\n", None, 0),
        ("extends: existence\nmessage: hm\nscope: [[x]]\ntokens: [x]\n", "wrong-type", 3),
    ],
)
def test_a_rule_that_cannot_be_read_is_left_out_and_told(
    rule: str, name: str | None, line: int, tmp_path: Path
) -> None:
    files = {"content/_style/a.yml": rule, "content/_style/b.yml": RULE}
    style, problems = house(sites.write(tmp_path, files))
    assert [one.path for one in style.rules][-1] == "content/_style/b.yml"
    assert bool(problems) == (name is not None)
    assert {problem.level for problem in problems} <= {"advice"}
    if name:
        assert [(one.rule, one.line) for one in problems] == [(name, line)]


def test_the_house_rules_of_this_site_can_all_be_used() -> None:
    style, problems = house(sites.ROOT)
    assert not problems
    assert len(style.rules) >= 5
    assert "duloxetine" in style.words
