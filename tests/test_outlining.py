"""Editions of one site share what is the same in all of them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from coldpress.outlining import alike, shared
from coldpress.pipeline import gather
from tests import sites


class Inner(Struct, frozen=True):
    words: dict[str, str]


class Outer(Struct, frozen=True):
    inner: Inner
    order: dict[str, tuple[str, ...]]
    number: int | bool


ONE = Outer(Inner({"a": "1"}), {"x": ("1",), "y": ()}, 1)


def test_what_is_the_same_is_one_object() -> None:
    other = pickle.loads(pickle.dumps(ONE))
    made = shared(other, ONE)
    assert made == other
    assert made.inner.words is ONE.inner.words
    assert made.order is ONE.order


@pytest.mark.parametrize(
    "other",
    [
        Outer(Inner({"a": "2"}), {"y": (), "x": ("1",)}, True),
        Outer(Inner({"a": "1", "b": "1"}), {"x": ("1", "2"), "y": ()}, 2),
    ],
)
def test_what_is_other_stays_other(other: Outer) -> None:
    """Also when only its order is, or its type."""
    made = shared(other, ONE)
    assert repr(made) == repr(other)
    assert made.inner.words is other.inner.words
    assert made.order is other.order


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": {"b": 1, "c": 2}}, {"a": {"c": 2, "b": 1}}), (1, True), ({"a": 1}, {"a": 1, "b": 2})],
)
def test_order_and_type_count_at_any_depth(one: Any, other: Any) -> None:
    assert alike(one, pickle.loads(pickle.dumps(one)))
    assert not alike(one, other)


def test_a_language_in_which_nothing_is_translated_is_no_second_site(tmp_path: Path) -> None:
    text = sites.SITE_YAML + "languages: [en, es]\n"
    pages = {f"content/guides/g{n}.md": sites.page(f"Guide {n}") for n in range(3)}
    site, _ = gather(sites.options(sites.write(tmp_path / "site", {"site.yaml": text, **pages})))
    es = site.others["es"]
    assert es.relations is site.relations
    assert es.evidence.references is site.evidence.references
    assert es.lang == "es"
    assert set(es.outputs) != set(site.outputs)
