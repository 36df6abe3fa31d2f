"""YAML text -> typed values and places; the exact messages are in tests/cases/problems/."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldpress.load import MODELS
from coldpress.problems import BuildError, Place, Problem
from coldpress.schema import KINDS, GlossaryTerm, HubMatter, Key, PageMatter, SiteFacts, fields_of
from coldpress.yamltext import read

HEAD = "title: A page\ndescription: A page that has nothing wrong with it.\n"


def problems_of(text: str, model: Any = PageMatter) -> tuple[Problem, ...]:
    try:
        read(text, "p.md", model)
    except BuildError as failed:
        return failed.problems
    return ()


def rules(text: str) -> set[str]:
    return {problem.rule for problem in problems_of(text)}


def test_values_are_the_text_written_and_never_guessed() -> None:
    text = (
        "title: 02134\ndescription: 12:30:00 is not a number of seconds\nlabel: no\nsummary: 1.10\n"
    )
    matter, _ = read(text, "p.md", PageMatter)
    assert (matter.title, matter.label, matter.summary) == ("02134", "no", "1.10")
    assert matter.description == "12:30:00 is not a number of seconds"


@pytest.mark.parametrize(("written", "meant"), [("yes", True), ("off", False), ("true", True)])
def test_a_field_declared_true_or_false_is_read_as_such(written: str, meant: bool) -> None:
    matter, _ = read(f"{HEAD}draft: {written}\n", "p.md", PageMatter)
    assert matter.draft is meant


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_nothing_written_is_as_good_as_left_out(nothing: str) -> None:
    matter, _ = read(f"{HEAD}label:{nothing}\n", "p.md", PageMatter)
    assert matter.label is None


def test_an_empty_field_takes_its_default() -> None:
    matter, _ = read(f"{HEAD}aliases:\norder:\n", "p.md", PageMatter)
    assert (matter.aliases, matter.order) == ((), 100)


def test_quoted_nothing_is_text() -> None:
    matter, _ = read(f'{HEAD}label: "null"\n', "p.md", PageMatter)
    assert matter.label == "null"


def test_places_are_lines_of_the_file() -> None:
    text = f"{HEAD}aliases:\n  - /old/\n  - /older/\nreviewed:\n  by: A. Person\n  credential: RN\n"
    _, places = read(text + "  on: 2026-01-01\n  next: 2027-01-01\n", "p.md", PageMatter, 2)
    assert places["title"] == Place("p.md", 2, 8)
    assert places["aliases.1"] == Place("p.md", 6, 5)
    assert places["reviewed"] == Place("p.md", 7, 1), "a group stands where its name does"
    assert places["reviewed.by"] == Place("p.md", 8, 7)


def test_columns_count_letters_not_bytes() -> None:
    _, places = read(HEAD.replace("A page\n", "Ä\U0001f9ca page\n") + "label: é\n", "p", PageMatter)
    assert places["label"] == Place("p", 3, 8)


def test_a_mapping_of_models() -> None:
    terms, places = read("ice:\n  term: Ice\n  definition: Cold.\n", "g", dict[Key, GlossaryTerm])
    assert terms["ice"].definition == "Cold."
    assert places["ice.term"] == Place("g", 2, 9)


def test_merge_keys_do_nothing() -> None:
    assert "unknown-field" in rules(f"{HEAD}<<: {{label: x}}\n")


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "a: &self [*self]\n",
    ],
)
def test_anchors_aliases_and_tags_are_refused(bomb: str) -> None:
    assert "unquoted-sign" in rules(HEAD + bomb)


@pytest.mark.parametrize("text", ["a: " + "[" * 100_000, "a: " + "{a: " * 30_000, "[" * 1_000])
def test_depth_is_bounded(text: str) -> None:
    assert rules(text) == {"too-large"}


def test_size_and_number_are_bounded() -> None:
    assert rules("a: " + "x" * 300_000) == {"too-large"}
    assert rules("a: [" + "x," * 60_000 + "]") == {"too-large"}


def test_a_text_full_of_mistakes_ends() -> None:
    with pytest.raises(BuildError) as failed:
        read("\n".join(f"f{n}: b: c" for n in range(500)), "p", PageMatter)
    assert len(failed.value.problems) == 21


def test_one_run_reports_unreadable_lines_and_the_schemas_complaints() -> None:
    assert rules("title: Cold: hot\ntitel: x\nslug: NO\n") == {
        "unquoted-colon",
        "unknown-field",
        "bad-value",
        "missing-field",
    }


def test_aliased_fields_go_by_the_name_written() -> None:
    facts, places = read(
        "name: A\nbase_url: https://a.com\nbooking: {url: 'https://b.com'}\n"
        "redirects:\n  - from: /old/\n    to: /new/\n",
        "site.yaml",
        SiteFacts,
    )
    assert facts.redirects[0].source == "/old/"
    assert places["redirects.0.from"].line == 5


def test_an_empty_field_in_a_list_that_is_there_twice() -> None:
    """The second list is shorter: where the empty field was, there is nothing now."""
    first = "navigation:\n  - title: A\n  - title: B\n    url:\n"
    with pytest.raises(BuildError) as failed:
        read(f"name: A\n{first}navigation:\n  - title: C\n", "site.yaml", SiteFacts)
    assert ("doubled-field", 6) in {(p.rule, p.line) for p in failed.value.problems}


ODD = [
    "{}",
    "[]",
    "[[]]",
    "[{}]",
    "{a: }",
    "{a: {}}",
    "{a: []}",
    "[null]",
    "{null: 1}",
    "{1: 2}",
]
ODD += ["- - a", '""', "'': x", '{"": x}', "[{a: b}]", "{a: b, c: d}", "2026-02-30", "a: b: c"]
MATTERS: list[Any] = [*(kind.matter for kind in KINDS), HubMatter, SiteFacts]
FIELDS: list[tuple[Any, str, str]] = [
    *((model, name, "{}") for model in MATTERS for name in fields_of(model)),
    *(
        (model, name, "a-key:\n  {}")
        for model in MODELS.values()
        for name in fields_of(get_args(model)[1])
    ),
]


@pytest.mark.parametrize("odd", ODD)
def test_no_field_stumbles_over_an_odd_value(odd: str) -> None:
    """Each of every model, with what nobody means to write."""
    for model, name, around in FIELDS:
        found = problems_of(around.format(f"{name}: {odd}\n"), model)
        assert all(problem.line >= 1 and problem.hint for problem in found), (name, odd)


def test_an_empty_group_is_no_text() -> None:
    with pytest.raises(BuildError) as failed:
        read(f"{HEAD}slug: {{}}\n", "p.md", PageMatter)
    (one,) = failed.value.problems
    assert (one.rule, one.message) == ("wrong-type", "'slug' is a group of fields, expected text")


PIECES = ["title", ": ", ":", "- ", '"', "'", "\n", "  ", "\t", "[", "]", "{", "}", "|", ">", "&a"]
PIECES += ["*a", "!t", "#", " #x", "---", "?", "%", "@", "“", "é", "\\", "null", "2026-02-30", "x"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_whatever_is_written_ends_in_a_value_or_in_problems_with_a_place(text: str) -> None:
    lines = text.count("\n") + 1
    for problem in problems_of(text):
        assert 1 <= problem.line <= lines + 1
        assert problem.column >= 1
        assert problem.message
        assert problem.hint
