"""What a publish refuses before it writes a byte, and the two files it keeps: in their words."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from coldpress.problems import OperationError
from coldpress.publish import guard, journal, manifest, paths
from coldpress.publish.journal import Journal
from coldpress.publish.paths import MANIFEST, Neighbours

OWN = "choose a folder of its own, like --output output"
UNTOUCHED = "your live site was not changed"


def refused(act: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(OperationError) as stopped:
        act()
    return stopped.value.message, stopped.value.hint


# ------------------------------------------------------------------------------ where to


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name in guard.SOURCE_FOLDERS:
        (folder / name).mkdir(parents=True)
    return folder


def test_a_folder_beside_or_among_nothing_else_is_fine(sources: Path) -> None:
    for output in (sources / "output", sources.parent / "out", sources / "contents"):
        guard.check_place(output, sources)
        output.mkdir()
        guard.check_place(output, sources)


@pytest.mark.parametrize("name", guard.SOURCE_FOLDERS)
def test_a_folder_among_the_sources(sources: Path, name: str) -> None:
    for output in (sources / name, sources / name / "x"):
        assert refused(partial(guard.check_place, output, sources)) == (
            f"the output folder {output} lies in {name}/, among the sources",
            OWN,
        )


def test_a_folder_that_holds_what_must_stay(
    sources: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for output in (sources, tmp_path):
        assert refused(partial(guard.check_place, output, sources)) == (
            f"the output folder {output} holds the sources",
            OWN,
        )
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    assert refused(lambda: guard.check_place(tmp_path / "home", sources)) == (
        f"the output folder {tmp_path / 'home'} holds your home",
        OWN,
    )
    guard.check_place(tmp_path / "home/me/output", sources)


def test_a_file_is_no_folder(sources: Path) -> None:
    (sources / "output").write_text("x")
    assert refused(lambda: guard.check_place(sources / "output", sources)) == (
        f"the output folder {sources / 'output'} is a file",
        OWN,
    )


def test_a_folder_of_somebody_else(tmp_path: Path) -> None:
    guard.check_ours(tmp_path / "nowhere")
    guard.check_ours(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".DS_Store").touch()
    guard.check_ours(tmp_path)
    hint = "choose an empty or a new folder with --output, or move these files away"
    (tmp_path / "b").touch()
    start = f"the output folder {tmp_path} was not made by coldpress: it holds "
    assert refused(lambda: guard.check_ours(tmp_path)) == (
        f"{start}'b'; nothing was changed",
        hint,
    )
    (tmp_path / "a").touch()
    assert refused(lambda: guard.check_ours(tmp_path)) == (
        f"{start}'a' and more; nothing was changed",
        hint,
    )
    (tmp_path / MANIFEST).touch()
    guard.check_ours(tmp_path)


# ------------------------------------------------------------------------------ files of others


@pytest.mark.parametrize(
    ("standing", "wanted", "ours", "in_the_way"),
    [
        ({}, ["a/b"], [], ""),
        ({"a/b": "file"}, ["a/b"], ["a/b"], ""),
        ({"a/b": "file"}, ["a/b"], [], "a/b"),
        ({"a/b": "file"}, ["a/b"], ["A/B"], "a/b"),
        ({"a": "file"}, ["a/b"], [], "a"),
        ({"a": "file"}, ["a/b"], ["a"], ""),
        ({"a/b": "folder"}, ["a/b"], [], "a/b"),
        ({"a/b/c": "file"}, ["a/b"], ["a/b/c"], ""),
        ({"a/b/c": "file", "a/b/d": "file"}, ["a/b"], ["a/b/c"], "a/b/d"),
        ({"a/b/c/d": "file", "a/b/c/e": "file"}, ["a/b"], ["a/b/c/d"], "a/b/c/e"),
        ({"a": "folder"}, ["a/b"], [], ""),
        ({"x": "file"}, ["a/b", "y"], [], ""),
        ({"b": "file", "c": "file"}, ["a", "c", "b"], [], "b"),
    ],
)
def test_what_stands_in_the_way(
    tmp_path: Path, standing: dict[str, str], wanted: list[str], ours: list[str], in_the_way: str
) -> None:
    for name, what in standing.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.mkdir() if what == "folder" else place.write_text("x")
    if not in_the_way:
        guard.check_foreign(tmp_path, wanted, ours)
        return
    assert refused(lambda: guard.check_foreign(tmp_path, wanted, ours)) == (
        f"{tmp_path / in_the_way} was not made by coldpress, and the site has a file of that name; "
        f"{UNTOUCHED}",
        "move it away or rename it, then build again",
    )


# ------------------------------------------------------------------------------ a smaller site


def pages(count: int) -> list[str]:
    return ["index.html", *(f"p{number}/index.html" for number in range(count - 1)), "a.css"]


@pytest.mark.parametrize(
    ("old", "new", "fine"),
    [
        *((0, 1, True), (9, 1, True), (10, 7, True), (10, 6, False), (100, 70, True)),
        *((100, 69, False), (10, 10, True), (10, 20, True)),
    ],
)
def test_a_site_may_shrink_by_three_in_ten(old: int, new: int, fine: bool) -> None:
    guard.check_size(pages(old) if old else [], pages(new), allow_shrink=True)
    if fine:
        guard.check_size(pages(old) if old else [], pages(new), allow_shrink=False)
        return
    assert refused(lambda: guard.check_size(pages(old), pages(new), allow_shrink=False)) == (
        f"the new site has {new} pages and the published one {old}; {UNTOUCHED}",
        "check that no content is missing, or add --allow-shrink if this is meant",
    )


def test_a_site_without_pages_or_home() -> None:
    for allowed in (True, False):
        assert refused(partial(guard.check_size, [], ["a.css"], allowed)) == (
            f"there are no pages to publish; {UNTOUCHED}",
            "check that content/ has pages that are not drafts and not expired",
        )
    assert refused(lambda: guard.check_size(pages(3), pages(3)[1:], allow_shrink=False)) == (
        f"the new site has no home page and the published one has; {UNTOUCHED}",
        "bring content/pages/index.md back, or add --allow-shrink if this is meant",
    )
    guard.check_size(pages(3), pages(3)[1:], allow_shrink=True)
    guard.check_size(pages(3)[1:], pages(3)[1:], allow_shrink=False)


# ------------------------------------------------------------------------------ paths


def test_what_lies_beside_the_output(tmp_path: Path) -> None:
    beside = paths.neighbours(tmp_path / "x" / ".." / "out")
    assert beside == Neighbours(tmp_path / "out")
    names = ("lock", "stage", "undo", "journal", "previous", "spare")
    assert [getattr(beside, name) for name in names] == [tmp_path / f".out.{n}" for n in names]


def test_a_link_or_a_whole_disk_is_no_output(tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path)
    assert refused(lambda: paths.neighbours(tmp_path / "out")) == (
        f"the output folder {tmp_path / 'out'} is a link to another place",
        "give the real folder with --output, or remove the link",
    )
    assert refused(lambda: paths.neighbours(Path("/"))) == (
        "the output folder / is a whole disk",
        OWN,
    )


WINDOWS = "which Windows keeps for itself"
CHARACTER = "has a character that some systems do not allow there"
PLAIN = "is not a plain relative path"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        *((path, PLAIN) for path in ("", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b")),
        *((path, CHARACTER) for path in ("a:b", "a\\b", "a\0", "a\x1f", "a\x7f", "a<", "a?", "a*")),
        *((path, CHARACTER) for path in ("a ", "a.", "a /b", "a./b", 'a"', "a|b", "a>")),
        ("con", f"has the name 'con', {WINDOWS}"),
        ("a/NUL.txt", f"has the name 'NUL.txt', {WINDOWS}"),
        ("COM1", f"has the name 'COM1', {WINDOWS}"),
        ("lpt²", f"has the name 'lpt²', {WINDOWS}"),
        ("conin$", f"has the name 'conin$', {WINDOWS}"),
        ("a\ud800", "is not valid Unicode"),
        ("é" * 128, "has a part longer than 255 bytes"),
        (".coldpress.json", "is kept for the manifest"),
        (".Coldpress.JSON/x", "is kept for the manifest"),
        (".coldpress.tmp/x", "is kept for the manifest"),
    ],
)
def test_a_path_that_some_system_cannot_hold(path: str, fault: str) -> None:
    assert refused(lambda: paths.check_paths(["fine/index.html", path])) == (
        f"the output path {path!r} {fault}",
        "this is a fault of the program, not of the content: please report it",
    )
    assert not paths.is_safe(path)


def test_paths_that_every_system_can_hold() -> None:
    fine = ["a/b/c", "a/bc", "x.coldpress.json", "x/.coldpress.json", "icon", "com", "é" * 127]
    paths.check_paths([*fine, "x" * 255, " a", ".well-known/x"])
    assert all(map(paths.is_safe, fine))


def test_two_paths_that_cannot_both_be() -> None:
    assert refused(lambda: paths.check_paths(["a/B", "a/b"]))[0] == (
        "the output path 'a/b' and 'a/B' are one file on many systems"
    )
    assert refused(lambda: paths.check_paths(["caf\u00e9", "cafe\u0301"]))[0].startswith(
        "the output path 'cafe\u0301' and 'caf\u00e9' are"
    )
    assert refused(lambda: paths.check_paths(["a/b/c", "a/b"]))[0] == (
        "the output path 'a/b' is also a folder"
    )
    paths.check_paths(["a/b", "a/b"])


def test_names_in_a_message() -> None:
    assert list(paths.parents("a/b/c")) == ["a/b", "a"]
    assert list(paths.parents("a")) == []
    assert paths.shown("caf\u00e9/\udcff") == "caf\u00e9/?"
    assert paths.folded("CAFE\u0301") == "caf\u00e9"


# ------------------------------------------------------------------------------ the manifest

FILES = {"b/index.html": b"b", "a.css": b"\xff"}
SHA = {
    "a.css": "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89",
    "b/index.html": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
}
WRITTEN = """\
{
 "dé": 1,
 "files": {
  "a.css": {
   "sha256": "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89",
   "size": 1
  },
  "b/index.html": {
   "sha256": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
   "size": 1
  }
 },
 "format": 1,
 "generation": "GENERATION"
}
"""


def test_the_manifest_word_for_word() -> None:
    made = manifest.compose(manifest.digests_of(FILES), {"dé": 1}).decode()
    generation = json.loads(made)["generation"]
    assert made == WRITTEN.replace("GENERATION", generation)
    without = json.loads(made)
    del without["generation"]
    plain = json.dumps(without, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert generation == manifest.digest(plain.encode())[:16]
    assert len(generation) == 16


@pytest.mark.parametrize(
    "files",
    [
        {},
        {'a "b".html': b"1"},
        {"ü/\u2028.html": b"", "files": b"2"},
        {"b": b"", "a/c": b"", "a": b""},
    ],
)
def test_the_manifest_is_what_pythons_own_writer_makes(files: dict[str, bytes]) -> None:
    extra = {"assets": [["a.css"], []], "zz": {"files": {}}}
    made = manifest.compose(manifest.digests_of(files), extra).decode()
    assert made == json.dumps(json.loads(made), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def test_what_is_ours(tmp_path: Path) -> None:
    assert not manifest.has_manifest(tmp_path)
    assert manifest.published_files(tmp_path) == {}
    assert manifest.published_extra(tmp_path, "dé") is None
    (tmp_path / MANIFEST).write_bytes(manifest.compose(manifest.digests_of(FILES), {"dé": 1}))
    assert manifest.has_manifest(tmp_path)
    assert manifest.published_files(tmp_path) == SHA
    assert manifest.published_extra(tmp_path, "dé") == 1
    assert manifest.published_extra(tmp_path, "other") is None


@pytest.mark.parametrize(
    "written",
    [
        *("", "[]", "{}", '{"files": 1}', '{"files": {"a": {}}}', '{"files": {"a": 1}}'),
        *('{"files": {"../a": {"sha256": "x"}}}', "[" * 100_000, "\xff"),
    ],
)
def test_a_damaged_manifest(tmp_path: Path, written: str) -> None:
    (tmp_path / MANIFEST).write_bytes(written.encode("latin-1"))
    assert refused(lambda: manifest.published_files(tmp_path)) == (
        f"the list of published files is damaged: {tmp_path / MANIFEST}; nothing was changed",
        f"move the folder {tmp_path.name!r} away, build again, then copy the files that are your "
        "own (like CNAME or .git) back into the new folder",
    )
    assert manifest.published_extra(tmp_path, "x") is None


# ------------------------------------------------------------------------------ the journal


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    places = Neighbours(tmp_path / "out")
    assert journal.recorded(places) is None
    one = Journal("replace", 7, ("a", "b"), ("c",))
    journal.record(places, Journal("exchange"))
    journal.record(places, one)
    assert journal.recorded(places) == one
    assert [path.name for path in tmp_path.iterdir()] == [".out.journal"]
    journal.force(places)
    (tmp_path / ".out.journal.new").touch()
    journal.clear(places)
    journal.clear(places)
    assert journal.recorded(places) is None
    assert list(tmp_path.iterdir()) == []


def test_a_rest_of_an_earlier_record_is_no_hindrance(tmp_path: Path) -> None:
    places = Neighbours(tmp_path / "out")
    (tmp_path / ".out.journal.new").symlink_to(tmp_path / "elsewhere")
    journal.record(places, Journal("keep"))
    assert journal.recorded(places) == Journal("keep", 0, (), ())
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("written", ["", "{}", "[]", '{"step": "x"}', "\xff"])
def test_a_damaged_journal(tmp_path: Path, written: str) -> None:
    places = Neighbours(tmp_path / "out")
    places.journal.write_bytes(written.encode("latin-1"))
    assert refused(lambda: journal.recorded(places)) == (
        f"an earlier build was cut off and its journal is damaged: {places.journal}",
        "delete that file and the folder 'out' (keep what is your own in it, like CNAME or .git), "
        "then build again",
    )
