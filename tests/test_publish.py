"""publish, rollback, lock: what output/ holds afterwards, and what is refused."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coldpress.problems import OperationError
from coldpress.publish import lock, publish, published_files, rollback, signs_of
from coldpress.publish.manifest import digests_of
from tests.publishing import add_foreign, generation, site_tree, snapshot

HOME = {"index.html": b"home"}
ROOT = Path(__file__).parent.parent


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    return folder


@pytest.fixture(params=[True, False], ids=["exchange", "file-by-file"])
def exchange(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Everything the file system remembers about a change."""
    rows = {path: path.lstat() for path in (folder, *folder.rglob("*"))}
    return {str(path): (r.st_ino, r.st_mtime_ns, r.st_ctime_ns) for path, r in rows.items()}


def beside(output: Path) -> set[str]:
    return {path.name for path in output.parent.iterdir()} - {"sources"}


# ------------------------------------------------------------------------------ what is written


def test_first_publish_writes_exactly_the_files(output: Path, sources: Path) -> None:
    files = generation("A")
    old_mask = os.umask(0o077)
    try:
        published = publish(files, output, sources=sources)
    finally:
        os.umask(old_mask)
    assert snapshot(output) == site_tree(files)
    assert published.new == tuple(sorted(files))
    assert (published.changed, published.removed, published.unchanged) == ((), (), 0)
    assert beside(output) == {"output"}


def test_a_new_generation_replaces_the_old_one(output: Path, sources: Path, exchange: bool) -> None:
    publish({**HOME, "a.html": b"1", "b.css": b"1", "d/e/f.html": b"1"}, output, sources=sources)
    new = {**HOME, "a.html": b"2", "c.html": b"2", "d/e/g.html": b"2"}
    published = publish(new, output, sources=sources, exchange=exchange)
    assert snapshot(output) == site_tree(new)
    assert published.new == ("c.html", "d/e/g.html")
    assert published.changed == ("a.html",)
    assert published.removed == ("b.css", "d/e/f.html")
    assert published.unchanged == 1
    assert beside(output) == {"output", ".output.previous"}


def test_unchanged_files_keep_their_time(output: Path, sources: Path, exchange: bool) -> None:
    publish({**HOME, "a.html": b"1", "mode.html": b"1"}, output, sources=sources)
    for name in ("index.html", "a.html", "mode.html"):
        os.utime(output / name, ns=(10**18, 10**18))
    (output / "mode.html").chmod(0o600)
    new = {**HOME, "a.html": b"2", "mode.html": b"1"}
    published = publish(new, output, sources=sources, exchange=exchange)
    assert published.changed == ("a.html",)
    assert (output / "index.html").stat().st_mtime_ns == 10**18
    assert (output / "mode.html").stat().st_mtime_ns == 10**18
    assert (output / "a.html").stat().st_mtime_ns > 10**18
    assert snapshot(output) == site_tree(new)


def test_nothing_changed_writes_nothing(output: Path, sources: Path, exchange: bool) -> None:
    files = generation("A", 20)
    publish(files, output, sources=sources, manifest_extra={"n": 1})
    before = stamps(output.parent)
    published = publish(files, output, sources=sources, manifest_extra={"n": 1}, exchange=exchange)
    assert stamps(output.parent) == before
    assert (published.new, published.changed, published.removed) == ((), (), ())
    assert published.unchanged == len(files)


def test_what_was_edited_or_deleted_by_hand_is_set_right(
    output: Path, sources: Path, exchange: bool
) -> None:
    files = generation("A", 20)
    publish(files, output, sources=sources)
    (output / "index.html").write_bytes(files["index.html"].lower())
    (output / "sitemap.xml").unlink()
    shutil.rmtree(output / "same")
    published = publish(files, output, sources=sources, exchange=exchange)
    assert snapshot(output) == site_tree(files)
    assert published.changed[0] == "index.html"
    assert "sitemap.xml" in published.changed


def test_a_file_becomes_a_folder_and_back(output: Path, sources: Path, exchange: bool) -> None:
    one = {**HOME, "a": b"file", "b/c/d": b"in a folder", "e/f": b""}
    other = {**HOME, "a/b/c": b"in a folder", "b/c": b"file", "e": b""}
    for files in (one, other, one):
        publish(files, output, sources=sources, exchange=exchange)
        assert snapshot(output) == site_tree(files)


def test_a_name_that_changes_only_its_case(output: Path, sources: Path, exchange: bool) -> None:
    for name in ("About.html", "about.html"):
        publish({**HOME, name: b"about"}, output, sources=sources, exchange=exchange)
        assert snapshot(output) == site_tree({**HOME, name: b"about"})


def test_the_manifest_depends_on_content_alone(tmp_path: Path, sources: Path) -> None:
    files = generation("A", 12)
    one, other = tmp_path / "one" / "output", tmp_path / "other" / "public"
    publish(files, one, sources=sources, manifest_extra={"b": [1], "a": "é"})
    publish(dict(reversed(files.items())), other, sources=sources)
    publish(files, other, sources=sources, manifest_extra={"a": "é", "b": [1]})
    assert snapshot(one) == snapshot(other)
    row = json.loads((one / ".coldpress.json").read_text("utf-8"))
    assert (row["a"], row["b"], len(row["generation"])) == ("é", [1], 16)
    assert row["files"]["index.html"]["size"] == 5000
    publish(files, other, sources=sources, manifest_extra={"a": "e"})
    assert json.loads((other / ".coldpress.json").read_text())["generation"] != row["generation"]


def test_published_files_are_those_of_the_last_publish(output: Path, sources: Path) -> None:
    assert published_files(output) == {}
    publish(HOME, output, sources=sources)
    digest = "4ea140588150773ce3aace786aeef7f4049ce100fa649c94fbbddb960f1da942"
    assert published_files(output) == {"index.html": digest}


# ------------------------------------------------------------------------------ what is not ours


@pytest.fixture
def shared(output: Path, sources: Path) -> Iterator[Path]:
    """A published folder in which others keep files as well."""
    publish({**HOME, "a/b.html": b"1"}, output, sources=sources)
    add_foreign(output)
    yield output
    for folder in output.parent.rglob("read-only"):
        folder.chmod(0o755)  # or tmp_path could not be removed by a user without all rights


@pytest.mark.parametrize("links", [True, False], ids=["links", "no-links"])
def test_files_of_others_are_kept(
    shared: Path, sources: Path, exchange: bool, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (shared / "a" / "mine.txt").write_text("in a folder of the site")
    if not links:
        (shared / "pipe").unlink()  # a pipe cannot be copied
        monkeypatch.setattr(os, "link", _no_links)
    foreign = snapshot(shared)
    times = stamps(shared)
    for files in ({**HOME, "c.html": b"2", ".well-known/security.txt": b"x"}, HOME):
        publish(files, shared, sources=sources, exchange=exchange)
        ours = site_tree(files)
        now = snapshot(shared)
        assert {path: now[path] for path in ours} == ours
        kept = {path: row for path, row in foreign.items() if path not in published_or_manifest}
        assert {path: now.get(path) for path in kept} == kept
        assert now.keys() == ours.keys() | kept.keys()
        for name in ("CNAME", ".git/objects/aa", "index.html", "read-only", ".git/refs"):
            assert stamps(shared)[str(shared / name)][1] == times[str(shared / name)][1], name
    assert beside(shared) == {"output", ".output.previous", ".output.spare"}


published_or_manifest = {"index.html", "a/b.html", ".coldpress.json"}


def _no_links(*_names: object, **_options: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ("CNAME", "CNAME"),
        ("CNAME/index.html", "CNAME"),
        (".well-known", ".well-known"),
        ("here", "here"),
        ("outside/x.html", "outside"),
        ("nowhere/x.html", "nowhere"),
        ("pipe", "pipe"),
        (".git/refs", ".git/refs"),
        ("a", "a/mine.txt"),
        ("cname", ""),
    ],
)
def test_a_file_of_others_is_never_written_over(
    shared: Path, sources: Path, exchange: bool, wanted: str, named: str
) -> None:
    (shared / "a" / "mine.txt").write_text("in a folder of the site")
    before = snapshot(shared)
    if not named:  # another name here, the same file on some systems
        publish({**HOME, wanted: b"x"}, shared, sources=sources, exchange=exchange)
        assert snapshot(shared)["CNAME"] == before["CNAME"]
        return
    with pytest.raises(OperationError, match="was not made by coldpress") as refused:
        publish({**HOME, wanted: b"x"}, shared, sources=sources, exchange=exchange)
    assert refused.value.message.startswith(f"{shared / named} ")
    assert "your live site was not changed" in refused.value.message
    assert snapshot(shared) == before
    assert beside(shared) == {"output"}


def test_a_folder_turned_into_a_link_is_not_followed(
    output: Path, sources: Path, exchange: bool, tmp_path: Path
) -> None:
    publish({**HOME, "a/b.html": b"1"}, output, sources=sources)
    elsewhere = tmp_path / "elsewhere"
    (output / "a").rename(elsewhere)
    (output / "a").symlink_to(elsewhere)
    publish(HOME, output, sources=sources, exchange=exchange)
    assert (elsewhere / "b.html").read_bytes() == b"1"
    assert (output / "a").is_symlink()


# ------------------------------------------------------------------------------ what is refused


def test_an_output_that_is_a_link_or_a_file(tmp_path: Path, sources: Path) -> None:
    real = tmp_path / "real"
    publish(HOME, real, sources=sources)
    (tmp_path / "link").symlink_to(real)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OperationError, match="is a link to another place"):
        publish(HOME, tmp_path / "link", sources=sources)
    with pytest.raises(OperationError, match="is a link"), lock(tmp_path / "link"):
        pass
    with pytest.raises(OperationError, match="is a file"):
        publish(HOME, tmp_path / "file", sources=sources)
    assert (tmp_path / "file").read_text() == "mine"


def test_an_output_that_is_not_ours(output: Path, sources: Path) -> None:
    output.mkdir()
    (output / "thesis.doc").write_text("ten years of work")
    before = snapshot(output)
    with pytest.raises(OperationError, match=r"it holds 'thesis\.doc'; nothing was changed"):
        publish(HOME, output, sources=sources)
    with pytest.raises(OperationError, match="was not made by coldpress"):
        rollback(output)
    assert snapshot(output) == before


@pytest.mark.parametrize("names", [(), (".git",), (".DS_Store",)])
def test_an_empty_output_is_taken(
    output: Path, sources: Path, exchange: bool, names: tuple[str, ...]
) -> None:
    output.mkdir()
    for name in names:
        (output / name).write_text("x")
    publish(HOME, output, sources=sources, exchange=exchange)
    foreign = {name: (output / name).read_text() for name in names}
    assert foreign == dict.fromkeys(names, "x")
    assert snapshot(output).keys() == {"index.html", ".coldpress.json", *names}
    assert beside(output) == {"output"}


@pytest.mark.parametrize("inside", ["content", "content/pages", "templates", "assets/css", ".git"])
def test_an_output_among_the_sources(sources: Path, inside: str) -> None:
    with pytest.raises(OperationError, match="among the sources"):
        publish(HOME, sources / inside, sources=sources)
    assert list(sources.iterdir()) == []


def test_an_output_that_holds_sources_home_or_all(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for holding in (sources, tmp_path, sources / "content" / ".."):
        with pytest.raises(OperationError, match="holds the sources"):
            publish(HOME, holding, sources=sources)
    with pytest.raises(OperationError, match="is a whole disk"):
        publish(HOME, Path("/"), sources=sources)
    monkeypatch.setenv("HOME", str(tmp_path / "family" / "me"))
    for home in ("family", "family/me"):
        with pytest.raises(OperationError, match="holds your home"):
            publish(HOME, tmp_path / home, sources=sources)
    assert beside(sources) == set()


def pages(count: int) -> dict[str, bytes]:
    return {**HOME, "a.css": b"", **{f"{n}.html": b"page" for n in range(count - 1)}}


@pytest.mark.parametrize(
    ("old", "new", "fine"), [(10, 7, True), (10, 6, False), (9, 1, True), (100, 69, False)]
)
def test_a_site_that_shrinks(output: Path, sources: Path, old: int, new: int, fine: bool) -> None:
    publish(pages(old), output, sources=sources)
    before = stamps(output.parent)
    if not fine:
        with pytest.raises(OperationError, match=f"has {new} pages and the .* one {old}") as no:
            publish(pages(new), output, sources=sources)
        assert "--allow-shrink" in no.value.hint
        assert stamps(output.parent) == before
    publish(pages(new), output, sources=sources, allow_shrink=not fine)
    assert snapshot(output) == site_tree(pages(new))


def test_a_site_without_its_home_or_any_page(output: Path, sources: Path) -> None:
    with pytest.raises(OperationError, match="there are no pages"):
        publish({"a.css": b""}, output, sources=sources, allow_shrink=True)
    assert beside(output) == set()
    publish(pages(2), output, sources=sources)
    with pytest.raises(OperationError, match="has no home page"):
        publish({"0.html": b"page"}, output, sources=sources)
    publish({"0.html": b"page"}, output, sources=sources, allow_shrink=True)
    assert not (output / "index.html").exists()


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "a//b", "a/", "./a", "a/../b", "..", "../../x", "C:/x", "a:b"),
        *("a\\b", "..\\x", "a\0b", "a\nb", "con", "a/NUL.txt", "Aux.html", "com1", "lpt9.css"),
        *("COM¹", "a. ", "a./b", "a?", 'a"b', "a|b", "\ud800", "é" * 128, "x" * 256),
        *(".coldpress.json", ".Coldpress.json", ".coldpress.tmp/x", ".coldpress.json/x"),
    ],
)
def test_a_path_no_system_should_get(output: Path, sources: Path, path: str) -> None:
    with pytest.raises(OperationError, match="the output path"):
        publish({**HOME, path: b"x"}, output, sources=sources)
    assert beside(output) == set()


@pytest.mark.parametrize("path", ["é" * 127, "console", "a.con", "...a", ".well-known/x", "com10"])
def test_a_path_that_only_looks_odd(output: Path, sources: Path, path: str) -> None:
    publish({**HOME, path: b"x"}, output, sources=sources)
    assert snapshot(output) == site_tree({**HOME, path: b"x"})


@pytest.mark.parametrize(("one", "other"), [("a", "A"), ("café", "cafe\u0301"), ("a", "a/b")])
def test_two_paths_that_cannot_both_be(output: Path, sources: Path, one: str, other: str) -> None:
    with pytest.raises(OperationError, match=r"one file on many systems|is also a folder"):
        publish({**HOME, one: b"x", other: b"x"}, output, sources=sources)


@pytest.mark.parametrize(
    "written",
    [
        *("", "{", "[]", "null", "{}", '{"files": []}', '{"files": {"a": {}}}', "\0\0\0"),
        '{"files": {"../../victim": {"sha256": "0"}}}',
        '{"files": {"a": {"sha256": ' + "[" * 100_000,
    ],
)
def test_a_damaged_manifest_says_how_to_recover(output: Path, sources: Path, written: str) -> None:
    publish(HOME, output, sources=sources)
    (output / ".coldpress.json").write_text(written)
    before = snapshot(output)
    with pytest.raises(OperationError, match=r"is damaged: .*nothing was changed") as damage:
        published_files(output)
    assert "move the folder 'output' away, build again" in damage.value.hint
    with pytest.raises(OperationError, match="is damaged"):
        publish(HOME, output, sources=sources)
    assert snapshot(output) == before


# ------------------------------------------------------------------------------ the way back


def test_rollback_twice_is_the_newer_one_again(output: Path, sources: Path, exchange: bool) -> None:
    trees = []
    for letter in "ABC":
        publish(generation(letter), output, sources=sources, exchange=exchange)
        trees.append(snapshot(output))
    undone = rollback(output)
    assert snapshot(output) == trees[1]
    assert "index.html" in undone.changed
    rollback(output)
    assert snapshot(output) == trees[2]
    rollback(output)
    assert snapshot(output) == trees[1]


def test_rollback_leaves_the_files_of_others_as_they_are_now(shared: Path, sources: Path) -> None:
    publish({**HOME, "a/b.html": b"2"}, shared, sources=sources)
    (shared / "CNAME").write_text("new.example.org\n")
    (shared / ".well-known" / "acme" / "token").unlink()
    (shared / "later").write_text("later")
    foreign = snapshot(shared)
    rollback(shared)
    expected = {**foreign, **site_tree({**HOME, "a/b.html": b"1"})}
    assert snapshot(shared) == {**foreign, **expected}


def test_rollback_without_an_earlier_site(output: Path, sources: Path) -> None:
    publish(HOME, output, sources=sources)
    with pytest.raises(OperationError, match="there is no earlier site"):
        rollback(output)


def test_rollback_to_a_damaged_site_is_refused(output: Path, sources: Path) -> None:
    publish({**HOME, "a.html": b"1"}, output, sources=sources)
    publish({**HOME, "a.html": b"2"}, output, sources=sources)
    (output.parent / ".output.previous" / "a.html").write_bytes(b"3")
    before = snapshot(output)
    with pytest.raises(OperationError, match="the earlier site is damaged"):
        rollback(output)
    assert snapshot(output) == before


def test_rollback_brings_a_deleted_site_back(output: Path, sources: Path) -> None:
    publish(pages(3), output, sources=sources)
    publish(pages(4), output, sources=sources)
    shutil.rmtree(output)
    rollback(output)
    assert snapshot(output) == site_tree(pages(3))


# ------------------------------------------------------------------------------ systems and faults


def test_where_the_system_knows_no_exchange(
    shared: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_names, **_options: object())
    foreign = snapshot(shared)
    inode = shared.stat().st_ino
    new = {**HOME, "a/b.html": b"2", "c.html": b"3"}
    publish(new, shared, sources=sources)
    assert snapshot(shared) == {**foreign, **site_tree(new)}
    assert shared.stat().st_ino == inode
    assert beside(shared) == {"output", ".output.previous"}


def test_leftovers_of_a_killed_build_are_removed(output: Path, sources: Path) -> None:
    publish(HOME, output, sources=sources)
    for word in ("stage", "undo"):
        left = output.parent / f".output.{word}" / "a"
        left.mkdir(parents=True)
        (left / "index.html").write_text("half")
        left.chmod(0o500)
    (output.parent / ".output.journal.new").write_text("ha")
    (output / ".coldpress.tmp").mkdir()
    publish(HOME, output, sources=sources)
    assert beside(output) == {"output"}
    assert snapshot(output) == site_tree(HOME)


def test_a_damaged_journal_says_how_to_recover(output: Path, sources: Path) -> None:
    publish(HOME, output, sources=sources)
    (output.parent / ".output.journal").write_text("{")
    with pytest.raises(OperationError, match="its journal is damaged") as damage:
        publish(HOME, output, sources=sources)
    assert "delete that file" in damage.value.hint


STARVED = {
    "disk full": (
        "resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))",
        "a file is larger than this disk or account allows: ",
        "free some space",
    ),
    "too many files": (
        "resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))",
        "too many files are open: ",
        "ulimit -n",
    ),
    "no rights": (
        "output.parent.chmod(0o555); os.geteuid() == 0 and os.seteuid(65534)",
        "you are not allowed to write here: ",
        "who owns the folder",
    ),
}


@pytest.mark.parametrize("cause", STARVED)
def test_a_starved_build_changes_nothing_and_explains(cause: str, exchange: bool) -> None:
    limit, said, hint = STARVED[cause]
    program = f"""
        import os, resource
        from pathlib import Path
        from coldpress.problems import OperationError
        from coldpress.publish import lock, publish
        output, sources = Path("output").resolve(), Path("sources").resolve()
        {limit}
        try:
            publish({{"index.html": b"2" * 50_000}}, output, sources=sources, exchange={exchange})
        except OperationError as fault:
            print(fault.message, fault.hint, sep="\\n")
    """
    with tempfile.TemporaryDirectory() as name:  # tmp_path is closed to other users
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "sources").mkdir()
        publish({**HOME, "a.html": b"1" * 50_000}, folder / "output", sources=folder / "sources")
        before = snapshot(folder / "output")
        ran = _run(program, folder)
        folder.chmod(0o755)
        message, _, rest = ran.stdout.partition("\n")
        assert message.startswith(said), ran
        assert message.endswith("; your live site was not changed")
        assert hint in rest
        assert ran.stderr == ""
        assert snapshot(folder / "output") == before


def _run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    # Not measured: the limits would meet coverage's own files first.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")}
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program)],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


# ------------------------------------------------------------------------------ the lock


def test_a_second_build_in_this_process_is_refused(output: Path) -> None:
    with lock(output):
        with pytest.raises(OperationError, match=f"process {os.getpid()}, for "), lock(output):
            pass
        with pytest.raises(OperationError, match="another build is at work"), lock(output):
            pass
    with lock(output), lock(output.with_name("other")):
        pass


HOLDER = """
    import sys, time
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from pathlib import Path
    from coldpress.publish import lock
    with lock(Path("output")), ProcessPoolExecutor(1, get_context("fork")) as workers:
        print(workers.submit(os.getpid).result(), flush=True)
        time.sleep(60)
"""


def test_a_second_process_is_refused_at_once_and_a_killed_one_frees(
    tmp_path: Path, output: Path
) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", "import os" + textwrap.dedent(HOLDER)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    worker = int(holder.stdout.readline())
    try:
        started = time.monotonic()
        with pytest.raises(OperationError, match=rf"process {holder.pid}, for \d+ second"):
            lock(output).__enter__()
        assert time.monotonic() - started < 0.5
        holder.kill()
        holder.wait()
        os.kill(worker, 0)  # the worker outlives the build, and must not hold its lock
        with lock(output):
            pass
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
        os.kill(worker, 9)


def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OperationError, match="your live site was not changed"):
        lock(tmp_path / "file" / "output").__enter__()


# ------------------------------------------------------------------------------ the law

SEGMENT = st.sampled_from(["a", "b", "c.html", "index.html", "x.1234abcd.css", "feed.xml"])
PATH = st.lists(SEGMENT, min_size=1, max_size=3).map("/".join)


def _no_folder_is_a_file(files: dict[str, bytes]) -> dict[str, bytes]:
    whole = {"index.html": b"", **files}
    folders = {
        "/".join(path.split("/")[:n]) for path in whole for n in range(1, path.count("/") + 1)
    }
    return {path: content for path, content in whole.items() if path not in folders} | {
        "page.html": b""
    }


SITE = st.dictionaries(PATH, st.binary(max_size=3), max_size=8).map(_no_folder_is_a_file)
STEP = st.tuples(SITE, st.booleans(), st.sampled_from(["publish", "publish", "rollback"]))


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_any_sequence_leaves_the_last_site_and_the_files_of_others(
    steps: list[tuple[dict[str, bytes], bool, str]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        output, sources = Path(name) / "output", Path(name) / "sources"
        sources.mkdir()
        publish(steps[0][0], output, sources=sources)
        (output / "own").mkdir()
        (output / "own" / "empty").mkdir()
        (output / "own" / "file").write_text("own")
        own = {path: row for path, row in snapshot(output).items() if path.startswith("own")}
        history = [steps[0][0]]
        for files, exchange, what in steps:
            if what == "rollback" and len(history) > 1:
                rollback(output)
                history.append(history[-2])
            elif files != history[-1]:
                publish(files, output, sources=sources, exchange=exchange, allow_shrink=True)
                history.append(files)
            assert snapshot(output) == {**site_tree(history[-1]), **own}
        names = ("output", ".output.previous", ".output.spare")
        assert beside(output) == set(names[: min(len(history), 3)])


def test_the_spare_tree_is_made_new_whatever_lies_in_it(output: Path, sources: Path) -> None:
    """Files of two builds ago, edited by hand, turned into folders, with others' files among
    them: of all that nothing may come back."""
    for number in range(4):
        publish({**HOME, "a.html": b"%d" % number, "x/y.html": b"y"}, output, sources=sources)
    spare = output.with_name(".output.spare")
    (spare / "a.html").unlink()
    (spare / "a.html").mkdir()
    (spare / "a.html" / "inner").write_text("1")
    (spare / "x" / "y.html").unlink()
    (spare / "x" / "y.html").write_bytes(b"false")
    (spare / "mine.txt").write_text("mine")
    files = {**HOME, "a.html": b"9", "x/y.html": b"y"}
    publish(files, output, sources=sources)
    assert snapshot(output) == site_tree(files)


def test_of_an_unchanged_site_nothing_is_read(output: Path, sources: Path) -> None:
    """Digests and looks are enough: a site of 10,000 pages must not be read at every build."""
    files = {**HOME, "a.html": b"1"}
    publish(files, output, sources=sources)
    known = digests_of(files)
    signs = signs_of(output, files)

    class Unread(dict[str, bytes]):
        def __getitem__(self, path: str) -> bytes:
            raise AssertionError(f"{path} was read")

    again = publish(Unread(files), output, sources=sources, digests=known, signs=signs)
    assert again.changes == 0
    (output / "a.html").write_bytes(b"by hand")
    mended = publish(files, output, sources=sources, digests=known, signs=signs)
    assert mended.changed == ("a.html",)
    assert snapshot(output) == site_tree(files)
