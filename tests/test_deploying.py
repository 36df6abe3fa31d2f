"""Deployments to real places: what is there afterwards, in which order, and after a cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from coldpress.deploying.generations import Generations, entry_of
from coldpress.deploying.model import RECORD, Batch, Carrier, Entry, Plan
from coldpress.deploying.steps import carry_out, prepared
from coldpress.problems import OperationError
from tests.places import NEEDS, Branch, Bucket, Place, place

ONE: Mapping[str, bytes] = {
    "index.html": b"home, one",
    "404.html": b"lost",
    "guides/index.html": b"guides: cold, heat",
    "guides/cold/index.html": b"cold",
    "guides/heat/index.html": b"heat",
    "guides/heat/index.html.br": b"tiny",
    "assets/site.0123abcd.css": b"a{}",
    "media/room.aaaa1111-800.avif": b"\0\1\2",
    "robots.txt": b"User-agent: *\n",
    "sitemap.xml": b"<urlset/>",
    "notes/a b [1] ü.txt": b"odd name",
}
TWO: Mapping[str, bytes] = {
    **{path: content for path, content in ONE.items() if "heat" not in path and "css" not in path},
    "index.html": b"home, two",
    "guides/index.html": b"guides: cold",
    "assets/site.4567cdef.css": b"b{}",
    "new/deep/index.html": b"new",
}


def silent(_what: str, _done: int, _of: int) -> None:
    pass


def deployed(
    there: Carrier,
    files: Mapping[str, bytes],
    folder: Path,
    *,
    builds: int = 2,
    headers: Mapping[str, Mapping[str, str]] | None = None,
    every: bool = False,
) -> Plan:
    kept = Generations(folder / "kept")
    wanted = kept.stage(files, {}, {})
    job = prepared(there, wanted, headers or {}, builds, every=every)
    if not job.is_done:
        carry_out(job, kept.next / "output", silent)
    kept.rotate()
    return job.plan


@pytest.fixture(params=sorted(NEEDS))
def there(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    with place(request.param, tmp_path, monkeypatch) as found:
        yield found


def test_first_then_only_what_changed(there: Place, tmp_path: Path) -> None:
    first = deployed(there.carrier(), ONE, tmp_path)
    assert there.files() == ONE
    assert first.new == tuple(sorted(ONE))
    assert first.size == sum(map(len, ONE.values()))

    again = deployed(there.carrier(), ONE, tmp_path)
    assert again.is_empty
    assert again.unchanged == len(ONE)

    second = deployed(there.carrier(), TWO, tmp_path)
    old = {"assets/site.0123abcd.css": ONE["assets/site.0123abcd.css"]}
    assert there.files() == {**TWO, **old}, "an old asset stays for pages in a cache"
    assert second.new == ("assets/site.4567cdef.css", "new/deep/index.html")
    assert second.changed == ("guides/index.html", "index.html")
    assert second.removed == ("guides/heat/index.html", "guides/heat/index.html.br")
    assert second.kept == tuple(old)
    assert second.size == sum(len(TWO[path]) for path in second.uploads)


def test_what_is_not_ours_stays(there: Place, tmp_path: Path) -> None:
    there.put("CNAME", b"harbour.example\n")
    there.put("guides/heat/theirs.txt", b"theirs")
    there.put("robots.txt", b"an older one")
    plan = deployed(there.carrier(), ONE, tmp_path)
    assert plan.changed == ("robots.txt",)
    deployed(there.carrier(), TWO, tmp_path, builds=0)
    left = {"CNAME": b"harbour.example\n", "guides/heat/theirs.txt": b"theirs"}
    assert there.files() == {**TWO, **left}


@pytest.mark.parametrize("there", ["folder", "git"], indirect=True)
def test_old_assets_go_after_two_builds_that_change_some(there: Place, tmp_path: Path) -> None:
    def site(number: int) -> dict[str, bytes]:
        return {"index.html": b"%d" % number, f"assets/a.0000000{number}.js": b"%d" % number}

    for number in range(4):
        deployed(there.carrier(), site(number), tmp_path)
        deployed(there.carrier(), {**site(number), "b/index.html": b"%d" % number}, tmp_path)
    assert {path for path in there.files() if path.startswith("assets/")} == {
        f"assets/a.0000000{number}.js" for number in (1, 2, 3)
    }


@dataclass
class CutError(Exception):
    after: int


class Cutting:
    """A carrier that dies before its nth act, and writes down what it did."""

    def __init__(self, real: Carrier, acts: int) -> None:
        self.real, self.left = real, acts
        self.keeps_headers, self.at_once = real.keeps_headers, real.at_once
        self.did: list[tuple[str, tuple[str, ...]]] = []

    def act(self, what: str, paths: Sequence[str] = ()) -> None:
        if self.left == 0:
            raise CutError(len(self.did))
        self.left -= 1
        self.did.append((what, tuple(paths)))

    def record(self) -> bytes | None:
        return self.real.record()

    def listing(self) -> frozenset[str]:
        return self.real.listing()

    def send(self, tree: Path, batch: Batch) -> None:
        for path in batch.paths:
            self.act(batch.step, [path])
            self.real.send(tree, Batch(batch.step, (path,), batch.headers))

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            self.act("remove", [path])
            self.real.remove([path])

    def clear(self, paths: Sequence[str], /) -> None:
        self.act("clear")
        self.real.clear(paths)

    def note(self, written: bytes) -> None:
        self.act("note")
        self.real.note(written)

    def finish(self, tree: Path, /) -> None:
        self.act("finish")
        self.real.finish(tree)


THREE = {**ONE, "index.html": b"home, three", "assets/c.89abcdef.css": b"c{}"}


@pytest.mark.parametrize("kind", ["folder", "git"])
def test_cut_off_anywhere_the_next_one_completes_it(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one may carry other content, or that of before: both come out right."""
    for after in range(40):
        folder = tmp_path / str(after)
        folder.mkdir()
        with place(kind, folder, monkeypatch) as there:
            there.put("theirs.txt", b"theirs")
            deployed(there.carrier(), ONE, folder)
            cutting = Cutting(there.carrier(), after)
            try:
                deployed(cutting, TWO, folder)
            except CutError:
                finished = False
            else:
                finished = True
            links = there.files()
            if b"cold, heat" in links["guides/index.html"]:
                assert "guides/heat/index.html" in links, "removed before what led there was gone"
            for then in (ONE, THREE)[after % 2 :]:
                deployed(there.carrier(), then, folder, builds=0)
                assert there.files() == {**then, "theirs.txt": b"theirs"}, f"cut after {after}"
        if finished:
            assert after > 6
            return
    raise AssertionError("it never ended")


def test_the_order_is_safe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with place("folder", tmp_path, monkeypatch) as there:
        deployed(there.carrier(), ONE, tmp_path)
        cutting = Cutting(there.carrier(), 1000)
        deployed(cutting, {**TWO, "robots.txt": b"!", "x.json": b"{}"}, tmp_path)
    assert [what for what, _paths in cutting.did] == [
        "note",
        "assets",
        "files",
        "pages",
        "lists",
        "lists",
        "lists",
        "remove",
        "remove",
        "note",
        "finish",
    ]
    lists = [
        path for what, (path, *_) in filter(lambda did: did[1], cutting.did) if what == "lists"
    ]
    assert lists == ["guides/index.html", "index.html", "robots.txt"]


def test_a_store_keeps_headers_with_each_object(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "public, max-age=0"}
    style = {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, immutable"}
    headers = {path: style if path.endswith("css") else page for path in ONE}
    with place("s3", tmp_path, monkeypatch) as there:
        assert isinstance(there, Bucket)
        deployed(there.carrier(), ONE, tmp_path, headers=headers)
        for path, wanted in (("index.html", page), ("assets/site.0123abcd.css", style)):
            found = there.headers(path)
            assert {name: found[name.lower()] for name in wanted} == wanted
        headers["index.html"] = {**page, "Cache-Control": "no-cache"}
        plan = deployed(there.carrier(), ONE, tmp_path, headers=headers)
        assert plan.changed == ("index.html",), "other headers are a change"
        assert there.headers("index.html")["cache-control"] == "no-cache"


def test_a_branch_gets_one_commit_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with place("git", tmp_path, monkeypatch) as there:
        assert isinstance(there, Branch)
        deployed(there.carrier(), ONE, tmp_path)
        deployed(there.carrier(), TWO, tmp_path)
        deployed(there.carrier(), TWO, tmp_path)
        assert there.git("rev-list", "--count", "gh-pages").strip() == b"2"
        late = there.carrier()
        there.put("theirs.txt", b"pushed meanwhile")
        with pytest.raises(OperationError) as refused:
            deployed(late, ONE, tmp_path)
        assert "did not accept the push" in refused.value.message
        deployed(there.carrier(), ONE, tmp_path, builds=0)
        assert there.files() == {**ONE, "theirs.txt": b"pushed meanwhile"}


def test_every_file_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For a place somebody has changed behind our back."""
    with place("rsync", tmp_path, monkeypatch) as there:
        deployed(there.carrier(), ONE, tmp_path)
        there.put("guides/cold/index.html", b"changed by hand")
        assert deployed(there.carrier(), ONE, tmp_path).is_empty
        plan = deployed(there.carrier(), ONE, tmp_path, every=True)
        assert plan.changed == tuple(sorted(ONE))
        assert there.files() == ONE


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[]",
        b'{"format": 2, "files": {}, "builds": [], "unsure": [], "generation": ""}',
        b'{"format": 1, "files": {"../x": ["", 0, ""]}, "builds": [], "unsure": [], '
        b'"generation": ""}',
        b'{"format": 1, "files": {}, "builds": [], "unsure": ["/etc/passwd"], "generation": ""}',
        b"[" * 100_000,
    ],
)
def test_a_record_that_was_meddled_with_is_refused(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place("folder", tmp_path, monkeypatch) as there:
        there.put(RECORD, content)
        with pytest.raises(OperationError, match="damaged"):
            deployed(there.carrier(), ONE, tmp_path)
        assert there.files() == {}


def test_a_link_in_the_folder_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place("folder", tmp_path, monkeypatch) as there:
        there.put("x", b"")
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "there" / "guides").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(OperationError, match="a link to another place"):
            deployed(there.carrier(), ONE, tmp_path)
        assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_way_back(tmp_path: Path) -> None:
    kept = Generations(tmp_path)
    with pytest.raises(OperationError, match="no earlier deployment"):
        kept.back()
    for files in (ONE, TWO, TWO):
        kept.stage(files, {"vercel.json": b"{}"}, {"index.html": {"A": "b"}})
        kept.rotate()
    found, headers = kept.back()
    assert found == {path: entry_of(content) for path, content in ONE.items()}
    assert headers == {"index.html": {"A": "b"}}
    kept.swap()
    assert set(kept.back()[0]) == set(TWO), "once more, and the newer one is back"
    (kept.previous / "output" / "index.html").unlink()
    (kept.previous / "output" / "index.html").write_bytes(b"changed")
    with pytest.raises(OperationError, match="damaged"):
        kept.back()


def test_an_old_asset_is_adopted_only_when_it_is_what_it_was(tmp_path: Path) -> None:
    kept = Generations(tmp_path)
    kept.stage(ONE, {}, {})
    kept.rotate()
    kept.stage(TWO, {}, {})
    old = {"assets/site.0123abcd.css": entry_of(b"a{}"), "media/x.00000000.png": Entry("", 1)}
    kept.adopt(old)
    assert (kept.next / "output/assets/site.0123abcd.css").read_bytes() == b"a{}"
    assert not (kept.next / "output/media/x.00000000.png").exists()
