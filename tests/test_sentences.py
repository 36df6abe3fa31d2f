"""Sentences, their places, their citations and what stands around them."""

from __future__ import annotations

from msgspec.structs import replace

from coldpress.pipeline import gather
from coldpress.sentences import Sentence, body_sentences, cuts
from coldpress.source_sentences import source_sentences
from tests import sites


def read(text: str) -> list[Sentence]:
    return list(body_sentences(text, "x.md", 10))


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in read(text)]


def test_markup_links_and_citations_are_no_words() -> None:
    text = "It **may** ease [joint](term:joint) *pain* [@a; @b, p. 3]. See [this](x.md#y).{: .z }"
    assert texts(text) == ["It may ease joint pain.", "See this."]
    first, second = read(text)
    assert first.cited == ("a", "b")
    assert first.mentions[0].at == len("It may ease joint pain")
    assert second.cited == ()
    assert second.near == ("a", "b"), "the same paragraph"


def test_a_citation_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    first, second = read("Cold numbs. [@a] It fades.")
    assert (first.cited, second.cited) == (("a",), ())


def test_every_sentence_has_its_own_place() -> None:
    found = read("One **bold** word. Two\nlines here. Three.\n\n- An item. Again.")
    places = [(s.text, s.place.line, s.place.column) for s in found]
    assert places == [
        ("One bold word.", 10, 1),
        ("Two lines here.", 10, 20),
        ("Three.", 11, 13),
        ("An item.", 13, 3),
        ("Again.", 13, 12),
    ]


def test_abbreviations_and_figures_end_no_sentence() -> None:
    text = "It fell 1.3 points, e.g. Smith vs. Jones. Dr. Who said so. No. 5 too."
    assert [text[a:b] for a, b in cuts(text)] == [
        "It fell 1.3 points, e.g. Smith vs. Jones.",
        "Dr. Who said so.",
        "No. 5 too.",
    ]


def test_spanish_sentences_begin_and_end_where_they_do() -> None:
    text = (
        "Bajó 1.3 puntos, p. ej. En la rodilla. ¿Duele? ¡No! Según la Dra. Ruiz y el Sr. Paz, sí."
        " En EE. UU. hay guías. «Ayuda.» Él no. Águeda. «Así» es. Núm. 5. Ud. Decide."
    )
    assert [text[a:b] for a, b in cuts(text)] == [
        "Bajó 1.3 puntos, p. ej. En la rodilla.",
        "¿Duele?",
        "¡No!",
        "Según la Dra. Ruiz y el Sr. Paz, sí.",
        "En EE. UU. hay guías.",
        "«Ayuda.»",
        "Él no.",
        "Águeda.",
        "«Así» es.",
        "Núm. 5.",
        "Ud. Decide.",
    ]


def test_containers_lists_and_sections_introduce_what_is_in_them() -> None:
    found = read('## What it does\n\n::: may "It may"\n- numb a spot\n:::\n\nAfter.')
    heading, title, item, after = found
    assert (heading.kind, title.kind, item.kind) == ("heading", "heading", "item")
    assert (item.inside, item.lead, item.section) == (("may",), "It may", "What it does")
    assert (after.inside, after.lead) == ((), "")


def test_a_line_before_a_list_introduces_it() -> None:
    found = read("We never say:\n\n- it cures\n- it heals\n\nA text.")
    assert [s.lead for s in found] == ["", "We never say:", "We never say:", ""]


def test_alternative_text_and_cells_are_words_too() -> None:
    found = read(
        '::: figure room.jpg "A quiet room"\nCaption.\n:::\n\n| A | B c |\n|---|---|\n| d | e |'
    )
    assert [(s.kind, s.text) for s in found] == [
        ("alt", "A quiet room"),
        ("paragraph", "Caption."),
        ("cell", "A"),
        ("cell", "B c"),
        ("cell", "d"),
        ("cell", "e"),
    ]


def test_underscores_stars_and_ticks_are_no_words_where_markdown_takes_them() -> None:
    assert texts("_a_ __b__ c_d _ e *f* ``g`` {: .x } <b>h</b>") == ["a b c_d _ e f g  h"]


def test_a_line_break_is_one_blank_whatever_stands_around_it() -> None:
    assert texts("> one  \n> two\t [@a]\nthree") == ["one two three"]


def test_the_checks_of_a_page_share_its_sentences() -> None:
    page = next(iter(gather(sites.options(sites.ROOT))[0].pages))
    assert source_sentences(page.source) is source_sentences(page.source)
    assert source_sentences(replace(page.source)) is not source_sentences(page.source)
