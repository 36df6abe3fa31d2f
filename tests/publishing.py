"""What the publish tests share: two generations of a site, and a folder's exact content. Run as a
program it publishes the two in turn until it is killed."""

from __future__ import annotations

import hashlib
import itertools
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from coldpress.publish import publish
from coldpress.publish.manifest import compose, digests_of
from coldpress.publish.paths import MANIFEST

Tree = dict[str, tuple[str, object]]


def snapshot(folder: Path) -> Tree:
    """Path -> what stands there, with content and mode. No link is followed."""
    tree: Tree = {}
    for path in sorted(folder.rglob("*")):
        row = path.lstat()
        mode = stat.S_IMODE(row.st_mode)
        name = path.relative_to(folder).as_posix()
        if stat.S_ISLNK(row.st_mode):
            tree[name] = ("link", path.readlink().as_posix())
        elif stat.S_ISREG(row.st_mode):
            tree[name] = ("file", (path.read_bytes(), mode))
        else:
            tree[name] = ("folder" if stat.S_ISDIR(row.st_mode) else "special", mode)
    return tree


def site_tree(files: dict[str, bytes]) -> Tree:
    """What `snapshot` must find after `files` were published into an empty folder."""
    whole = {**files, MANIFEST: compose(digests_of(files), {})}
    tree: Tree = {path: ("file", (content, 0o644)) for path, content in whole.items()}
    for path in whole:
        for parent in Path(path).parents[:-1]:
            tree[parent.as_posix()] = ("folder", 0o755)
    return tree


def generation(letter: str, count: int = 120) -> dict[str, bytes]:
    """A sixth each: the same in all generations, changed and only in this one; pages and assets.
    Sizes go from nothing to some 25 kB."""

    def content(number: int, seed: str) -> bytes:
        return hashlib.sha256(f"{seed}{number}".encode()).digest() * (number * 37 % 800)

    files = {"index.html": letter.encode() * 5000, "sitemap.xml": letter.encode() * 3000}
    places: tuple[Callable[[int], str], ...] = (
        lambda n: f"same/{n}/index.html",
        lambda n: f"changed/{n}/index.html",
        lambda n: f"only-{letter}/{n}/index.html",
        lambda n: f"assets/same-{n}.css",
        lambda n: f"assets/changed/{n}.svg",
        lambda n: f"assets/{n}.{hashlib.sha256(letter.encode()).hexdigest()[:8]}.css",
    )
    for number in range(count - 2):
        place = places[number % len(places)](number)
        files[place] = content(number, "" if "same" in place else letter)
    files["turns"], files["turns-too/x"] = b"", b""
    del files["turns" if letter == "A" else "turns-too/x"]
    return files


def add_foreign(output: Path) -> None:
    """Files of somebody else, of every sort."""
    (output / "CNAME").write_text("example.org\n")
    objects = output / ".git" / "objects"
    objects.mkdir(parents=True)
    (objects / "aa").write_bytes(b"\0" * 3000)
    (objects / "aa").chmod(0o444)
    (output / ".git" / "refs").mkdir(mode=0o700)
    proof = output / ".well-known" / "acme"
    proof.mkdir(parents=True)
    (proof / "token").write_text("proof")
    (output / "nowhere").symlink_to("../does/not/exist")
    (output / "here").symlink_to("CNAME")
    (output / "outside").symlink_to(output.parent, target_is_directory=True)
    read_only = output / "read-only"
    read_only.mkdir()
    (read_only / "note").write_text("note")
    read_only.chmod(0o555)
    os.mkfifo(output / "pipe")


def publish_for_ever(output: Path, sources: Path, exchange: bool) -> None:
    for letter in itertools.cycle("AB"):
        publish(generation(letter), output, sources=sources, exchange=exchange)
        sys.stdout.write(letter)
        sys.stdout.flush()


if __name__ == "__main__":
    publish_for_ever(Path(sys.argv[1]), Path(sys.argv[2]), exchange=sys.argv[3] == "exchange")
