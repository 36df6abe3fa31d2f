"""next: what changes on the site by itself, and when; whether a build is due."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from coldpress.commands.given import options_of

if TYPE_CHECKING:
    from coldpress.schedule import Change

WORKFLOWS = Path(__file__).resolve().parent.parent / "workflows"
EVER = datetime.min.replace(tzinfo=UTC)


def arguments(to: argparse.ArgumentParser) -> None:
    words = "say whether anything changed between this moment (the last build) and now"
    to.add_argument("--since", help=words, metavar="ISO-TIME", type=moment_or_never)
    words = "print the file that makes this service build when something is due"
    to.add_argument("--workflow", help=words, choices=("github", "gitlab"))


def moment_or_never(text: str) -> datetime:
    """An empty text is how a scheduler says that nothing was ever built."""
    from coldpress.usage import moment

    return moment(text) if text.strip() else EVER


def run(given: argparse.Namespace) -> int:
    if given.workflow:
        print((WORKFLOWS / f"{given.workflow}.yml").read_text(encoding="utf-8"), end="")
        return 0
    from coldpress import pipeline, schedule

    options = options_of(given)
    site, _advice = pipeline.gather(options)
    coming, stops = schedule.next_changes(site), schedule.next_stops(site)
    missed: tuple[Change, ...] | None = None
    if given.since is not None:
        missed = schedule.changes_between(site, given.since, options.now)
    due = None if missed is None else bool(missed) or given.since == EVER
    if given.format == "json":
        print(as_json(options.now, due, missed or (), coming, stops))
    else:
        print(as_text(schedule.zone_of(site.config), due, missed or (), coming, stops))
    return 0


def as_text(
    zone: ZoneInfo,
    due: bool | None,
    missed: Sequence[Change],
    coming: Sequence[Change],
    stops: Sequence[Change],
) -> str:
    """The first line answers: `due: yes`, or what is next."""
    lines: list[str] = []
    if due is not None:
        lines += [f"due: {'yes' if due else 'no'}", *table(missed, zone), ""]
    lines += [*table(coming, zone)] or ["nothing is planned"]
    if stops:
        lines += ["", "unless someone acts, a build stops, and nothing planned after it happens:"]
        lines += table(stops, zone)
    return "\n".join(lines)


def table(rows: Sequence[Change], zone: ZoneInfo) -> Iterator[str]:
    """In the site's own time. A name in a file may hold anything: signs that would command the
    terminal are left out."""
    when = [at.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z") for at, _what, _path in rows]
    wide = max(map(len, when), default=0), max((len(what) for _at, what, _path in rows), default=0)
    for at, (_at, what, path) in zip(when, rows, strict=True):
        line = f"{at:<{wide[0]}}  {what:<{wide[1]}}  {path}"
        yield "".join(sign for sign in line if sign.isprintable())


def as_json(
    now: datetime,
    due: bool | None,
    missed: Iterable[Change],
    coming: Sequence[Change],
    stops: Iterable[Change],
) -> str:
    said = {
        "now": now.isoformat(),
        "due": due,
        "since_then": rows(missed),
        "next_change": coming[0].at.isoformat() if coming else None,
        "changes": rows(coming),
        "stops": rows(stops),
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def rows(changes: Iterable[Change]) -> list[dict[str, str]]:
    return [{"at": at.isoformat(), "what": what, "path": path} for at, what, path in changes]
