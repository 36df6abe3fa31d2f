"""bytes -> typed front matter, body and their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldpress.frontmatter import split
from coldpress.problems import BuildError, Problem
from coldpress.schema import GuideMatter

HEAD = "---\ntitle: A page\ndescription: A page that has nothing wrong with it.\n---\n"


def problems(raw: bytes) -> tuple[Problem, ...]:
    try:
        split(raw, "p.md", GuideMatter)
    except BuildError as failed:
        return failed.problems
    return ()


def test_lines_count_from_the_top_of_the_file() -> None:
    parts = split(f"{HEAD}\nFirst.\n\n---\n\nSecond.\n".encode(), "p.md", GuideMatter)
    assert parts.matter.title == "A page"
    assert parts.places["description"].line == 3
    assert parts.body_line == 5
    assert parts.body == "\nFirst.\n\n---\n\nSecond.\n"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: b"\n\n" + text.encode(),
        lambda text: text.replace("---", "---  ").encode(),
    ],
    ids=["BOM", "CRLF", "CR", "empty lines", "spaces after the fence"],
)
def test_what_editors_do_to_files_is_taken(spoil) -> None:  # type: ignore[no-untyped-def]
    parts = split(spoil(f"{HEAD}Text.\n"), "p.md", GuideMatter)
    assert parts.matter.title == "A page"
    assert parts.body == "Text.\n"


def test_fields_may_have_empty_lines_and_notes_between_them() -> None:
    text = HEAD.replace("description", "\n# a note\n\n  # another\n\ndescription")
    assert split(text.encode(), "p.md", GuideMatter).matter.description.startswith("A page")


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"---\ntitle: caf\xe9\n---\n", 2, 11, "byte 15 of this file is not UTF-8 text"),
        (b"\xef\xbb\xbf---\n\xff", 2, 1, "byte 8 of this file is not UTF-8 text"),
        ("---\n".encode("utf-16"), 1, 1, "this file is saved as UTF-16"),
        ("---\n".encode("utf-16-be"), 1, 1, None),
        (b"---\ntitle: \xed\xa0\x80\n", 2, 8, "byte 12 of this file is not UTF-8 text"),
    ],
)
def test_other_encodings_are_named_with_the_spot(
    raw: bytes, line: int, column: int, message: str | None
) -> None:
    (problem,) = problems(raw)[:1]
    assert (problem.line, problem.column) == (line, column)
    if message:
        assert (problem.rule, problem.message) == ("not-utf8", message)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u2028", "\u202e", "\u2066", "\ue000"])
def test_hidden_characters_are_named_with_the_spot(sign: str) -> None:
    (problem,) = problems(f"{HEAD}Some{sign}thing\n".encode())
    assert (problem.rule, problem.line, problem.column) == ("hidden-character", 5, 5)
    assert f"U+{ord(sign):04X}" in problem.message


def test_a_file_full_of_hidden_characters_gives_a_bounded_list() -> None:
    assert len(problems(HEAD.encode() + b"\x01\n" * 1_000)) == 20


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60).map(lambda tail: HEAD.encode()[:40] + tail))
def test_any_bytes_end_in_parts_or_in_problems(raw: bytes) -> None:
    assert all(p.message and p.hint and p.line >= 1 for p in problems(raw))
