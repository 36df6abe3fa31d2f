"""addresses.lock -> promises, and promises -> the text of the next one.

A line is one promise: the address, the day it was first published, the file it came from.

    /guides/cold-or-heat/ 2026-12-01 content/guides/cold-or-heat.md

The lines are sorted and stand alone, so that two branches merge by keeping the lines of both; what
such a merge leaves (a line twice, the order lost, even its marks) is read without complaint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from coldpress.addresses.standing import Standing
from coldpress.problems import BuildError, Place, error

LOCK = "addresses.lock"
"""Beside site.yaml, and in git: it is the only memory of what was promised."""
HEADER = """\
# Every address this site has published. The build keeps this file: commit it, do not edit it.
# An address that stands here must lead somewhere for ever. If one is to go, say so in site.yaml:
# redirects when something takes its place, gone when nothing does.
"""
NO_FILE = "-"
LINE = re.compile(r"(?P<address>/\S*) (?P<since>\d{4}-\d\d-\d\d) (?P<file>\S+)")
HOSTS_OWN = re.compile(
    r"/staticwebapp\.config\.json"
    r"|/.*\.(?:css|csv|html|ics|js|json|md|svg|txt|webmanifest|xml)\.(?:br|gz)"
)
"""Files for the host, and texts compressed for it. No visitor asks for one by its address, yet
builds before December 2026 wrote them down."""
MERGE = re.compile(r"<{7}|={7}|>{7}|\|{7}")


class Promise(Struct, frozen=True, order=True):
    """`address` may end in #part: a heading that another page of the site linked to."""

    address: str
    since: date
    file: str
    """Content file it came from last; "" for a feed, a file or an entry of site.yaml."""
    line: int = 1
    """Of the lock file, from 1."""


def locked(text: str) -> Mapping[str, Promise]:
    """Address -> promise, sorted. Of an address that stands there twice the earlier day counts.
    Raises BuildError for lines that are no promises: to pass over one would be to break it."""
    found: dict[str, Promise] = {}
    problems = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip() or line.startswith("#") or MERGE.match(line):
            continue
        promise = _promise(line.rstrip(), number)
        if promise is None:
            hint = "take the file back from git: git checkout addresses.lock"
            message = f"{line.strip()!r} is not an address, a day and a file"
            problems.append(error("damaged-lock", Place(LOCK, number), message, hint))
        elif promise.address not in found or promise.since < found[promise.address].since:
            found[promise.address] = promise
    if problems:
        raise BuildError(problems)
    return dict(sorted(found.items()))


def _promise(line: str, number: int) -> Promise | None:
    parts = LINE.fullmatch(line)
    try:
        since = date.fromisoformat(parts["since"]) if parts else None
    except ValueError:
        return None
    if parts is None or since is None:
        return None
    file = parts["file"].removeprefix(NO_FILE)
    return Promise(parts["address"], since, file, number)


def is_hosts_own(promise: Promise) -> bool:
    """Written down by mistake: it went with the host, and nothing is owed for it."""
    return not promise.file and HOSTS_OWN.fullmatch(promise.address) is not None


def updated(text: str, standing: Standing, today: date) -> str:
    """The lock after a publish on the day `today`. Nothing ever leaves it but what was never a
    promise. Publishing the same site again gives the same text."""
    now = standing.sources
    kept = {
        address: promise
        for address, promise in locked(text).items()
        if address in now or not is_hosts_own(promise)
    }
    rows = [
        _written(address, kept[address].since, now.get(address, kept[address].file))
        for address in kept
    ]
    rows += [_written(address, today, now[address]) for address in now.keys() - kept.keys()]
    return HEADER + "".join(f"{row}\n" for row in sorted(rows))


def _written(address: str, since: date, file: str) -> str:
    return f"{address} {since.isoformat()} {file or NO_FILE}"


def news(before: str, after: str) -> tuple[str, ...]:
    """Addresses that the second text has and the first has not; parts of pages left out."""
    added = locked(after).keys() - locked(before).keys()
    return tuple(sorted(address for address in added if "#" not in address))
