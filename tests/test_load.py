"""content/ -> Content; the exact messages are in tests/cases/problems/."""

from __future__ import annotations

import os
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from coldpress.schema import HubMatter, PageMatter
from tests.caselib import PAGE, SITE, png, problems_of, read_site, write_site


def rules(root: Path) -> dict[str, str]:
    return {problem.path: problem.rule for problem in problems_of(root)}


def page(fields: str) -> str:
    return PAGE.replace("---\nText", f"{fields}\n---\nText")


def test_what_is_read(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "site.yaml": f"{SITE}languages: [en, es]\n",
            "content/guides/cold.md": page("image: {src: room.png, alt: The room}"),
            "content/guides/cold.es.md": PAGE,
            "content/guides/index.md": PAGE,
            "content/guides/room.png": png(7, 5),
            "content/data/glossary.yaml": "ice:\n  term: Ice\n  definition: Frozen water.\n",
        },
    )
    content, _, problems = read_site(tmp_path)
    assert problems == ()
    by_path = {source.path: source for source in content.sources}
    cold, spanish = by_path["content/guides/cold.md"], by_path["content/guides/cold.es.md"]
    assert (cold.id, cold.lang, spanish.id, spanish.lang) == (
        "guides/cold",
        "en",
        "guides/cold",
        "es",
    )
    assert isinstance(by_path["content/guides/index.md"].matter, HubMatter)
    assert isinstance(by_path["content/pages/index.md"].matter, PageMatter)
    assert (content.media["content/guides/room.png"].width, cold.body_line) == (7, 6)
    assert content.glossary["ice"].term == "Ice"
    assert content.places["glossary.ice.definition"].line == 3
    assert len(cold.digest) == 64
    assert content.left_out == frozenset()


def test_the_order_files_are_listed_in_means_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_site(tmp_path, {f"content/guides/{name}.md": PAGE for name in "cab"})
    forwards = read_site(tmp_path)
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(scandir(path))))
    assert read_site(tmp_path) == forwards


# --------------------------------------------------------------------------- what is live


@pytest.mark.parametrize(
    ("fields", "live", "scheduled"),
    [
        ("draft: true", False, False),
        ("draft: true\npublish_at: 2027-01-01 09:00", False, False),
        ("publish_at: 2026-12-01 03:59", True, False),
        ("publish_at: 2026-12-01 04:00", True, False),
        ("publish_at: 2026-12-01 04:01", False, True),
        ("publish_at: 2026-12-01 07:00 America/New_York", True, False),
        ("publish_at: 2026-12-01T13:00+01:00", True, False),
        ("expires_at: 2026-12-01 12:00Z", False, True),
        ("expires_at: 2026-12-01 12:01Z", True, False),
    ],
)
def test_drafts_and_scheduled_pages_stay_out(
    tmp_path: Path, fields: str, live: bool, scheduled: bool
) -> None:
    """Now is 2026-12-01 12:00 UTC, the site is in Los Angeles (-08:00)."""
    path = "content/guides/cold.md"
    write_site(tmp_path, {path: page(fields)})
    content, _routes, problems = read_site(tmp_path)
    assert problems == ()
    assert (path in {source.path for source in content.sources}) is live
    assert (path in {source.path for source in content.scheduled}) is scheduled
    assert (path in content.left_out) is not live
    shown, _, _ = read_site(tmp_path, drafts=True)
    assert path in {source.path for source in shown.sources}
    assert (shown.scheduled, shown.left_out) == ((), frozenset())


def test_a_relation_to_a_draft_is_a_relation(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "content/conditions/back.md": page("draft: true"),
            "content/guides/cold.md": page("conditions: [back]\nrelated: [conditions/back]"),
        },
    )
    assert problems_of(tmp_path) == ()


def test_a_text_with_mistakes_does_not_make_mistakes_of_those_that_name_it(tmp_path: Path) -> None:
    write_site(
        tmp_path,
        {
            "content/conditions/back.md": page("titel: x"),
            "content/guides/cold.md": page("conditions: [back]"),
        },
    )
    assert rules(tmp_path) == {"content/conditions/back.md": "unknown-field"}
    assert read_site(tmp_path)[0].left_out == {"content/conditions/back.md"}


def test_of_a_broken_data_file_the_keys_are_known(tmp_path: Path) -> None:
    """Its own mistake is told with all the others, and naming what is in it is not another."""
    finding = (
        "{question: Is it?, outcome: pain, grade: limited, direction: mixed,"
        " references: [berg2020], sentence: It may be.}"
    )
    write_site(
        tmp_path,
        {
            "content/data/references.yaml": "berg2020:\n  title: x: y\n",
            "content/data/findings.yaml": f"one: {finding}\n",
            "content/guides/cold.md": page("titel: x"),
        },
    )
    content, _routes, problems = read_site(tmp_path)
    assert content.unread_keys == {"references": {"berg2020"}}
    assert {p.path for p in problems if p.level == "error"} == {
        "content/data/references.yaml",
        "content/guides/cold.md",
    }


# --------------------------------------------------------------------------- what is not a file


def test_links_and_pipes_are_named_and_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret/key.md").write_text(PAGE)
    site = write_site(tmp_path / "site", {})
    (site / "content/guides").mkdir()
    (site / "content/guides/linked.md").symlink_to(tmp_path / "secret/key.md")
    (site / "content/guides/dangling.png").symlink_to(tmp_path / "nothing")
    (site / "content/methods").symlink_to(tmp_path / "secret")
    os.mkfifo(site / "content/guides/pipe.md")
    assert rules(site) == {
        "content/guides/linked.md": "not-a-file",
        "content/guides/dangling.png": "not-a-file",
        "content/guides/pipe.md": "not-a-file",
        "content/methods": "not-a-file",
    }


def test_a_picture_that_is_refused_is_not_missing_as_well(tmp_path: Path) -> None:
    fields = "image: {{src: {}, alt: The room}}"
    large = saved("JPEG") + bytes(25_000_000)
    pictures = {"large.jpg": large, "wide.png": bomb(9_000, 9_000), "text.webp": b"words"}
    files: dict[str, str | bytes] = {f"content/guides/{n}": raw for n, raw in pictures.items()}
    for number, name in enumerate([*pictures, "linked.png"]):
        files[f"content/guides/cold-{number}.md"] = page(fields.format(name))
    site = write_site(tmp_path / "site", files)
    (site / "content/guides/linked.png").symlink_to(tmp_path / "nothing")
    found = {problem.path: (problem.rule, problem.hint) for problem in problems_of(site)}
    smaller = "make it smaller: 2400 pixels wide is plenty"
    assert found == {
        "content/guides/large.jpg": ("too-large", smaller),
        "content/guides/wide.png": ("too-large", smaller),
        "content/guides/text.webp": ("broken-picture", "export it again, or copy it again"),
        "content/guides/linked.png": ("not-a-file", "put the file itself here, not a link to it"),
    }


def test_no_content_at_all(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text(SITE)
    assert rules(tmp_path) == {"content": "missing-site"}
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "content").symlink_to(tmp_path / "elsewhere")
    assert rules(tmp_path) == {"content": "missing-site"}


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything: for a while, be someone else."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_not_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are root's alone
        site = Path(folder)
        site.chmod(0o755)
        write_site(site, {"content/guides/cold.md": PAGE})
        (site / "content/guides/cold.md").chmod(0)
        with as_nobody():
            found = rules(site)
    assert found == {"content/guides/cold.md": "unreadable-file"}


def test_a_file_name_that_cannot_be_shown(tmp_path: Path) -> None:
    write_site(tmp_path, {})
    (tmp_path / os.fsdecode(b"content/pages/a\x1b\xff.md")).write_text(PAGE)
    assert rules(tmp_path) == {"content/pages/a??.md": "bad-file-name"}


def test_a_text_that_is_too_large(tmp_path: Path) -> None:
    write_site(tmp_path, {"content/guides/cold.md": PAGE + "x" * 500_000})
    assert rules(tmp_path) == {"content/guides/cold.md": "too-large"}


# --------------------------------------------------------------------------- pictures


def bomb(width: int, height: int) -> bytes:
    """A PNG header that promises a picture of this size."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 9) + b"IDAT" + bytes(9)


def saved(format: str) -> bytes:
    stream = BytesIO()
    noise = Image.effect_noise((64, 64), 90).convert("RGB")
    noise.save(stream, format)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("format", "suffix"),
    [("PNG", "png"), ("JPEG", "jpg"), ("JPEG", "jpeg"), ("WEBP", "webp"), ("GIF", "gif")],
)
def test_pictures_are_measured_and_half_ones_refused(
    tmp_path: Path, format: str, suffix: str
) -> None:
    path, raw = f"content/guides/room.{suffix}", saved(format)
    write_site(tmp_path, {path: raw})
    content, _, problems = read_site(tmp_path)
    assert problems == ()
    assert (content.media[path].width, content.media[path].height) == (64, 64)
    write_site(tmp_path, {path: raw[: len(raw) // 2]})
    assert rules(tmp_path) == {path: "broken-picture"}


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"", "broken-picture"),
        (b"not a picture", "broken-picture"),
        (bomb(8_000, 8_000), "too-large"),
        (bomb(12_000, 12_000), "too-large"),
        (bomb(40_000, 40_000), "too-large"),
        (saved("JPEG"), "wrong-ending"),
        (saved("BMP"), "wrong-ending"),
    ],
    ids=["empty", "text", "64 MP", "144 MP", "1600 MP", "JPEG", "BMP"],
)
def test_bombs_and_impostors_are_refused(tmp_path: Path, raw: bytes, rule: str) -> None:
    write_site(tmp_path, {"content/guides/room.png": raw})
    assert rules(tmp_path) == {"content/guides/room.png": rule}
