"""What is written -> typed values: every misfit is found, and what fits is what msgspec takes."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldpress.fieldtypes import choices, plain_type
from coldpress.schema import (
    KINDS,
    Finding,
    GuideMatter,
    Key,
    Misfit,
    Model,
    Moment,
    OfferWords,
    PageMatter,
    Redirect,
    Reference,
    SiteFacts,
    Slug,
    fields_of,
    fitted,
)

HEAD = {"title": "A page", "description": "A page that has nothing wrong with it."}


def misfits(given: Any, model: Any) -> list[tuple[str, str]]:
    """Where, and why."""
    value, found = fitted(given, model)
    assert (value is None) == bool(found)
    return [(".".join(map(str, one.loc)), one.why) for one in found]


def test_all_that_does_not_fit_is_found_at_once() -> None:
    written = {
        "title": "A",
        "aliases": ["/a/", "B", "c"],
        "draft": "perhaps",
        "order": "many",
        "reviewed": {"by": "", "on": "2026-02-30", "next": "soon", "odd": "x"},
        "robots": "maybe",
        "urgent": "a text",
        "publish_at": "2026-01-01 09:00 Mars/Olympus",
        "expires_at": "2026-01-01 25:00",
    }
    assert misfits(written, GuideMatter) == [
        ("title", "short"),
        ("description", "missing"),
        ("aliases.1", "pattern"),
        ("aliases.2", "pattern"),
        ("draft", "type"),
        ("publish_at", "zone"),
        ("expires_at", "impossible"),
        ("reviewed.by", "short"),
        ("reviewed.credential", "missing"),
        ("reviewed.on", "impossible"),
        ("reviewed.next", "type"),
        ("reviewed.odd", "unknown-field"),
        ("urgent", "type"),
        ("order", "type"),
        ("robots", "choice"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"draft": "yes"}, {"draft": True}),
        ({"draft": "Off"}, {"draft": False}),
        ({"order": " 1_000 "}, {"order": 1000}),
        ({"order": "-3.0"}, {"order": -3}),
        ({"order": "010"}, {"order": 10}),
        ({"updated": "2026-03-01"}, {"updated": date(2026, 3, 1)}),
        ({"label": "no"}, {"label": "no"}),
        ({"label": None}, {"label": None}),
        ({"aliases": ["/a/"]}, {"aliases": ("/a/",)}),
    ],
)
def test_a_text_means_what_its_field_is(written: dict[str, Any], meant: dict[str, Any]) -> None:
    value, found = fitted({**HEAD, **written}, GuideMatter)
    assert found == []
    assert {name: getattr(value, name) for name in meant} == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ({"order": "1.5"}, "type"),
        ({"order": "1e3"}, "type"),
        ({"order": "9" * 5_000}, "type"),
        ({"order": ["1"]}, "type"),
        ({"draft": "2"}, "type"),
        ({"updated": "2026"}, "type"),
        ({"updated": "20260301"}, "type"),
        ({"publish_at": ["2026-01-01 09:00"]}, "type"),
        ({"publish_at": "2026-01-01"}, "type"),
        ({"label": "two\nlines"}, "pattern"),
        ({"label": "a line\n"}, "pattern"),
        ({"label": ["a", "b"]}, "type"),
        ({"slug": "cafe\u0301"}, "pattern"),
        ({"slug": "x" * 81}, "long"),
        ({"title": None}, "type"),
        ({"aliases": "/a/"}, "type"),
    ],
)
def test_nothing_is_guessed(written: dict[str, Any], why: str) -> None:
    assert [found for _, found in misfits({**HEAD, **written}, PageMatter)] == [why]


def test_a_number_with_a_choice_is_written_in_digits() -> None:
    redirect = {"from": "/old/", "to": "/new/"}
    assert fitted({**redirect, "code": "302"}, Redirect)[0].code == 302
    assert misfits({**redirect, "code": "303"}, Redirect) == [("code", "choice")]
    assert misfits({**redirect, "source": "/x/"}, Redirect) == [("source", "unknown-field")]


def test_an_address_may_be_written_with_letters_and_their_marks_apart() -> None:
    assert fitted({"from": "/cafe\u0301/", "to": "/x/"}, Redirect)[1] == []
    assert misfits({"from": "/caf?/", "to": "/x/"}, Redirect) == [("from", "pattern")]


def test_names_and_limits_of_a_mapping() -> None:
    words = {"text": "Half price"}
    assert misfits({"a-key": words, "3": words, "b": {}}, dict[Key, OfferWords]) == [
        ("3", "name"),
        ("b.text", "missing"),
    ]
    assert misfits([words], dict[Key, OfferWords]) == [("", "type")]
    assert misfits(["a", "B"], tuple[Slug, ...]) == [("1", "pattern")]
    assert ("references", "empty") in misfits({"references": []}, Finding)
    deploy = {"deploy": {"file_seconds": "-1"}}
    assert ("deploy.file_seconds", "small") in misfits(deploy, SiteFacts)


def test_a_misfit_says_what_would_fit() -> None:
    (found,) = fitted({**HEAD, "title": "x" * 200}, GuideMatter)[1]
    assert isinstance(found, Misfit)
    assert (found.given, found.wanted.max_length) == ("x" * 200, 110)  # type: ignore[attr-defined]


def test_choices_stand_in_the_order_of_the_schema() -> None:
    grades = choices(fields_of(Finding)["grade"].type)
    assert grades == ["strong", "moderate", "limited", "conflicting", "insufficient"]


# --------------------------------------------------------------------------- against msgspec

WORDS = st.text(max_size=12) | st.sampled_from(
    ["", "yes", "false", "3", "-1", "2026-03-01", "/a/", "a-b", "cold", "index", "a\n", "noindex"]
)
PLAIN = st.recursive(
    WORDS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
MODELS: list[type[Model]] = [*(kind.matter for kind in KINDS), SiteFacts, Reference, Finding]


@given(st.data())
def test_what_fits_is_what_msgspec_takes(data: st.DataObject) -> None:
    """And comes back the same: one library holds the limits, another reading never loosens them."""
    model = data.draw(st.sampled_from(MODELS))
    names = st.sampled_from([*fields_of(model)])
    written = {**HEAD, **data.draw(st.dictionaries(names, PLAIN, max_size=4))}
    written = {name: one for name, one in written.items() if name in fields_of(model)}
    value, found = fitted(written, model)
    for name, field in fields_of(model).items():
        if name in written and plain_type(field.type) is not Moment:
            one, why = fitted(written[name], field.type)
            if not why:
                again = msgspec.convert(msgspec.to_builtins(one), field.type)
                assert again == one
            assert bool(why) == any(name == misfit.loc[0] for misfit in found)
    assert value is None or isinstance(value, model)
