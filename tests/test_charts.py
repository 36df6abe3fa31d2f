"""Numbers in a text -> a table whose cells are also bars."""

from __future__ import annotations

import re
from typing import Any

import pytest

from coldpress.model import Call, Converted
from coldpress.views.charts import chart_view
from tests import sites
from tests.conftest import Make
from tests.texts import as_lines, page, problems

HEAD = '::: chart "Skin after 20 minutes" unit="°C" source=dias2025 people="20 adults"'


def text(*lines: str, head: str = HEAD) -> str:
    return "\n".join([head, *lines, ":::"])


def call(converted: Converted) -> Call:
    (found,) = [p for s in converted.sections for p in s.body if isinstance(p, Call)]
    return found


def rows(*lines: str) -> list[tuple[str, list[str]]]:
    return [(row["label"], row["numbers"]) for row in call(page(text(*lines))).args["rows"]]


# ---- read


def test_one_column_is_names_and_numbers() -> None:
    chart = call(page(text("No cold: 26.1", "Gel pack: 14.4", '"Peas: frozen": 10.8')))
    assert chart.name == "chart"
    assert chart.args["title"] == "Skin after 20 minutes"
    assert chart.args["columns"] == []
    assert [row["label"] for row in chart.args["rows"]] == ["No cold", "Gel pack", "Peas: frozen"]
    assert [row["numbers"] for row in chart.args["rows"]] == [["26.1"], ["14.4"], ["10.8"]]
    assert chart.body == ()


def test_several_columns_are_lines_with_commas() -> None:
    chart = call(page(text("Cold, Skin, Muscle", '"Ice, crushed", 12, 1.6', "Air,9,0")))
    assert chart.args["columns"] == ["Cold", "Skin", "Muscle"]
    assert [row["label"] for row in chart.args["rows"]] == ["Ice, crushed", "Air"]
    assert chart.args["rows"][0]["numbers"] == ["12", "1.6"]


def test_a_number_may_be_below_zero_in_either_spelling() -> None:
    assert rows("A: -59", "B: −84", "C: +3", "D: 0") == [
        ("A", ["-59"]),
        ("B", ["-84"]),
        ("C", ["3"]),
        ("D", ["0"]),
    ]


def test_what_is_inside_is_never_markdown() -> None:
    assert rows("A **b**: 1", "# not a heading", "A [x](y.md): 2") == [
        ("A **b**", ["1"]),
        ("A [x](y.md)", ["2"]),
    ]


def test_what_comes_after_is_markdown_again() -> None:
    converted = page(text("A: 1") + "\n\n## After *it*\n\nWords.")
    assert [section.title for section in converted.sections] == ["", "After it"]
    assert "Skin after 20 minutes" in converted.text


def test_the_source_is_a_citation_of_the_page_in_its_place() -> None:
    converted = page(f"One [@costello2015].\n\n{text('A: 1')}\n\nTwo [@brosseau2003].")
    assert converted.citations == ("costello2015", "dias2025", "brosseau2003")


def test_a_chart_may_stand_in_another_block() -> None:
    converted = page(f'::: tip "T"\n{text("A: 1")}\n:::\n\nAfter.')
    assert call(converted).body[0].name == "chart"  # type: ignore[union-attr]


# ---- mistakes


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["A: 1", "B: 14,4"],
            "3:4: error[chart-number]: '14,4' is not a number\n  hint: write a decimal point: 14.4",
        ),
        (
            ["A: 1,200"],
            "2:4: error[chart-number]: '1,200' is not a number\n"
            "  hint: write it without commas: 1200",
        ),
        *(
            (
                [f"A: {number}"],
                f"2:4: error[chart-number]: {number!r} is not a number\n  hint: {hint}",
            )
            for number, hint in (
                ("1.234,5", "write a point before the decimals alone: 1234.5"),
                ("1.234.567", "write a point before the decimals alone: 1234567"),
                ("-1 234,5", "write it in one piece: -1234.5"),
                ("14,4 °C", "write 14.4 alone; what it counts stands behind unit="),
                ("1,200 °C", "write 1200 alone; what it counts stands behind unit="),
                *(
                    (odd, "write digits, like 14.4; leave a bar out when nobody measured it")
                    for odd in ("10-20", "10 to 20", "1,2,3", "3/4")
                ),
            )
        ),
        (
            ["Ice: 1", "Air 2"],
            "3:1: error[not-a-field]: this line is not a field: Air 2\n"
            "  hint: a bar is its name, a colon, a space and a number, like: Gel pack: 14.4",
        ),
        (
            ["A: 59 %"],
            "2:4: error[chart-number]: '59 %' is not a number\n"
            "  hint: write 59 alone; what it counts stands behind unit=",
        ),
        (
            ["A: not measured"],
            "2:4: error[chart-number]: 'not measured' is not a number\n"
            "  hint: write digits, like 14.4; leave a bar out when nobody measured it",
        ),
        (
            ["Cold, Skin", "Ice, 12", "Air, x"],
            "4:6: error[chart-number]: 'x' is not a number\n"
            "  hint: write digits, like 14.4; leave a bar out when nobody measured it",
        ),
        (
            ["Cold, Skin, Muscle", "Ice, 12"],
            "3:1: error[chart-shape]: this line has 2 parts, the first line has 3\n"
            "  hint: one part for each column, with commas between",
        ),
        (
            ["Cold, Skin"],
            "2:1: error[chart-shape]: the chart has a header and no numbers\n"
            "  hint: write a line for each bar",
        ),
        (
            ["A, b, c, d, e", "1, 2, 3, 4, 5"],
            "3:1: error[chart-shape]: the chart has 4 columns of numbers, 3 at most\n"
            "  hint: leave some out, or make two charts",
        ),
        (
            [f"A{n}: {n}" for n in range(21)],
            "22:6: error[chart-shape]: the chart has 21 rows, 20 at most can be taken in\n"
            "  hint: leave some out, or make two charts",
        ),
        (
            ["", " "],
            "2:1: error[empty-container]: the block 'chart' is empty\n"
            "  hint: write a line for each bar, like: Gel pack: 14.4",
        ),
        (
            ["A: 1", "A: 2"],
            "3:1: error[doubled-field]: 'A' is given twice: on line 2 and here\n"
            "  hint: keep one of them",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(lines: list[str], expected: str) -> None:
    assert as_lines(problems(text(*lines))) == expected


@pytest.mark.parametrize(
    ("head", "rule", "column"),
    [
        (HEAD.replace("dias2025", "diaz2025"), "unknown-citation", 45),
        (HEAD.replace(' people="20 adults"', ""), "missing-argument", 1),
        (HEAD.replace(' unit="°C"', ""), "missing-argument", 1),
        (HEAD.replace("unit", "units"), "unknown-argument", 35),
        (HEAD.replace(":::", "::"), "wrong-colons", 1),
    ],
)
def test_the_first_line_is_checked_like_any_other(head: str, rule: str, column: int) -> None:
    first = problems(text("A: 1", head=head))[0]
    assert (first.line, first.column, first.rule) == (1, column, rule)


def test_a_chart_that_is_never_closed_is_one_problem() -> None:
    found = problems(f"{HEAD}\nA: 1\n\n## More\n\n[x](gone.md)")
    assert [(p.rule, p.line) for p in found] == [("unclosed-container", 1)]


@pytest.mark.parametrize(
    "line", ["A: [1, 2]", "A:", "A: {b: 1}", '"A: 1', "just words", "- 1", "&a: *b"]
)
def test_lines_of_another_kind_are_problems_and_never_a_crash(line: str) -> None:
    found = problems(text("B: 2", line))
    assert found
    assert all(problem.line in (2, 3) for problem in found)


# ---- drawn


def bars(unit: str, *numbers: list[str]) -> list[list[tuple[str, str, str]]]:
    args: dict[str, Any] = {"title": "T", "unit": unit, "people": "P", "columns": []}
    view = chart_view({**args, "rows": [{"label": "L", "numbers": n} for n in numbers]})
    return [[(c["start"], c["width"], c["text"]) for c in row["cells"]] for row in view["rows"]]


def test_bars_begin_at_zero_on_one_scale() -> None:
    assert bars("°C", ["20", "5"], ["0", "10"]) == [
        [("0%", "100%", "20\xa0°C"), ("0%", "25%", "5\xa0°C")],
        [("0%", "0%", "0\xa0°C"), ("0%", "50%", "10\xa0°C")],
    ]


def test_bars_of_negative_numbers_lie_left_of_zero() -> None:
    assert bars("%", ["-60"], ["20"]) == [[("0%", "75%", "−60%")], [("75%", "25%", "20%")]]
    assert bars("%", ["-84"], ["-42"]) == [[("0%", "100%", "−84%")], [("50%", "50%", "−42%")]]


def test_a_chart_of_zeros_has_no_bars() -> None:
    assert bars("%", ["0"]) == [[("0%", "0%", "0%")]]


def test_on_the_page_it_is_a_table_with_its_finding_source_and_people(
    site: Make, records: str
) -> None:
    chart = text("No <cold>: 20", "Gel pack: -5")
    built = site(
        {
            "content/guides/a.md": sites.page("A chart", chart),
            "content/data/references.yaml": records,
        }
    )
    html = built.made["guides/a/index.html"].content.decode()
    table = html[html.index('<table class="chart"') : html.index("</table>")]
    caption = table.partition("</caption>")[0]
    assert "Skin after 20 minutes (°C)" in caption
    assert "20 adults." in caption
    assert "Algafly and George, 2007." in caption
    assert 'aria-label="Reference 1"' in caption
    assert 'id="r1"' in html
    assert re.findall(r'<th scope="row">(.*?)</th>', table) == ["No &lt;cold&gt;", "Gel pack"]
    assert re.findall(r"</svg>(.*?)</div>", table) == ["20\xa0°C", "−5\xa0°C"]
    assert 'x="20%" width="80%"' in table
    assert table.count("<line") == 2
    assert "style=" not in table
    sheets = [one.content for name, one in built.made.items() if name.endswith(".css")]
    assert b".chart{" in b"".join(sheets), "below the first view"


def test_columns_have_heads(site: Make, records: str) -> None:
    chart = text("Cold, Skin, Muscle", "Ice, 12, 1.6")
    built = site(
        {
            "content/guides/a.md": sites.page("A chart", chart),
            "content/data/references.yaml": records,
        }
    )
    html = built.made["guides/a/index.html"].content.decode()
    table = html[html.index('<table class="chart many"') : html.index("</table>")]
    assert re.findall(r'<th scope="col">(.*?)</th>', table) == ["Cold", "Skin", "Muscle"]


@pytest.fixture
def records() -> str:
    """One real record under a name of its own."""
    written = (sites.ROOT / "content/data/references.yaml").read_text(encoding="utf-8")
    start = written.index("\nalgafly2007:") + 1
    end = re.compile(r"^\S", re.MULTILINE).search(written, start + 1)
    return written[start : end.start() if end else None].replace("algafly2007:", "dias2025:")
