"""The request table against real servers, and against the matchers of all other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coldpress.hosts import compile_host
from tests.hosts.asked import Got, Row, faults, rows, without
from tests.hosts.hosted import HOSTED
from tests.hosts.sample import sample
from tests.hosts.table import HOSTS, Up, up

pytestmark = pytest.mark.system

TABLE = rows()
BELOW = ("nginx", "apache", "caddy", "http.server", "s3")
"""wrangler serves the root of a domain only, like the host it stands for."""


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as found:
        yield found


@pytest.fixture(scope="module", params=sorted(HOSTS))
def server(request: pytest.FixtureRequest, patch: pytest.MonkeyPatch) -> Iterator[Up]:
    with up(request.param, "", patch) as found:
        yield found


@pytest.fixture(scope="module", params=BELOW)
def server_below(request: pytest.FixtureRequest, patch: pytest.MonkeyPatch) -> Iterator[Up]:
    with up(request.param, "/a/b", patch) as found:
        yield found


def test_the_table_is_a_table() -> None:
    assert len(TABLE) >= 60
    assert len({(row.method, row.ask, str(row.headers)) for row in TABLE}) == len(TABLE)
    known = {*HOSTS, *HOSTED}
    assert not {name for row in TABLE for name in row.but} - known


def test_every_row_at_the_root(server: Up) -> None:
    wrong = [fault for row in TABLE for fault in answered(server, row)]
    assert not wrong, "\n".join(wrong)


def test_every_row_below_a_path(server_below: Up) -> None:
    there = [row for row in TABLE if not row.root]
    wrong = [fault for row in there for fault in answered(server_below, row)]
    assert not wrong, "\n".join(wrong)


def answered(server: Up, row: Row) -> Iterator[str]:
    wanted = row.wanted(server.name)
    if "unasked" in wanted:
        return
    scripts = sorted((server.root / "assets").glob("*.js"))
    script = scripts[0].relative_to(server.root).as_posix()
    path = server.base + row.path(script)
    before = server.server.ask("GET", path, {}) if "{" in str(row.headers) else Got(0, {}, b"")
    headers = {
        name: value.format_map(Earlier(before.headers)) for name, value in row.headers.items()
    }
    got = server.server.ask(row.method, path, headers)
    if "file" in wanted:
        wanted = {**wanted, "file": wanted["file"].replace("{script}", script)}
    if wanted.get("location", "").startswith("/"):
        wanted = {**wanted, "location": server.base + wanted["location"]}
    for fault in faults(got, wanted, server.root, without(server.name)):
        yield f"{row.name}: {fault}"


class Earlier(dict[str, str]):
    """Headers of the answer before; a server that sends none is asked for something else."""

    def __missing__(self, name: str) -> str:
        return '"none"' if name == "etag" else "Thu, 01 Jan 2015 00:00:00 GMT"


@pytest.mark.parametrize("name", sorted(HOSTED))
def test_the_same_rows_on_hosts_that_run_elsewhere(name: str, tmp_path: Path) -> None:
    built = sample(tmp_path / "site", host=name)
    made = compile_host(name, built.site, built.facts)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    host = HOSTED[name]({**built.files, **made.files}, made.beside, scratch)
    wrong = []
    for row in TABLE:
        if not row.everywhere:
            continue
        wanted, found = row.wanted(name), host.answer(row.ask)
        if found.status != wanted["status"] or found.location != wanted.get("location", ""):
            wrong.append(f"{row.ask}: {found.status} {found.location}, wanted {dict(wanted)}")
        if found.status in (200, 404) and found.file != wanted.get("file", found.file):
            wrong.append(f"{row.ask}: {found.file}, wanted {wanted['file']}")
    assert not wrong, "\n".join(wrong)


def test_a_fault_is_seen(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    wanted = {"status": 200, "file": "x", "with": ["for-good"], "lacks": ["a"], "size": 1}
    wanted |= {"part": {"vary": "x"}}
    good = Got(200, {"cache-control": "public, max-age=31536000, immutable", "vary": "xy"}, b"x")
    assert list(faults(good, wanted, tmp_path, ())) == []
    assert list(faults(replace(good, headers={"vary": "x"}), wanted, tmp_path, ("for-good",))) == []
    for bad in (
        replace(good, status=404),
        replace(good, body=b"y"),
        replace(good, body=b"xx"),
        replace(good, headers={**good.headers, "location": "/"}),
        replace(good, headers={**good.headers, "a": ""}),
        replace(good, headers={**good.headers, "vary": ""}),
        replace(good, headers={"vary": "x"}),
    ):
        assert list(faults(bad, wanted, tmp_path, ()))
