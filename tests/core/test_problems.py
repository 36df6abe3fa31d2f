"""What a problem is, and what somebody may have meant."""

from __future__ import annotations

import pickle

import pytest

from coldpress.problems import (
    BuildError,
    Mend,
    OperationError,
    Place,
    Problem,
    advice,
    changed,
    error,
    errors_in,
    in_order,
    meant,
    nearest,
    one_of,
    sentences,
)

HERE = Place("a.md", 3, 5)


def test_a_place_counts_from_one() -> None:
    assert (Place("a.md").line, Place("a.md").column) == (1, 1)
    assert Place("a.md", 2, 3, "written") == Place("a.md", 2, 3)


@pytest.mark.parametrize(
    ("written", "text", "offset", "line", "column"),
    [
        ("cold water", "cold water", 5, 3, 10),
        ("'cold water'", "cold water", 0, 3, 6),
        ("cold\n  water", "cold water", 5, 4, 3),
        ("cold\n\n water and", "cold water and", 11, 5, 8),
        ("ab ab ab", "ab ab ab", 6, 3, 11),
        ("ab\nab\nab", "ab ab ab", 6, 5, 1),
        ("", "cold water", 5, 3, 5),
        ("other", "cold water", 5, 3, 5),
        ("cold water", "cold water", 4, 3, 5),
        ("ab", "ab ab", 3, 3, 5),
    ],
)
def test_a_spot_within_a_field(
    written: str, text: str, offset: int, line: int, column: int
) -> None:
    spot = Place("a.md", 3, 5, written).within(text, offset)
    assert (spot.path, spot.line, spot.column) == ("a.md", line, column)


def test_an_error_and_an_advice_carry_everything() -> None:
    mend = Mend(HERE, "a", "b")
    wrong = error("rule", HERE, "what", "hint", mend)
    assert wrong == Problem("a.md", 3, 5, "rule", "what", "hint", "error")
    assert wrong.mend == mend
    doubt = advice("rule", HERE, "what", "hint", mend)
    assert doubt == Problem("a.md", 3, 5, "rule", "what", "hint", "advice")
    assert doubt.mend == mend
    assert errors_in([doubt, wrong]) == (wrong,)
    assert error("rule", HERE, "what", "hint").mend is None
    assert advice("rule", HERE, "what", "hint").mend is None


def test_failures_are_whole_and_travel() -> None:
    one, other = error("a", HERE, "b", "c"), error("a", Place("a.md", 2), "b", "c")
    failed = BuildError([one, other, one])
    assert failed.problems == (other, one)
    assert str(failed) == "2 problems"
    assert pickle.loads(pickle.dumps(failed)).problems == failed.problems
    refused = OperationError("what", "hint")
    assert (refused.message, refused.hint, str(refused)) == ("what", "hint", "what")
    assert list(in_order([one, other, one])) == [other, one]


def test_words_for_a_hint() -> None:
    assert nearest("sumary", ["title", "summary"]) == "did you mean 'summary'?"
    assert nearest("sumary", ["sumari", "summary"]) == "did you mean 'summary'?"
    assert nearest("abcde", ["vwxyz"]) == ""
    assert nearest("abcdefghij", ["abcdefzzzz"]) == "did you mean 'abcdefzzzz'?"
    assert nearest("abcdefghij", ["abcdezzzzz"]) == ""
    assert sentences("a", "", "b") == "a; b"
    assert one_of(["b", "a"]) == "allowed: a, b"


@pytest.mark.parametrize(
    ("was", "becomes", "column", "part", "new"),
    [
        ("titel: x", "title: x", 8, "el", "le"),
        ("abc", "abd", 7, "c", "d"),
        ("abc", "xbc", 5, "a", "x"),
        ("abc", "ab", 7, "c", ""),
        ("abc", "abcd", 7, "c", "cd"),
        ("abc", "xabc", 5, "a", "xa"),
        ("aa", "aaa", 6, "a", "aa"),
        ("abc", "abXc", 6, "b", "bX"),
        ("abc", "", 5, "abc", ""),
        ("aXXb", "aYb", 6, "XX", "Y"),
    ],
)
def test_the_smallest_mend(was: str, becomes: str, column: int, part: str, new: str) -> None:
    assert changed(HERE, was, becomes) == Mend(Place("a.md", 3, column), part, new)


def test_no_mend_of_nothing() -> None:
    assert changed(HERE, "", "a") is None
    assert changed(HERE, "a", "a") is None


KNOWN = ("summary", "title", "low-back-pain", "conditions/arthritis", "brosseau2003", "ice")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("summary", "summary"),
        ("Summary", "summary"),
        (" low_back pain ", "low-back-pain"),
        ("sumary", "summary"),
        ("summmary", "summary"),
        ("smumary", "summary"),
        ("summery", "summary"),
        ("sumery", ""),
        ("titel", "title"),
        ("titl", "title"),
        ("tilte", "title"),
        ("tlite", ""),
        ("icy", ""),
        ("ICE", "ice"),
        ("conditions/artritis", "conditions/arthritis"),
        ("condition/arthritis", "conditions/arthritis"),
        ("condition/artritis", "conditions/arthritis"),
        ("conditon/artrtis", ""),
        ("conditions-arthritis", "conditions/arthritis"),
        ("conditionsarthritis", "conditions/arthritis"),
        ("low-bakc-pain", "low-back-pain"),
        ("lwo-back-pain", ""),
        ("lowback-pain", "low-back-pain"),
        ("brosseau2004", ""),
        ("broseau2003", "brosseau2003"),
        ("brsosaeu2003", "brosseau2003"),
        ("brosseau203", ""),
        ("nothing", ""),
    ],
)
def test_what_can_only_be_a_slip(word: str, name: str) -> None:
    assert meant(word, KNOWN) == name


def test_of_two_that_are_near_neither_is_meant() -> None:
    assert meant("titlo", ["title", "titla"]) == ""
    assert meant("low back", ["low-back", "low_back"]) == ""
