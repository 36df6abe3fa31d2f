"""Where front matter begins and ends: every way to get it wrong, in its own words."""

from __future__ import annotations

import pytest

from coldpress.frontmatter import split
from coldpress.problems import BuildError, Problem
from coldpress.schema import GuideMatter

FIELDS = "title: A page\ndescription: A page that has nothing wrong with it."
GOOD = f"---\n{FIELDS}\n---\nText.\n"


def problem(text: str) -> Problem:
    with pytest.raises(BuildError) as failed:
        split(text.encode(), "content/guides/p.md", GuideMatter)
    (one,) = failed.value.problems
    assert one.path == "content/guides/p.md"
    assert one.level == "error"
    return one


def mended(text: str) -> str:
    """The text as the mend leaves it."""
    mend = problem(text).mend
    assert mend is not None
    lines = text.split("\n")
    line = lines[mend.place.line - 1]
    start = mend.place.column - 1
    assert line[start:].startswith(mend.was)
    lines[mend.place.line - 1] = line[:start] + mend.becomes + line[start + len(mend.was) :]
    return "\n".join(lines)


def test_a_good_file() -> None:
    parts = split(GOOD.encode(), "p.md", GuideMatter)
    assert (parts.matter.title, parts.body, parts.body_line) == ("A page", "Text.\n", 5)
    assert (parts.places["title"].line, parts.places["title"].column) == (2, 8)
    assert parts.places["description"].path == "p.md"
    late = split(f"\n \n{GOOD}".encode(), "p.md", GuideMatter)
    assert (late.body_line, late.places["title"].line) == (7, 4)


NONE_AT_ALL = (
    "missing-front-matter",
    "this file has no front matter",
    "start it with a line ---, then 'title:' and 'description:', then a line ---",
)
MISSING = (
    "missing-front-matter",
    "the line --- above the front matter is missing",
    "add a line with only --- above this one",
)
TEXT = (
    "missing-front-matter",
    "there is text before the front matter",
    "move it below the second ---: the file must start with a line ---",
)
OPEN = ("unclosed-front-matter", "the front matter is not closed")
ABOVE = ("unclosed-front-matter", "the front matter is not closed above this text")
CLOSE_IT = "add a line with only --- after the last field"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, NONE_AT_ALL),
        ("\n\nHello.\n", 3, NONE_AT_ALL),
        (f"{FIELDS}\n---\n", 1, MISSING),
        (f"\n{FIELDS}\n---\n", 2, MISSING),
        (f"Hello\n{GOOD}", 1, TEXT),
        (f"---\n{FIELDS}\n", 1, (*OPEN, CLOSE_IT)),
        (f"---\n{FIELDS}\n\nHello there.\n", 5, (*ABOVE, CLOSE_IT)),
        (f"---\n{FIELDS}\n\n## Heading\n", 5, (*ABOVE, CLOSE_IT)),
        (f"---\n{FIELDS}\n\n- an item\n", 1, (*OPEN, CLOSE_IT)),
        (f"---\n{FIELDS}\nHello there.\n", 1, (*OPEN, CLOSE_IT)),
        (f"---\n{FIELDS}\n\n  deeper\n", 1, (*OPEN, CLOSE_IT)),
        (f"---\n{FIELDS}\n\n# a note\n", 1, (*OPEN, CLOSE_IT)),
    ],
)
def test_what_is_missing_is_said(text: str, line: int, said: tuple[str, str, str]) -> None:
    one = problem(text)
    assert (one.line, one.column) == (line, 1)
    assert (one.rule, one.message, one.hint) == said


@pytest.mark.parametrize("almost", ["--", "----", "—", "–", "___", " ---", "==="])
def test_what_is_nearly_a_fence_is_said_and_mended(almost: str) -> None:
    hint = "write three hyphens at the start of the line; some editors turn them into a dash"
    first = problem(f"{almost}\n{FIELDS}\n---\nText.\n")
    assert (first.rule, first.line, first.column) == ("missing-front-matter", 1, 1)
    assert (first.message, first.hint) == (f"this line is {almost.strip()!r}, not ---", hint)
    assert mended(f"{almost}\n{FIELDS}\n---\nText.\n") == GOOD
    last = problem(f"---\n{FIELDS}\n{almost}\nText.\n")
    assert (last.rule, last.line, last.column) == ("unclosed-front-matter", 4, 1)
    assert (last.message, last.hint) == (f"this line is {almost.strip()!r}, not ---", hint)
    assert mended(f"---\n{FIELDS}\n{almost}\nText.\n") == GOOD


def test_a_missing_fence_is_put_in() -> None:
    assert mended(f"{FIELDS}\n---\nText.\n") == GOOD
    assert mended(f"---\n{FIELDS}\n\nText.\n") == f"---\n{FIELDS}\n\n---\nText.\n"


@pytest.mark.parametrize("text", ["Hello.\n", f"Hello\n{GOOD}", f"---\n{FIELDS}\n"])
def test_where_there_is_doubt_nothing_is_mended(text: str) -> None:
    assert problem(text).mend is None


def test_a_later_fence_may_be_the_one_that_is_meant() -> None:
    assert problem(f"---\n{FIELDS}\n\nHello.\n\n---\n").mend is None


@pytest.mark.parametrize(
    "more", ["\n\n# a note", "\n\nsummary: It helps.", "\n\nrelated:\n\n- guides/a", "\n\n\n"]
)
def test_empty_lines_between_fields_are_no_end(more: str) -> None:
    parts = split(f"---\n{FIELDS}{more}\n---\nText.\n".encode(), "p.md", GuideMatter)
    assert parts.body == "Text.\n"
