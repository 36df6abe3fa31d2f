"""What lies in the folder besides pages: compressed forms, and assets of builds before."""

from __future__ import annotations

import gzip
import hashlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coldpress.hosts import is_fingerprinted, kept, precompressed

PAGE = b"<p>cold</p>" * 300


def test_a_text_is_compressed_both_ways_and_comes_back() -> None:
    made = dict(precompressed("a/index.html", PAGE))
    assert list(made) == ["a/index.html.br", "a/index.html.gz"]
    assert brotli.decompress(made["a/index.html.br"]) == PAGE
    assert gzip.decompress(made["a/index.html.gz"]) == PAGE


def test_no_time_and_no_name_in_gzip() -> None:
    header = dict(precompressed("x.css", PAGE))["x.css.gz"][:10]
    assert header[3] == 0, "flags: no name"
    assert header[4:8] == b"\0\0\0\0", "no time"
    assert list(precompressed("x.css", PAGE)) == list(precompressed("x.css", PAGE))


@pytest.mark.parametrize("path", ["a.woff2", "a.avif", "a.pdf", "a", "a.html.br"])
def test_what_is_no_text_stays(path: str) -> None:
    assert list(precompressed(path, PAGE)) == []


def test_small_files_stay() -> None:
    assert list(precompressed("a.txt", b"x" * 999)) == []
    assert len(list(precompressed("a.txt", b"x" * 1_000))) == 2


@given(st.binary(min_size=1_000, max_size=2_000))
def test_never_larger(content: bytes) -> None:
    assert all(len(small) < len(content) for _path, small in precompressed("a.txt", content))


def test_what_would_grow_is_left_out() -> None:
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(40))
    assert list(precompressed("a.txt", noise)) == []


@pytest.mark.parametrize(
    ("path", "yes"),
    [
        ("assets/text.4f1c9a2b.woff2", True),
        ("assets/search.1d6d23f5.json", True),
        ("assets/search.1d6d23f5.json.br", True),
        ("media/room.1f3a9c20-800.avif", True),
        ("media/deep/room.1f3a9c20-800.avif", True),
        ("assets/plain.js", False),
        ("assets/1f3a9c20.js", False),
        ("feed.xml", False),
        ("guides/room.1f3a9c20.avif", False),
        ("pagefind/pagefind.js", False),
    ],
)
def test_which_names_carry_a_hash(path: str, yes: bool) -> None:
    assert is_fingerprinted(path) == yes


def asset(mark: str) -> str:
    return f"assets/a.{mark:0>8}.js"


def build(*marks: str) -> set[str]:
    return {"index.html", "feed.xml", *map(asset, marks)}


def test_assets_of_the_last_two_builds_stay() -> None:
    before = [build("3"), build("2"), build("1")]
    assert kept(before, build("4")) == (asset("2"), asset("3"))
    assert kept(before, build("4"), builds=0) == ()
    assert kept(before, build("4"), builds=9) == (asset("1"), asset("2"), asset("3"))
    assert kept([], build("1")) == ()


def test_building_again_without_a_change_throws_nothing_out() -> None:
    before = [build("3"), build("3"), build("2"), build("2"), build("1")]
    assert kept(before, build("3")) == (asset("1"), asset("2"))


def test_what_comes_back_is_not_old() -> None:
    assert kept([build("2"), build("1")], build("1")) == (asset("2"),)


def test_pages_never_stay() -> None:
    assert kept([{"gone/index.html", asset("1")}], set()) == (asset("1"),)
