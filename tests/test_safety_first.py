"""Safety before selling, seen in finished pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from coldpress.facts import facts_of
from coldpress.landmarks import BESIDE, EMERGENCY, FILLED, SAFETY
from tests import sites
from tests.checkcases import case_files, expected_and_said

RULES = {"safety-before-booking", "loud-booking", "booking-beside-care"}
SAFE = sites.SAFE


def rules(folder: Path, condition: str, **options: object) -> set[str]:
    files = {**sites.SAFETY, "content/conditions/knees.md": condition}
    return {p.rule for p in sites.problems(sites.write(folder, files), **options)} & RULES


@pytest.mark.parametrize("path", case_files("safety_first"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, RULES)
    assert said == expected


@pytest.mark.parametrize(
    "condition",
    [
        sites.page("Knees", SAFE),
        sites.page("Knees", f"{SAFE}\n\n:: cta"),
        sites.page("Knees", SAFE, sensitive="true"),
        sites.page(
            "Knees",
            "See the [list](../pages/safety.md). Call 911 for chest pain.",
            urgent="{title: 'Get help today if:', items: [it swells]}",
        ),
        sites.page("Knees", "Still to be written.", draft="true"),
    ],
    ids=["template", "placed", "sensitive", "urgent", "draft"],
)
def test_a_safe_page_has_no_problem(condition: str, tmp_path: Path) -> None:
    assert rules(tmp_path, condition, drafts=True) == set()


@pytest.mark.parametrize(
    "gone", ['::: ask "Ask your doctor first if you:"\n- have heart disease\n:::', "See the", "911"]
)
def test_each_of_the_three_is_needed(gone: str, tmp_path: Path) -> None:
    kept = "\n".join(line for line in SAFE.replace(gone, "").splitlines())
    if gone == "911":
        kept = SAFE.replace("::: emergency", "::: warn").replace("911", "us")
    if gone == "See the":
        kept = SAFE.replace("[full list](../pages/safety.md)", "full list")
    if gone.startswith(":::"):
        kept = "See the [full list](../pages/safety.md). Call 911 for chest pain."
    assert rules(tmp_path, sites.page("Knees", kept)) == {"safety-before-booking"}


def test_a_page_that_is_not_about_a_condition_or_a_method_may_do_without(tmp_path: Path) -> None:
    files = {"content/guides/a.md": sites.page("A guide", ":: cta")}
    found = sites.problems(sites.write(tmp_path, files))
    assert not RULES & {problem.rule for problem in found}


# ------------------------------------------------------------------- landmarks of a page

BOOK = '<a class="btn{look}" href="https://b.example/?utm_content=x-card">Book</a>'
LOUD, QUIET = BOOK.format(look=""), BOOK.format(look=" quiet")


def landmarks(main: str) -> tuple[str, ...]:
    page = f'<header>{LOUD}</header><main>{main}</main><aside class="bar">{LOUD}</aside>'
    return facts_of("a/index.html", page.encode(), 10_000).landmarks


@pytest.mark.parametrize(
    ("main", "found"),
    [
        (LOUD, (FILLED,)),
        (QUIET, ()),
        (f"<aside>{LOUD} 911 <a href='/safe/'>x</a></aside>", ()),
        (f"<div class='care ask'>x</div><br>{LOUD}", (SAFETY, FILLED)),
        (f"{LOUD}<div class='care stop'>x</div>", (FILLED, SAFETY)),
        ("<div class='care tip'>x</div>", ()),
        ("<div class='care emergency'>x</div>", (SAFETY, EMERGENCY)),
        ("<p>In 911 of 1911</p><a href='/safe/#a'>x</a>", (EMERGENCY, "/safe/")),
        ("<p>In 1911</p>", ()),
        (f"<div class='care ask'>{QUIET}</div>", (SAFETY, BESIDE)),
        (f"<section class='book'>{QUIET}<div class='care ask'>x</div></section>", (SAFETY, BESIDE)),
        (f"<section><div class='care ask'>x</div>{LOUD}</section>", (SAFETY, FILLED)),
    ],
)
def test_landmarks_stand_in_the_order_of_reading(main: str, found: tuple[str, ...]) -> None:
    assert landmarks(main) == found
