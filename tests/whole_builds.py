"""A small site whose every page tells which generation it is of, and builds of it in processes of
their own, that can be cut off. Run as a program it is `build.py` on a disk that knows no exchange
of two folders.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from coldpress import cli
from coldpress.publish import system
from coldpress.publish.paths import MANIFEST
from tests import sites

ROOT = sites.ROOT
NOW = "2026-11-23T12:00Z"
METHODS = ("exchange", "file by file")
TIMEOUT = 120
"""Seconds after which a build counts as hanging."""
MARK = re.compile(rb"booking\.example/harbour-(\d+)")
TRACEBACK = "Traceback (most recent call last)"
OWN_FAULT = "something went wrong inside Coldpress"
"""What is said of a fault that nobody foresaw: as bad as a traceback."""


def site_of(folder: Path, pages: int) -> Path:
    files = {
        **sites.SAFETY,
        "content/guides/index.md": sites.page("All guides", "Read on."),
        **{f"content/guides/g{n}.md": guide(n, pages) for n in range(pages)},
    }
    sites.write(folder, files)
    renew(folder, 0)
    return folder


def guide(number: int, pages: int) -> str:
    body = f"Words {number}.\n\nSee [the next](g{(number + 1) % pages}.md).\n" + "More. " * number
    return sites.page(f"Guide {number}", body)


def renew(source: Path, generation: int) -> None:
    """All pages change: each leads to where one books. And one picture's bytes, and with them its
    name, and one title, so that one card is drawn: to draw all would be four fifths of a build, and
    what can be torn lies elsewhere."""
    facts = sites.WITH_CARDS.replace("/harbour\n", f"/harbour-{generation}\n")
    (source / "site.yaml").write_text(facts)
    picture = source / "content/guides/sign.png"
    picture.write_bytes(png(generation))
    text = guide(0, len(list((source / "content/guides").glob("g*.md"))))
    text = text.replace("title: Guide 0", f"title: Guide 0 of {generation}")
    (source / "content/guides/g0.md").write_text(f"{text}\n![A sign](sign.png)\n")


def png(generation: int) -> bytes:
    """A picture no other generation has."""

    colour = tuple(hashlib.sha256(str(generation).encode()).digest()[:3])
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def command(source: Path, method: str, *more: str) -> list[str]:
    front = [str(ROOT / "build.py")] if method == "exchange" else ["-m", "tests.whole_builds"]
    words = ["build", "--source", str(source), "--now", NOW, "--jobs", "2", *more]
    return [sys.executable, *front, *words]


def started(source: Path, method: str, *more: str) -> subprocess.Popen[str]:
    """In a process group of its own, so that it can be ended with all it has started."""
    return subprocess.Popen(
        command(source, method, *more),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def built(source: Path, method: str, *more: str) -> str:
    """To the end; what it said."""
    with started(source, method, *more) as process:
        out, err = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0, out + err
    assert not err, err
    return out


def workers(process: subprocess.Popen[str]) -> list[int]:
    """Those it has forked and that are at work now. Linux."""
    try:
        text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def end_all(process: subprocess.Popen[str]) -> None:
    """As when the machine's memory runs out, or somebody closes the window."""
    os.killpg(process.pid, signal.SIGKILL)


def files_of(output: Path) -> dict[str, bytes]:
    """Path -> bytes, of what a server would serve."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file()
    }


def generation_of(files: Mapping[str, bytes]) -> int:
    """The one generation all pages are of; AssertionError when the tree is not whole."""
    listed: Mapping[str, Mapping[str, object]] = json.loads(files[MANIFEST])["files"]
    strangers = files.keys() - listed.keys() - {MANIFEST}
    assert not strangers, f"not in the manifest: {sorted(strangers)}"
    for path, row in listed.items():
        assert path in files, f"{path} is missing"
        assert hashlib.sha256(files[path]).hexdigest() == row["sha256"], f"{path} is torn"
    marks = {path: set(MARK.findall(content)) for path, content in pages(files).items()}
    found = set().union(*marks.values())
    assert len(found) == 1, f"generations {found}"
    assert all(marks.values()), "a page without its mark"
    return int(found.pop())


def pages(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(".html")}


def without_exchange(one: Path, other: Path) -> None:
    raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(other))


def main(words: Sequence[str]) -> int:
    system.exchange = without_exchange
    return cli.main(list(words))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
