"""The projection: straight lines through two sizes, and plans with workers that wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import scale
from bench.scaling import STAGES


def test_a_line_goes_through_both_sizes() -> None:
    line = scale.line({"pages": 100, "make": 3}, {"pages": 300, "make": 7}, "make")
    assert (line.at(100), line.at(300), line.at(1000)) == (3, 7, 21)
    assert scale.Line(-5, 1).at(2) == 0


def test_only_what_workers_do_gets_quicker_with_workers() -> None:
    given = scale.parser().parse_args(["--project", "1000", "--cores", "1,10", "--busy", "1"])
    given.price = 2.0
    lines = {name: scale.Line(0, 0) for name in (*STAGES, "rest")}
    lines["make"], lines["publish"] = scale.Line(0, 3.6), scale.Line(0, 3.6)
    _head, _rule, one, ten = scale.plans(given, lines)
    assert one == "| 1 | 2.0 h | 60 min | 2.0 | 4.00 |"
    assert ten == "| 10 | 66 min | 60 min | 11.0 | 22.00 |"


def test_the_table_replaces_the_one_between_its_marks(tmp_path: Path) -> None:
    page = f"before\n{scale.BEGIN}old\n{scale.END}after\n"
    assert scale.placed(page, "new\n") == f"before\n{scale.BEGIN}new\n{scale.END}after\n"
    with pytest.raises(SystemExit, match="scale: there is no"):
        scale.placed("no marks\n", "new\n")


def test_amounts_are_readable() -> None:
    assert [scale.amount(n) for n in (12, 4_600, 7.8e6, 52e9)] == [
        "12 B",
        "4.6 kB",
        "7.8 MB",
        "52.0 GB",
    ]
    assert [scale.lasting(n) for n in (3, 600, 9000)] == ["3.0 s", "10 min", "2.5 h"]


def test_every_stage_that_is_timed_is_there() -> None:
    for module, name in STAGES.values():
        assert callable(getattr(module, name))
