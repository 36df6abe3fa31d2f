"""Tabs -> the spaces that were meant, read from the lines above."""

from __future__ import annotations

import pytest

from coldpress.yamlindent import untabbed


@pytest.mark.parametrize(
    ("above", "line", "meant"),
    [
        ("reviewed:", "\tby: A", "  by: A"),
        ("ratings:\n  - label: A", "\t\tfinding: b", "    finding: b"),
        ("ratings:\n  - label: A", "\tfinding: b", "    finding: b"),
        ("ratings:\n    - label: A", "\t  finding: b", "      finding: b"),
        ("aliases:", "\t- /old/", "  - /old/"),
        ("aliases:\n  - /old/", "\t- /older/", "  - /older/"),
        ("aliases:\n    - /old/", "\t- /older/", "    - /older/"),
        ("a:\n  b:\n    c: 1", "\td: 2", "  d: 2"),
        ("a:\n  b:\n    c: 1", "\t\td: 2", "    d: 2"),
        ("a:\n  # a note\n  b: 1\n", "\tc: 2", "  c: 2"),
        ("ratings:\n  - label: A\n    finding: b", "\t- label: C", "  - label: C"),
    ],
)
def test_it_begins_where_a_line_above_does(above: str, line: str, meant: str) -> None:
    lines = [*above.split("\n"), line]
    assert untabbed(lines, len(lines) - 1) == (meant, True)


@pytest.mark.parametrize(
    ("above", "line"),
    [("", "\ttitle: A"), ("title: A", "\tlabel: B"), ("a: 1\nb: 2", "\t- c"), ("a:", "\t\tb: 1")],
)
def test_what_fits_nowhere_is_not_sure(above: str, line: str) -> None:
    lines = [*above.split("\n"), line]
    assert untabbed(lines, len(lines) - 1) == (line.replace("\t", "  "), False)
