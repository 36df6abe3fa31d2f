"""Tables that follow those of the last build say what tables made anew say."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from coldpress.memory.comparing import others
from coldpress.memory.since import Since


class Row:
    """Each one an object of its own, whatever it says."""

    def __init__(self, says: str) -> None:
        self.says = says


SITES = st.lists(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["x", "y", "z"]), min_size=1),
    min_size=2,
    max_size=6,
)


def followed(sites: list[dict[str, str]]) -> list[dict[str, Row]]:
    """An entry that says the same is the same object, now and then."""
    rows: list[dict[str, Row]] = []
    for number, site in enumerate(sites):
        before = rows[-1] if rows else {}
        rows.append(
            {
                key: before[key]
                if key in before and before[key].says == says and number % 3
                else Row(says)
                for key, says in site.items()
            }
        )
    return rows


@given(SITES, st.booleans())
def test_each_entry_is_as_if_it_were_made_anew(sites: list[dict[str, str]], also: bool) -> None:
    since, beside = Since(), object()
    for number, rows in enumerate(followed(sites)):
        with_ = object() if also and number % 2 else beside
        made = since.each("said", rows, lambda key, row: key + row.says, with_)
        assert made == {key: key + row.says for key, row in rows.items()}
        assert list(made) == list(rows)


@given(SITES)
def test_values_under_other_names_are_those_of_now(sites: list[dict[str, str]]) -> None:
    since = Since()
    names = {key.upper(): key for key in "abcdef"}
    for rows in followed([{**dict.fromkeys("abcdef", "x"), **site} for site in sites]):
        some = {**rows, "not named": Row("x")}
        assert since.named("upper", names, some) == {key: rows[old] for key, old in names.items()}
    fewer = {"A": "a"}
    assert since.named("upper", fewer, some) == {"A": some["a"]}


@given(SITES)
def test_news_are_all_that_may_be_different(sites: list[dict[str, str]]) -> None:
    since: Since = Since()
    before: dict[str, Row] = {}
    made: Any = None
    for rows in followed(sites):
        news = since.news("rows", rows, made)
        different = {key for key in rows if rows[key] is not before.get(key)}
        assert news is None or (set(news) == different and list(rows) == list(before))
        before, made = rows, object()
        since.came("rows", rows, made)
    assert since.news("rows", before, made) == []
    assert since.news("rows", before, object()) is None
    assert since.news("rows", before, made, "more") is None


def test_what_says_the_same_stays_the_same_table() -> None:
    """Whoever was made of the whole table need not be made again."""
    since = Since()
    rows = {"a": Row("x"), "b": Row("y")}
    first = since.each("said", rows, lambda _key, row: row.says)
    assert since.each("said", {**rows, "a": Row("x")}, lambda _key, row: row.says) is first
    third = since.each("said", {**rows, "a": Row("z")}, lambda _key, row: row.says)
    assert (first, third) == ({"a": "x", "b": "y"}, {"a": "z", "b": "y"})


def test_another_order_is_another_table() -> None:
    assert others({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None
    assert others({"a": 1}, {"a": 1, "b": 2}) is None
    assert others({"a": 1, "b": None}, {"a": 1, "b": 2}) == ["b"]
