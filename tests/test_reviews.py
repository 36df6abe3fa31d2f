"""The life of a medical review: signed, shown, edited, due, overdue; its lists and its calendar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from coldpress import cli, pipeline
from coldpress.frontmatter import split
from coldpress.model import Site
from coldpress.problems import OperationError
from coldpress.reviews import COLUMNS, csv_text, escaped, folded, ical, queue, table
from coldpress.schema import GuideMatter, Review, Reviews
from coldpress.signing import sign, with_block, written
from coldpress.signoff import standing
from tests import sites
from tests.checkcases import case_files, expected_and_said

RULES = {
    "edited-since-review",
    "review-due",
    "review-overdue",
    "unsigned-review",
    "review-dates",
}
NOW = "2026-11-23T12:00Z"
WHO: dict[str, Any] = {"by": "A. Person", "credential": "RN, wound care", "due": date(2027, 11, 23)}
BODY = "Cold may help for 20 minutes. The room is quiet."


def page(body: str = BODY, more: str = "") -> str:
    return (
        "---\r\n# a note\r\ntitle: Knees in the cold\r\n"
        "description: What the cold is like for a knee, and what to look out for there.\r\n"
        f"evidence_checked: 2026-11-20\r\n{more}---\r\n\r\n{body}\r\n"
    )


def gather(folder: Path, **changed: object) -> Site:
    return pipeline.gather(sites.options(folder, **changed))[0]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return sites.write(tmp_path, {"content/guides/knees.md": page()})


def signed(source: Path) -> Path:
    sign(gather(source), source, "guides/knees", **WHO)
    return source / "content/guides/knees.md"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_bytes().decode()
    assert old in text
    file.write_bytes(text.replace(old, new).encode())


def html(source: Path) -> str:
    return sites.compose(source).made["guides/knees/index.html"].content.decode()


# ------------------------------------------------------------------- what a build says


@pytest.mark.parametrize("path", case_files("reviews"), ids=lambda path: path.stem)
def test_exact_words(path: Path, tmp_path: Path) -> None:
    expected, said = expected_and_said(path, tmp_path, RULES)
    assert said == expected


def test_a_page_without_a_reviewer_says_so(source: Path) -> None:
    assert "Medical reviewer: not yet assigned." in html(source)
    assert not RULES & {problem.rule for problem in sites.problems(source)}


def test_a_signed_page_shows_who_when_and_when_next(source: Path) -> None:
    signed(source)
    said = html(source)
    assert "Reviewed by A. Person, RN, wound care, November 23, 2026." in said
    assert "Next review due November 23, 2027." in said
    assert "Edited since" not in said
    assert not RULES & {problem.rule for problem in sites.problems(source)}


def test_a_typo_is_no_edit_and_a_number_is(source: Path) -> None:
    file = signed(source)
    edit(
        file,
        "The room is quiet.",
        "Teh rooms are quiet enough!",
    )
    edit(file, "minutes", "mintues")
    assert "Edited since" not in html(source)
    edit(file, "for 20", "for 30")
    said = html(source)
    assert "November 23, 2026. Edited since this review. Next review due" in said
    assert {p.rule for p in sites.problems(source)} & RULES == {"edited-since-review"}
    edit(file, "for 30", "for 20")
    assert "Edited since" not in html(source)


def test_signing_again_makes_an_edited_page_current(source: Path) -> None:
    file = signed(source)
    edit(file, "for 20", "for 30")
    signed(source)
    assert "Edited since" not in html(source)
    assert file.read_text().count("reviewed:") == 1


def test_an_overdue_page_can_still_be_signed(source: Path) -> None:
    """The list and the sign-off work while the build stops: else nobody could mend it."""
    signed(source)
    late = {"now": datetime(2028, 6, 1, tzinfo=UTC)}
    assert {p.rule for p in sites.problems(source, **late) if p.level == "error"} == {
        "review-overdue"
    }
    assert [one.standing.state for one in queue(gather(source, **late))] == ["overdue"]
    again = {**WHO, "due": date(2029, 6, 1)}
    sign(gather(source, **late), source, "guides/knees", **again)
    assert not [p for p in sites.problems(source, **late) if p.level == "error"]


# ------------------------------------------------------------------- signing keeps the file


def test_the_rest_of_the_file_stays_byte_for_byte(source: Path) -> None:
    file = source / "content/guides/knees.md"
    before = file.read_bytes()
    signed(source)
    after = file.read_bytes()
    block = re.search(rb"reviewed:\r\n(?:  .*\r\n)+", after)
    assert block
    assert after.replace(block[0], b"") == before
    assert block[0].count(b"\r\n") == block[0].count(b"\n") == 6


REVIEW = Review(
    by='A "B" C: d',
    credential="# no note",
    on=date(2026, 11, 23),
    next=date(2027, 11, 23),
    text="0" * 12,
)
BLOCKS = [
    b"reviewed: {by: X, credential: Y,\n  on: 2025-01-01, next: 2026-01-01}\n",
    b"reviewed:\n  by: X\n\n  credential: Y\n    \n  on: 2025-01-01\n  next: 2026-01-01\n",
    b"reviewed :\n  by: X\n  # who it was\n  credential: Y\n  on: 2025-01-01\n  next: 2026-01-01\n",
]


def with_review(raw: bytes, review: Review = REVIEW) -> bytes:
    return with_block(raw, "reviewed", written(review))


@pytest.mark.parametrize("old", BLOCKS)
@pytest.mark.parametrize("after", [b"", b"\n# a note\n", b"order: 3\n"])
def test_an_old_block_is_replaced_and_nothing_else(old: bytes, after: bytes) -> None:
    above, below = (
        b"\xef\xbb\xbf---\ntitle: Reviewed\n",
        after + b"---\n\nreviewed: is a word\n---\n",
    )
    new = with_review(above + below).removeprefix(above)
    assert with_review(above + old + below).startswith(above + b"reviewed:\n  by: ")
    assert with_review(above + old + below).endswith(below)
    assert sorted(with_review(above + old + below)) == sorted(above + new)


@given(st.text(st.characters(categories=["L", "N", "P", "Sm", "Zs"]), min_size=1))
def test_any_name_survives_the_file(name: str) -> None:
    plain = b"---\ntitle: Knees\ndescription: What the cold is like for a knee, and after.\n---\n"
    signed = with_review(plain, replace(REVIEW, by=name))
    reviewed = split(signed, "p.md", GuideMatter).matter.reviewed
    assert reviewed == replace(REVIEW, by=name)


@pytest.mark.parametrize(
    ("name", "changed", "message", "hint"),
    [
        ("guides/kneez", {}, "there is no page 'guides/kneez' on the site", "did you mean"),
        ("guides/knees", {"by": " "}, "a sign-off has a person's name and credential", "quotes"),
        (
            "guides/knees",
            {"due": date(2026, 11, 23)},
            "--next 2026-11-23 is not after today (2026-11-23)",
            "a year is usual",
        ),
    ],
)
def test_what_cannot_be_signed(
    name: str, changed: dict[str, object], message: str, hint: str, source: Path
) -> None:
    before = (source / "content/guides/knees.md").read_bytes()
    with pytest.raises(OperationError) as refused:
        sign(gather(source), source, name, **{**WHO, **changed})
    assert refused.value.message == message
    assert hint in refused.value.hint
    assert (source / "content/guides/knees.md").read_bytes() == before


def test_a_block_in_a_form_of_its_own_is_left_alone(tmp_path: Path) -> None:
    old = '"reviewed": {by: X, credential: Y, on: 2026-01-01, next: 2027-01-01}\r\n'
    folder = sites.write(tmp_path, {"content/guides/knees.md": page(more=old)})
    with pytest.raises(OperationError, match="written in an unusual way"):
        signed(folder)
    assert (folder / "content/guides/knees.md").read_bytes() == page(more=old).encode()


# ------------------------------------------------------------------- where a page stands


@given(st.integers(-400, 400), st.booleans(), st.integers(0, 90), st.integers(0, 90))
def test_the_days_decide(days: int, same: bool, notice: int, grace: int) -> None:
    today = date(2026, 11, 23)
    review = replace(REVIEW, next=today + timedelta(days))
    times = Reviews(notice_days=notice, grace_days=grace)
    now = standing(review, "0" * 12 if same else "1" * 12, today, times)
    assert now.edited is not same
    assert now.stops is (-days > grace)
    assert (now.state == "overdue") is (days < 0)
    assert (now.state == "current") is (days > notice and same)
    assert standing(None, "", today, times).state == "never"


# ------------------------------------------------------------------- lists


@pytest.fixture
def several(tmp_path: Path) -> Path:
    reviewed = "reviewed: {{by: X, credential: Y, on: 2026-01-01, next: {}, text: '{}'}}\r\n"
    fields = {
        "never": "",
        "edited": reviewed.format("2027-01-02", "0" * 12),
        "late": reviewed.format("2026-10-01", "0" * 12),
        "unsigned": "reviewed: {by: X, credential: Y, on: 2026-01-01, next: 2027-01-01}\r\n",
        "soon": "",
        "fresh": "",
    }
    files: dict[str, str | bytes] = {
        f"content/guides/{name}.md": page(more=more).replace("Knees in", f"{name}; knees, é in", 1)
        for name, more in fields.items()
    }
    folder = sites.write(tmp_path, files)
    for name, due in {"soon": date(2026, 12, 1), "fresh": date(2027, 11, 1)}.items():
        sign(gather(folder), folder, f"guides/{name}", by="X", credential="Y", due=due)
    return folder


def test_the_most_pressing_comes_first(several: Path) -> None:
    said = table(queue(gather(several)))
    assert said.splitlines() == [
        "state                page             reviewed    next",
        "overdue, edited      guides/late      2026-01-01  2026-10-01",
        "edited since review  guides/edited    2026-01-01  2027-01-02",
        "due soon             guides/soon      2026-11-23  2026-12-01",
        "text not recorded    guides/unsigned  2026-01-01  2027-01-01",
        "never reviewed       guides/never     -           -",
        "",
        "5 pages to review, 1 current",
    ]


def test_pages_that_claim_nothing_need_no_reviewer(tmp_path: Path) -> None:
    folder = sites.write(tmp_path, {"content/guides/a.md": sites.page("Parking")})
    assert table(queue(gather(folder))) == "0 pages to review, 0 current"


def test_csv_can_be_read_back(several: Path) -> None:
    rows = list(csv.reader(io.StringIO(csv_text(queue(gather(several))))))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 7
    assert rows[1] == [
        "overdue",
        "content/guides/late.md",
        "late; knees, é in the cold",
        "https://harbour.example/guides/late/",
        "X",
        "Y",
        "2026-01-01",
        "2026-10-01",
    ]


def parsed(text: str) -> Iterator[tuple[str, str]]:
    """Lines of a calendar, unfolded, by an independent reading of RFC 5545."""
    for line in re.sub("\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        yield name, re.sub(r"\\([\\;,])", r"\1", value)


def components(text: str, kind: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    inside = ""
    for name, value in parsed(text):
        if (name, value) == ("BEGIN", kind):
            found.append({})
            inside = kind
        elif (name, value) == ("END", kind):
            inside = ""
        elif inside:
            found[-1].setdefault(name, value)
    return found


def test_the_calendar_can_be_read_back(several: Path) -> None:
    site = gather(several)
    text = ical(queue(site), site)
    assert text == ical(queue(gather(several)), site), "the same bytes"
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    events = {one["SUMMARY"]: one for one in components(text, "VEVENT")}
    assert len(events) == 3
    fresh = events["Medical review due: fresh; knees, é in the cold"]
    assert fresh["DTSTART;VALUE=DATE"] == "20271101"
    assert fresh["DTSTAMP"] == "20261123T000000Z"
    assert fresh["UID"] == "guides-fresh-due@harbour.example"
    assert fresh["URL"] == "https://harbour.example/guides/fresh/"
    assert {one["SUMMARY"].rpartition(" (")[2] for one in components(text, "VTODO")} == {
        "never reviewed)",
        "edited since review)",
        "text not recorded)",
    }
    begun = [value for name, value in parsed(text) if name == "BEGIN"]
    ended = [value for name, value in parsed(text) if name == "END"]
    assert sorted(begun) == sorted(ended)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_folding_loses_nothing_and_keeps_its_width(text: str) -> None:
    lines = list(folded(f"SUMMARY:{escaped(text)}"))
    assert all(len(line.encode()) <= 75 for line in lines)
    assert all(line.startswith(" ") for line in lines[1:])
    assert next(parsed("\r\n".join(lines))) == ("SUMMARY", text)


# ------------------------------------------------------------------- the command


def call(source: Path, *words: object) -> int:
    return cli.main(["reviews", "--source", str(source), "--now", NOW, *map(str, words)])


def test_the_command_prints_the_queue(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(source) == 0
    assert "never reviewed  guides/knees" in capsys.readouterr().out


def test_the_command_writes_files(source: Path, tmp_path: Path) -> None:
    calendar, sheet = tmp_path / "r.ics", tmp_path / "r.csv"
    assert call(source, "--ical", calendar, "--csv", sheet) == 0
    assert calendar.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert sheet.read_bytes().startswith(b"state,page,")
    assert call(source, "--csv", tmp_path / "no" / "r.csv") == 3


def test_the_command_signs(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--by", "A. Person", "--credential", "RN", "--next", "2027-11-23")
    assert call(source, "--sign", "content/guides/knees.md", *words) == 0
    assert "content/guides/knees.md is signed by A. Person" in capsys.readouterr().out
    assert call(source) == 0
    assert "0 pages to review, 1 current" in capsys.readouterr().out


def test_the_command_wants_a_person(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(source, "--sign", "guides/knees", "--by", "A. Person") == 2
    assert "--sign needs --by, --credential and --next" in capsys.readouterr().err
    with pytest.raises(SystemExit) as refused:
        call(source, "--next", "next year")
    assert refused.value.code == 2


def test_a_site_that_cannot_be_read_is_reported(source: Path) -> None:
    (source / "content/guides/knees.md").write_text("---\ntitle: x\n---\n")
    assert call(source) == 1
