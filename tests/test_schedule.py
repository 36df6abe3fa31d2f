"""What changes by itself, when, and what stands where a page was."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from coldpress import schedule
from coldpress.cli import main
from coldpress.expiry import ended
from coldpress.later import later
from coldpress.model import Route, Source, Written
from coldpress.pipeline import Built
from coldpress.schema import FrontMatter, kind_named
from tests import sites
from tests.conftest import Make

ANGELES = ZoneInfo("America/Los_Angeles")
PACKAGE = sites.ROOT / "coldpress"
OFFERS = """\
winter:
  text: First session $40, usually $60.
  terms: One session a person.
  starts: 2026-12-20
  ends: 2026-12-31
late:
  text: First session $50, usually $60.
  terms: pages/offer-terms
  starts: 2026-12-30
  ends: 2027-01-10
  pages: [pages/offer-terms]
"""
PLANNED = {
    "content/data/offers.yaml": OFFERS,
    "content/pages/offer-terms.md": sites.page("Terms of the offer"),
    "content/guides/index.md": sites.page("Guides"),
    "content/guides/soon.md": sites.page("Soon", publish_at="2026-12-01 09:00"),
    "content/guides/leaves.md": sites.page("Leaves", expires_at="2026-12-10 00:00"),
    "content/guides/moves.md": sites.page(
        "Moves",
        aliases="[/older/]",
        expires_at="2026-12-15 12:00 Europe/Berlin",
        expired_to="guides/soon",
    ),
    "content/guides/both.md": sites.page(
        "Both",
        "See [this](leaves.md).",
        publish_at="2026-12-05 09:00",
        expires_at="2027-02-01 09:00",
    ),
    "content/guides/draft.md": sites.page("Draft", draft="true", publish_at="2026-12-02 09:00"),
}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def text_of(built: Built, output: str) -> str:
    return built.made[output].content.decode()


# ---- the plan


def test_what_is_planned_in_order(site: Make) -> None:
    planned = schedule.next_changes(site(PLANNED).site)
    assert [(f"{at:%m-%d %H:%M}", what, path.rpartition("/")[2]) for at, what, path in planned] == [
        ("12-01 17:00", "goes live", "soon.md"),
        ("12-05 17:00", "goes live", "both.md"),
        ("12-10 08:00", "expires", "leaves.md"),  # a page that is live now
        ("12-15 11:00", "expires", "moves.md"),
        ("12-20 08:00", "the offer 'winter' starts", "offers.yaml"),
        ("12-30 08:00", "the offer 'late' starts", "offers.yaml"),
        ("01-01 08:00", "the offer 'winter' ends", "offers.yaml"),
        ("01-11 08:00", "the offer 'late' ends", "offers.yaml"),
        ("02-01 17:00", "expires", "both.md"),
    ]


def test_a_preview_plans_what_visitors_will_see(tmp_path: Path) -> None:
    source = sites.write(tmp_path, PLANNED)
    plain, preview = (sites.compose(source, drafts=drafts).site for drafts in (False, True))
    assert schedule.next_changes(preview) == schedule.next_changes(plain)


def test_at_its_own_moment_a_change_is_no_longer_to_come(site: Make) -> None:
    built = site(PLANNED)
    at = schedule.next_changes(built.site)[0].at
    assert schedule.next_changes(built.site, at - timedelta(seconds=1))[0].at == at
    assert schedule.next_changes(built.site, at)[0].at > at
    assert [c.at for c in schedule.changes_between(built.site, sites.NOW, at)] == [at]
    assert schedule.changes_between(built.site, at, at + timedelta(hours=1)) == ()


def test_nothing_else_ever_changes_the_bytes(tmp_path: Path) -> None:
    """The law of the plan: between two of its moments every build is the same, byte for byte, and
    at each of them something is another."""
    source = sites.write(tmp_path, PLANNED)
    moments = [change.at for change in schedule.next_changes(sites.compose(source).site)]
    before: Mapping[str, bytes] = outputs(source, sites.NOW)
    for at, following in pairwise([*moments, moments[-1] + timedelta(days=500)]):
        assert outputs(source, at - timedelta(seconds=1)) == before
        now = outputs(source, at)
        assert now != before
        before = now
        assert outputs(source, following - timedelta(seconds=1)) == now


def outputs(source: Path, now: datetime) -> Mapping[str, bytes]:
    return {output: one.content for output, one in sites.compose(source, now=now).made.items()}


def test_the_plan_knows_everybody_who_reads_the_clock() -> None:
    """What these do with the day is in the plan, or does not reach the page: `reviewer` asks only
    whether a text was edited, and the day on which security.txt ends moves with every build and
    asks for none. Whoever comes new to the list adds its moments to schedule.py."""
    readers = {
        path.relative_to(PACKAGE).as_posix()
        for room in ("views", "outputs", "hosts")
        for path in (PACKAGE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("now", "today")
    }
    assert readers == {"views/__init__.py", "views/offers.py", "outputs/contacts.py"}


def test_the_note_of_a_build_is_for_a_scheduler(site: Make) -> None:
    planned = schedule.next_changes(site(PLANNED).site)
    lines = schedule.note(planned).decode().splitlines()
    assert lines[0] == "2026-12-01T17:00:00Z\tgoes live\tcontent/guides/soon.md"
    assert len(lines) == len(planned)
    assert schedule.note(()) == b""


def test_from_when_a_build_stops(site: Make) -> None:
    review = "{by: A. Person, credential: MD, on: 2026-01-10, next: 2027-01-10, text: 0f3a61c2b97e}"
    allow = "[{rule: absolute-claim, words: always wrap, reason: safety advice, until: 2027-03-13}]"
    page = sites.page("Wrapped", "Please always wrap the pack.", reviewed=review, allow=allow)
    built = site({"content/guides/wrapped.md": page}, now=utc("2026-11-23T12:00Z"))
    assert schedule.next_changes(built.site) == ()
    assert schedule.next_stops(built.site) == (
        # 60 days of grace, then the first moment of the day after
        (utc("2027-03-12T08:00Z"), "the medical review is overdue", "content/guides/wrapped.md"),
        # on the 14th clocks go forward at two: midnight is still eight hours behind
        (
            utc("2027-03-14T08:00Z"),
            "'always wrap' is no longer allowed",
            "content/guides/wrapped.md",
        ),
    )
    assert schedule.next_stops(built.site, utc("2027-03-14T08:00Z")) == ()


# ---- days

ZONES = (
    "America/Los_Angeles",
    "America/Havana",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "UTC",
)


@given(
    day=st.dates(date(1990, 1, 1), date(2037, 1, 1)),
    zone=st.sampled_from(ZONES),
)
def test_a_day_begins_at_its_first_moment(day: date, zone: str) -> None:
    """Clocks change at midnight in some of these, and Apia once left out a day."""
    start = schedule.start_of(day, ZoneInfo(zone))
    assert start is not None
    assert start.astimezone(ZoneInfo(zone)).date() >= day
    assert (start - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < day


@pytest.mark.parametrize(
    ("day", "start", "hours"),
    [
        ("2026-03-07", "2026-03-07T08:00Z", 24),
        ("2026-03-08", "2026-03-08T08:00Z", 23),
        ("2026-10-31", "2026-10-31T07:00Z", 24),
        ("2026-11-01", "2026-11-01T07:00Z", 25),
    ],
)
def test_days_on_which_clocks_change_are_shorter_or_longer(
    day: str, start: str, hours: int
) -> None:
    first = schedule.start_of(date.fromisoformat(day), ANGELES)
    after = schedule.end_of(date.fromisoformat(day), ANGELES)
    assert first is not None
    assert after is not None
    assert (first, after - first) == (utc(start), timedelta(hours=hours))


def test_the_last_of_all_days_has_no_end() -> None:
    assert schedule.end_of(date.max, ANGELES) is None
    assert schedule.start_of(date.min, ZoneInfo("Asia/Tokyo")) is None
    assert schedule.later(date.max, 1) == date.max


def test_an_allowance_without_end_stops_nothing(site: Make) -> None:
    allow = "[{rule: absolute-claim, words: always wrap, reason: safety advice, until: 9999-12-31}]"
    page = sites.page("Wrapped", "Please always wrap the pack.", allow=allow)
    assert schedule.next_stops(site({"content/guides/wrapped.md": page}).site) == ()


def test_an_offer_without_end_breaks_nothing(site: Make) -> None:
    offers = OFFERS.replace("2027-01-10", "9999-12-31")
    planned = schedule.next_changes(site({**PLANNED, "content/data/offers.yaml": offers}).site)
    assert "the offer 'late' ends" not in {change.what for change in planned}


# ---- expired pages

AFTER = utc("2026-12-20T00:00Z")
GONE = "guides/leaves/index.html"


def test_an_expired_page_says_so_at_its_address(site: Make) -> None:
    html = text_of(site(PLANNED, now=AFTER, base_url="https://x.example/spa"), GONE)
    assert "<h1>This page is no longer here</h1>" in html
    assert "<title>No longer here: Leaves | Harbour Rooms</title>" in html
    assert "“Leaves” stood at this address until December 9, 2026." in html
    assert '<meta name="robots" content="noindex">' in html
    assert '<a href="/spa/guides/">' in html
    assert "Some words." not in html


def test_its_end_is_the_first_moment_without_it(site: Make) -> None:
    assert "Some words." in text_of(site(PLANNED, now=utc("2026-12-10T07:59:59Z")), GONE)
    assert "no longer here" in text_of(site(PLANNED, now=utc("2026-12-10T08:00:00Z")), GONE)


def test_it_is_on_no_list(site: Make) -> None:
    search = {
        "content/pages/find.md": sites.page("Find", layout="search", no_booking="for finding")
    }
    files = {**PLANNED, **search}
    there, gone = (site(files, now=now) for now in (sites.NOW, AFTER))
    lists = [name for name in there.made if name.endswith((".xml", ".json"))]
    assert any("leaves" in text_of(there, name) for name in lists)
    lists = [name for name in gone.made if name.endswith((".xml", ".json"))]
    assert not [name for name in lists if "leaves" in text_of(gone, name)]
    linked = [name for name in gone.made if name.endswith(".html") and name != GONE]
    assert not [name for name in linked if "/guides/leaves/" in text_of(gone, name)]


def test_links_to_it_become_words(site: Make) -> None:
    assert "See this." in text_of(site(PLANNED, now=AFTER), "guides/both/index.html")


def test_it_leads_on_when_its_author_said_where(site: Make) -> None:
    built = site(PLANNED, now=AFTER)
    for old in ("guides/moves/index.html", "older/index.html"):
        html = text_of(built, old)
        assert 'http-equiv="refresh" content="0; url=/guides/soon/"' in html
        assert "noindex" in html


def test_a_note_has_its_old_addresses_too_and_no_offer(site: Make) -> None:
    files = {
        **PLANNED,
        "content/guides/leaves.md": sites.page(
            "Leaves", aliases="[/left/]", expires_at="2026-12-10 00:00", related="[guides/both]"
        ),
        "content/data/offers.yaml": OFFERS.replace(
            "  ends: 2026-12-31", "  ends: 2026-12-31\n  pages: [guides/leaves]"
        ),
    }
    built = site(files, now=utc("2026-12-24T00:00Z"))
    assert 'url=/guides/leaves/"' in text_of(built, "left/index.html")
    html = text_of(built, GONE)
    assert "$40" not in html
    onward = html.partition("<h2>Go on here</h2>")[2]
    assert onward.index("/guides/both/") < onward.index('href="/guides/"')


def test_a_preview_shows_it_as_it_was(site: Make) -> None:
    assert "Some words." in text_of(site(PLANNED, now=AFTER, drafts=True), GONE)


def test_nobody_can_take_its_address(tmp_path: Path) -> None:
    files = {**PLANNED, "content/guides/new.md": sites.page("New", slug="leaves")}
    found = sites.problems(sites.write(tmp_path, files), now=AFTER)
    assert "doubled-address" in {problem.rule for problem in found}


def source(name: str, to: str | None = None, lang: str = "en") -> Source:
    kind = kind_named("guide")
    assert kind is not None
    matter = FrontMatter(title="A page", description="What there is to know.", expired_to=to)
    at = sites.NOW
    return Source(
        f"{name}.{lang}", kind, name, lang, matter, later(Written("", {})), 1, "", "", None, at
    )


def leads(*expired: Source) -> dict[str, str]:
    routes = {one.path: Route(f"/{one.name}/", "", ()) for one in expired}
    return {one.source.name: one.to for one in ended(expired, (), routes)}


def test_a_way_without_end_ends_in_a_note() -> None:
    circle = (source("a", "guides/b"), source("b", "guides/a"), source("c", "guides/a"))
    assert leads(*circle) == {"a": "", "b": "", "c": ""}
    assert leads(source("a", "guides/nowhere"), source("b")) == {"a": "", "b": ""}


# ---- the command


def run(
    capsys: pytest.CaptureFixture[str], folder: Path, *words: str, now: str = "2026-11-23T12:00Z"
) -> tuple[int, str]:
    code = main(["next", "--source", str(folder), "--now", now, *words])
    return code, capsys.readouterr().out


def test_next_lists_the_plan_in_the_sites_own_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "content/guides/a.md": sites.page("One page", publish_at="2027-03-14 01:30"),
        "content/guides/b.md": sites.page("Another", expires_at="2027-03-14 03:30"),
    }
    code, said = run(capsys, sites.write(tmp_path, files))
    assert code == 0
    assert said.splitlines() == [
        "2027-03-14 01:30 PST  goes live  content/guides/a.md",
        "2027-03-14 03:30 PDT  expires    content/guides/b.md",
    ]


def test_next_says_so_when_nothing_is_planned(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, sites.write(tmp_path, {})) == (0, "nothing is planned\n")


def test_next_warns_of_a_build_that_will_stop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    allow = "[{rule: absolute-claim, words: always wrap, reason: safety advice, until: 2027-03-13}]"
    page = sites.page("Wrapped", "Please always wrap the pack.", allow=allow)
    _code, said = run(capsys, sites.write(tmp_path, {"content/guides/a.md": page}))
    assert said.splitlines() == [
        "nothing is planned",
        "",
        "unless someone acts, a build stops, and nothing planned after it happens:",
        "2027-03-14 00:00 PST  'always wrap' is no longer allowed  content/guides/a.md",
    ]


@pytest.mark.parametrize(
    ("since", "now", "due"),
    [
        ("2026-12-01T16:00Z", "2026-12-01T16:59:59Z", "no"),
        ("2026-12-01T16:00Z", "2026-12-01T17:00:00Z", "yes"),
        ("2026-12-01T17:00Z", "2026-12-01T18:00:00Z", "no"),
        ("2026-11-01T00:00Z", "2026-12-24T00:00:00Z", "yes"),
        ("", "2026-12-01T16:00:00Z", "yes"),
    ],
)
def test_a_build_is_due_when_something_changed_since_the_last_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], since: str, now: str, due: str
) -> None:
    files = {"content/guides/a.md": sites.page("One page", publish_at="2026-12-01 09:00")}
    folder = sites.write(tmp_path, files)
    code, said = run(capsys, folder, f"--since={since}", now=now)
    assert (code, said.splitlines()[0]) == (0, f"due: {due}")
    code, said = run(capsys, folder, f"--since={since}", "--format", "json", now=now)
    told = json.loads(said)
    assert (code, told["due"]) == (0, due == "yes")
    assert bool(told["since_then"]) == (due == "yes" and since != "")


def test_next_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, sites.write(tmp_path, PLANNED), "--format", "json")
    told = json.loads(said)
    assert (code, told["due"], told["stops"]) == (0, None, [])
    assert told["next_change"] == "2026-12-01T17:00:00+00:00" == told["changes"][0]["at"]
    assert told["changes"][0]["what"] == "goes live"


def test_a_moment_without_zone_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["next", "--source", str(tmp_path), "--since", "2026-12-01T09:00"])
    assert stopped.value.code == 2


def test_next_tells_of_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"content/guides/a.md": sites.page("One page", publish_at="2026-03-08 02:30")}
    code, said = run(capsys, sites.write(tmp_path, files))
    assert code == 1
    assert "ambiguous-time" in said


def test_now_shows_any_day(tmp_path: Path) -> None:
    folder = sites.write(tmp_path, PLANNED)
    shown = []
    for now in ("2026-12-01T16:59Z", "2026-12-01T09:00-08:00", "2026-12-24T12:00Z"):
        code = main(["build", "--quiet", "--source", str(folder), "--now", now])
        home = (folder / "output/index.html").read_text(encoding="utf-8")
        gone = (folder / "output/guides/leaves/index.html").read_text(encoding="utf-8")
        soon = (folder / "output/guides/soon/index.html").exists()
        shown.append((code, soon, "$40" in home, "no longer here" in gone))
    assert shown == [(0, False, False, False), (0, True, False, False), (0, True, True, True)]
    left = (folder / ".coldpress/next-change.txt").read_text(encoding="utf-8")
    assert left.startswith("2026-12-30T08:00:00Z\tthe offer 'late' starts\t")
    assert not list((folder / "output").rglob("next-change*"))


# ---- the files for GitHub and GitLab


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_the_workflows_are_printed_as_they_are(
    capsys: pytest.CaptureFixture[str], service: str
) -> None:
    assert main(["next", "--workflow", service]) == 0
    said = capsys.readouterr().out
    assert said == (PACKAGE / f"workflows/{service}.yml").read_text(encoding="utf-8")


def github() -> dict[str, object]:
    text = (PACKAGE / "workflows/github.yml").read_text(encoding="utf-8")
    # YAML 1.1 reads the key `on` as true.
    loaded: dict[str, object] = yaml.safe_load(text.replace("\non:\n", '\n"on":\n'))
    return loaded


def test_github_asks_once_an_hour_and_not_when_everybody_does() -> None:
    on = github()["on"]
    assert isinstance(on, dict)
    ((minute, *others),) = [row["cron"].split() for row in on["schedule"]]
    assert int(minute) % 5 != 0
    assert others == ["*"] * 4
    assert on["repository_dispatch"] == {"types": ["rebuild"]}
    assert github()["permissions"] == {"actions": "write", "contents": "read"}


def step(id: str) -> str:
    jobs = github()["jobs"]
    assert isinstance(jobs, dict)
    return next(str(one["run"]) for one in jobs["due"]["steps"] if one.get("id") == id)


@pytest.mark.parametrize(
    ("since", "due"), [("2026-11-30T00:00:00Z", "yes"), ("2026-12-02T00:00Z", "no")]
)
def test_the_step_of_github_hands_the_answer_on(tmp_path: Path, since: str, due: str) -> None:
    """Its own words, run by bash, over a real site."""
    folder = sites.write(
        tmp_path / "site",
        {"content/guides/a.md": sites.page("One page", publish_at="2026-12-01 09:00")},
    )
    python = tmp_path / "python3"
    words = f"{sites.ROOT}/build.py --source {folder} --now 2026-12-03T00:00Z"
    python.write_text(f'#!/bin/sh\nshift\nexec "{sys.executable}" {words} "$@"\n')
    python.chmod(0o755)
    answer = tmp_path / "answer"
    done = subprocess.run(
        ["/bin/bash", "-eo", "pipefail", "-c", step("next")],
        env={
            "PATH": f"{tmp_path}:/usr/bin:/bin",
            "SINCE": since,
            "GITHUB_OUTPUT": str(answer),
            "RUNNER_TEMP": str(tmp_path),
        },
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert answer.read_text() == f"due={due}\n"
    assert f"due: {due}" in done.stdout


class Tagged(yaml.SafeLoader):
    """Knows GitLab's !reference."""


def reference(loader: Tagged, node: yaml.Node) -> list[object]:
    assert isinstance(node, yaml.SequenceNode)
    return loader.construct_sequence(node)


Tagged.add_constructor("!reference", reference)


def test_gitlab_asks_in_schedules_only_and_builds_in_the_others() -> None:
    text = (PACKAGE / "workflows/gitlab.yml").read_text(encoding="utf-8")
    jobs = yaml.load(text, Tagged)
    asks, builds = jobs["due"]["rules"], jobs[".deployed"]["rules"]
    assert asks[0]["if"] == builds[0]["if"]
    assert builds[0]["when"] == "never"
    assert jobs["due"]["cache"]["key"] == jobs[".deployed"]["cache"]["key"]
