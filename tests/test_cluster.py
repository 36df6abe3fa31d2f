"""Building on a cluster: whoever works, whoever dies and wherever the files are, the bytes are
those of a build at home."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

import coldpress.cluster
from coldpress import pipeline
from coldpress.cluster import crew_at, errands
from coldpress.cluster.carriers import ByStorage, LostError
from coldpress.cluster.parcels import Parcel, opened, packed, parcels, sealed, unpacked
from coldpress.cluster.versions import difference, versions
from coldpress.cluster.worker import Pantry
from coldpress.make import Crew, make_all
from coldpress.memory.session import OutputRow
from coldpress.memory.store import Store
from coldpress.problems import BuildError, OperationError
from tests import sites
from tests.clusters import ROOT, Cluster, cluster

PAGES = 80
Killer = Callable[[Cluster], None]


def picture() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((900, 500)).convert("RGB").save(file, "PNG")
    return file.getvalue()


def files() -> dict[str, str | bytes]:
    """Pages that link to each other, a picture, a template of the site's own."""
    body = "Words of guide {0}.\n\n## More\n\n[The next](g{1}.md)."
    return {
        **{
            f"content/guides/g{n}.md": sites.page(f"Guide {n}", body.format(n, (n + 1) % PAGES))
            for n in range(PAGES)
        },
        "content/guides/shown.md": sites.page("The room", "![A room, grey](room.png)"),
        "content/guides/room.png": picture(),
        "templates/parts/footer.html": "<footer>Our own footer</footer>\n",
    }


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """As it is built at home."""
    source = sites.write(tmp_path_factory.mktemp("alone"), files())
    made = contents(pipeline.compose(sites.options(source)))
    assert b"Our own footer" in made["guides/g1/index.html"]
    assert any(output.startswith("media/") for output in made)
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Path]]:
    """Three workers, and a folder they cannot read."""
    base = tmp_path_factory.mktemp("shared")
    with cluster(base / "there", 3, hidden=[base / "here"]) as made:
        yield made, base / "here"


def contents(built: pipeline.Built) -> dict[str, bytes]:
    return {output: one.content for output, one in built.made.items()}


def built_at(
    where: Cluster, source: Path, storage: str = "", when: Killer | None = None
) -> dict[str, bytes]:
    """`when`: what happens as soon as the first pages are made."""
    options = sites.options(source)
    happened = False

    def progress(what: str, done: int, _of: int) -> None:
        nonlocal happened
        if when is not None and what == "making" and done and not happened:
            happened = True
            when(where)

    with crew_at(where.address, options, storage) as crew:
        made = contents(pipeline.compose(options, progress, crew=replace(crew, chunk=4, pays=1)))
    assert happened == (when is not None)
    return made


# ------------------------------------------------------------------------------ the same bytes


def test_workers_without_our_files_make_the_same_bytes(
    shared: tuple[Cluster, Path], alone: dict[str, bytes]
) -> None:
    where, here = shared
    assert built_at(where, sites.write(here / "same", files())) == alone


def test_the_workers_of_these_tests_really_see_nothing(shared: tuple[Cluster, Path]) -> None:
    where, here = shared
    (here / "secret.txt").parent.mkdir(exist_ok=True)
    (here / "secret.txt").write_text("x")
    with crew_at(where.address, sites.options(here)) as crew, pytest.raises(PermissionError):
        list(make_all(reads, Store(here / "s"), item(here / "secret.txt"), now(crew)))


def test_after_an_edit_what_is_not_sent_ahead_is_asked_for(
    shared: tuple[Cluster, Path], tmp_path: Path
) -> None:
    """Few pages are wanted: their texts travel when they are needed."""
    where, here = shared
    source = sites.write(here / "edited", files())
    built_at(where, source)
    edited = {"content/guides/g7.md": sites.page("Guide 7", "Other words, [on](g8.md).")}
    sites.write(source, edited)
    clean = sites.write(tmp_path, {**files(), **edited})
    assert built_at(where, source) == contents(pipeline.compose(sites.options(clean)))


def test_a_broken_template_is_told_as_at_home(shared: tuple[Cluster, Path], tmp_path: Path) -> None:
    where, here = shared
    broken = {**files(), "templates/parts/footer.html": "<footer>\n{{ nobody.knows }}</footer>"}
    with pytest.raises(BuildError) as at_home:
        pipeline.compose(sites.options(sites.write(tmp_path, broken)))
    with pytest.raises(BuildError) as abroad:
        built_at(where, sites.write(here / "broken", broken))
    assert abroad.value.problems == at_home.value.problems


# ------------------------------------------------------------------------------ who dies


def test_a_worker_killed_in_mid_build_costs_nothing_but_time(
    tmp_path: Path, alone: dict[str, bytes]
) -> None:
    source = sites.write(tmp_path / "here", files())
    with cluster(tmp_path / "there", 3, hidden=[tmp_path / "here"]) as where:
        assert built_at(where, source, when=lambda where: where.kill(0)) == alone


def test_when_all_workers_die_new_ones_are_sent_everything_again(
    tmp_path: Path, alone: dict[str, bytes]
) -> None:
    def all_of_them(where: Cluster) -> None:
        where.kill(0)
        where.kill(1)
        where.join(2)

    source = sites.write(tmp_path / "here", files())
    with cluster(tmp_path / "there", 2, hidden=[tmp_path / "here"]) as where:
        assert built_at(where, source, when=all_of_them) == alone


def test_when_nobody_is_left_the_build_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errands, "PATIENCE", 1.0)
    source = sites.write(tmp_path / "here", files())
    with cluster(tmp_path / "there", 1) as where, pytest.raises(OperationError) as failed:
        built_at(where, source, when=lambda where: where.kill(0))
    assert "nobody is left" in failed.value.message


def test_when_the_scheduler_is_gone_the_build_says_so(tmp_path: Path) -> None:
    def end(where: Cluster) -> None:
        where.scheduler.kill()
        where.scheduler.wait()

    source = sites.write(tmp_path / "here", files())
    with cluster(tmp_path / "there", 1) as where, pytest.raises(OperationError) as failed:
        built_at(where, source, when=end)
    assert "the cluster is gone" in failed.value.message


def test_an_errand_that_ends_every_worker_is_given_up(tmp_path: Path) -> None:
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with (
        cluster(tmp_path / "there", 1, settings=settings) as where,
        crew_at(where.address, sites.options(tmp_path)) as crew,
        pytest.raises(OperationError) as failed,
    ):
        list(make_all(fatal, Store(tmp_path / "s"), item(), now(crew)))
    assert "ended four workers" in failed.value.message


# ------------------------------------------------------------------------------ storage


def test_through_storage_everything_is_sent_once_and_results_are_taken_away(
    shared: tuple[Cluster, Path], tmp_path: Path, alone: dict[str, bytes]
) -> None:
    where, here = shared
    bucket = tmp_path / "bucket"
    assert built_at(where, sites.write(here / "one", files()), bucket.as_uri()) == alone
    times = {file.name: file.stat().st_mtime_ns for file in bucket.iterdir()}
    assert not [name for name in times if name.startswith("results")]
    assert built_at(where, sites.write(here / "two", files()), bucket.as_uri()) == alone
    assert {file.name: file.stat().st_mtime_ns for file in bucket.iterdir()} == times


def test_what_is_damaged_in_storage_is_sent_again(
    shared: tuple[Cluster, Path], tmp_path: Path, alone: dict[str, bytes]
) -> None:
    where, here = shared
    bucket = tmp_path / "bucket"
    built_at(where, sites.write(here / "three", files()), bucket.as_uri())
    for file in bucket.iterdir():
        file.write_bytes(file.read_bytes()[:-9])
    where.join()  # has nothing of it in its memory
    where.kill(0)
    assert built_at(where, sites.write(here / "four", files()), bucket.as_uri()) == alone


def test_storage_tells_damage_from_nothing_and_both_are_lost(tmp_path: Path) -> None:
    storage = ByStorage((tmp_path / "bucket").as_uri())
    storage.send("a", b"words")
    assert storage.fetch("a") == b"words"
    (tmp_path / "bucket" / "a").write_bytes(sealed(b"words")[:-1])
    for name in ("a", "nobody"):
        with pytest.raises(LostError):
            storage.fetch(name)


# ------------------------------------------------------------------------------ who may work


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another version of coldpress."""
    code = tmp_path / "code"
    for name in ("coldpress", "templates", "assets"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (code / "coldpress" / "slugs.py").open("a") as file:
        file.write("# another version\n")
    return code


def test_a_worker_with_other_code_is_refused(tmp_path: Path, other: Path) -> None:
    with cluster(tmp_path / "there", 0) as where:
        where.join(code=other)
        with (
            pytest.raises(OperationError) as failed,
            crew_at(where.address, sites.options(tmp_path)),
        ):
            pass
    assert "would make other bytes: coldpress" in failed.value.message


def test_a_worker_with_other_code_that_comes_later_is_refused(tmp_path: Path, other: Path) -> None:
    with (
        cluster(tmp_path / "there", 1) as where,
        crew_at(where.address, sites.options(tmp_path)) as crew,
    ):
        where.kill(0)
        where.join(code=other)
        with pytest.raises(OperationError) as failed:
            list(make_all(named, Store(tmp_path / "s"), item(), now(crew)))
    assert "would make other bytes: coldpress" in failed.value.message


def test_workers_without_coldpress_are_told_apart(tmp_path: Path) -> None:
    with cluster(tmp_path / "there", 0) as where:
        where.join(code=tmp_path)
        with (
            pytest.raises(OperationError) as failed,
            crew_at(where.address, sites.options(tmp_path)),
        ):
            pass
    assert "the cluster cannot run coldpress" in failed.value.message
    assert "No module named 'coldpress'" in failed.value.message


def test_an_address_where_nobody_answers_is_told_within_seconds(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers there
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(OperationError) as failed, crew_at(address, sites.options(tmp_path)):
            pass
    assert time.monotonic() - began < 15
    assert failed.value.message == f"no scheduler of a Dask cluster answers at {address}"


@pytest.mark.parametrize("address", ["nonsense", "tcp://", "carrier-pigeon://a:1"])
def test_what_is_no_address_is_told(address: str, tmp_path: Path) -> None:
    """And no client is left behind, which would wait for ever to be closed."""
    before = threading.active_count()
    with pytest.raises(OperationError) as failed, crew_at(address, sites.options(tmp_path)):
        pass
    assert address in failed.value.message
    assert threading.active_count() == before


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coldpress.cluster, "COME", 1)
    with (
        cluster(tmp_path / "there", 0) as where,
        pytest.raises(OperationError) as failed,
        crew_at(where.address, sites.options(tmp_path)),
    ):
        pass
    assert "has no workers" in failed.value.message


def test_without_the_library_it_says_how_to_install_it(tmp_path: Path) -> None:
    source = sites.write(tmp_path, {})
    code = "import sys; sys.modules['distributed'] = None; from coldpress import cli; "
    code += f"sys.exit(cli.main(['build', '--source', {str(source)!r}, '--cluster', 'tcp://x:1']))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 3
    assert "pip install" in run.stderr
    assert "Traceback" not in run.stderr


def test_the_command_builds_there(shared: tuple[Cluster, Path]) -> None:
    where, here = shared
    source = sites.write(here / "command", files())
    command = [sys.executable, str(ROOT / "build.py"), "build", "--cluster", where.address]
    run = subprocess.run(
        [*command, "--source", str(source), "--now", "2026-11-23T12:00Z"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert (source / "output" / "guides" / "g1" / "index.html").is_file()
    assert "distributed" not in run.stderr


# ------------------------------------------------------------------------------ the parts


def test_a_kit_travels_without_its_store(tmp_path: Path) -> None:
    store, source = Store(tmp_path / "a"), tmp_path / "site"
    kit = {"store": store, "source": source, "other": tmp_path}
    there = Store(tmp_path / "b")
    found = unpacked(packed(kit, source), there, tmp_path / "elsewhere")
    assert found == {"store": there, "source": tmp_path / "elsewhere", "other": tmp_path}
    assert str(store.path).encode() not in packed([store], source)


def test_parcels_hold_every_key_once_and_are_named_by_them() -> None:
    keys = [f"source:{n}" for n in range(150)]
    made = list(parcels(keys))
    assert [key for parcel in made for key in parcel.keys] == keys
    assert made == list(parcels(keys))
    assert len({parcel.name for parcel in made}) == len(made) == 3
    assert next(parcels(keys[1:])).name != made[0].name


def test_a_damaged_parcel_is_seen() -> None:
    assert opened(sealed(b"words")) == b"words"
    with pytest.raises(ValueError, match="damaged"):
        opened(sealed(b"words")[:-1])


def test_a_pantry_asks_once_and_only_for_what_it_may_have(tmp_path: Path) -> None:
    storage = (tmp_path / "bucket").as_uri()
    one = Parcel("p", ("a", "b"))
    pantry = Pantry(tmp_path / "store.sqlite", (one,), storage)
    assert pantry.get("elsewhere") is None
    with pytest.raises(LostError):
        pantry.get("a")
    home = Store(tmp_path / "home.sqlite")
    home.put({"a": b"1", "b": b"2"})
    depot = errands.Depot(ByStorage(storage), tmp_path, home, {"p": one})
    depot.send("p")
    assert pantry.get("a") == b"1"
    shutil.rmtree(tmp_path / "bucket")
    assert pantry.get("b") == b"2"


def test_what_differs_is_named_with_both_versions() -> None:
    ours = versions()
    assert difference(ours, ours) == ""
    theirs = {**ours, "markdown": "9.9"}
    assert difference(ours, theirs) == f"markdown 9.9 (here {ours['markdown']})"
    assert difference({"a": "1"}, {}) == "a none (here 1)"


# ------------------------------------------------------------------------------ for the workers


Item = tuple[str, OutputRow]


def now(crew: Crew) -> Crew:
    """Even a single item goes abroad."""
    return replace(crew, pays=0)


def item(path: Path = ROOT) -> list[Item]:
    return [(str(path), OutputRow("none", "", 0, "", (), ()))]


def reads(_store: Store, one: Item) -> bytes:
    return Path(one[0]).read_bytes()


def named(_store: Store, one: Item) -> str:
    return one[0]


def fatal(_store: Store, _one: Item) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
