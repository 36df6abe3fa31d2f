"""Real places to deploy to, all on this machine: folders, rsync, an rsync daemon, S3 (moto), SFTP,
a bare repository. What lies there is read by other means than our own."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from coldpress.deploying.folder import FolderCarrier
from coldpress.deploying.git import GitCarrier
from coldpress.deploying.model import RECORD, Carrier
from coldpress.deploying.rclone import RcloneCarrier
from coldpress.deploying.rsync import RsyncCarrier
from tests.hosts.servers import free_port, wait_for

NEEDS: Mapping[str, tuple[str, ...]] = {
    "folder": (),
    "rsync": ("rsync",),
    "rsync-daemon": ("rsync",),
    "rclone": ("rclone",),
    "s3": ("rclone",),
    "sftp": ("rclone",),
    "git": ("git",),
}
RCLONE = {"RCLONE_CONFIG": os.devnull}


class Place(Protocol):
    def carrier(self) -> Carrier: ...

    def files(self) -> dict[str, bytes]:
        """All there but our record."""

    def put(self, path: str, content: bytes) -> None:
        """By somebody else."""


@dataclass
class Tree:
    """A folder, whoever brings the files."""

    kind: str
    to: str
    folder: Path

    def carrier(self) -> Carrier:
        if self.kind == "folder":
            return FolderCarrier(self.folder)
        if self.kind.startswith("rsync"):
            return RsyncCarrier(self.to)
        return RcloneCarrier(self.to)

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in found
            if path.name != RECORD
        }

    def put(self, path: str, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)


@dataclass
class Bucket:
    port: int
    name: str
    below: str = "site"

    def carrier(self) -> Carrier:
        return RcloneCarrier(f"store:{self.name}/{self.below}")

    def files(self) -> dict[str, bytes]:
        rows = ElementTree.fromstring(self.ask(f"/{self.name}?list-type=2")[2]).iter()
        keys = [row.text or "" for row in rows if row.tag.endswith("Key")]
        return {
            key.removeprefix(f"{self.below}/"): self.ask(f"/{self.name}/{key}")[2]
            for key in keys
            if not key.endswith(RECORD)
        }

    def put(self, path: str, content: bytes) -> None:
        words = ["rclone", "rcat", f"store:{self.name}/{self.below}/{path}"]
        subprocess.run(words, input=content, check=True)

    def headers(self, path: str) -> Mapping[str, str]:
        return self.ask(f"/{self.name}/{self.below}/{path}")[1]

    def ask(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", quote(path, safe="/?=&-"))
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return response.status, headers, response.read()
        finally:
            connection.close()


@dataclass
class Branch:
    bare: Path
    own: Path
    project: Path
    branch: str = "gh-pages"
    seen: list[str] = field(default_factory=list)

    def carrier(self) -> Carrier:
        return GitCarrier(str(self.bare), self.branch, self.project, self.own)

    def files(self) -> dict[str, bytes]:
        names = self.git("ls-tree", "-r", "-z", "--name-only", self.branch).split(b"\0")
        return {
            name.decode(): self.git("cat-file", "blob", f"{self.branch}:{name.decode()}")
            for name in names
            if name and name.decode() != RECORD
        }

    def put(self, path: str, content: bytes) -> None:
        """A commit of its own."""
        there = self.bare.parent / "clone"
        shutil.rmtree(there, ignore_errors=True)
        git("clone", "--quiet", str(self.bare), str(there))
        if self.git("branch", "--list", self.branch):
            git("checkout", "--quiet", self.branch, cwd=there)
        else:
            git("checkout", "--quiet", "--orphan", self.branch, cwd=there)
        (there / path).parent.mkdir(parents=True, exist_ok=True)
        (there / path).write_bytes(content)
        git("add", "--force", path, cwd=there)
        git("commit", "--quiet", "-m", "by hand", cwd=there)
        git("push", "--quiet", "origin", f"HEAD:{self.branch}", cwd=there)

    def git(self, *words: str) -> bytes:
        return git(*words, cwd=self.bare)


def git(*words: str, cwd: Path | None = None) -> bytes:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@harbour.example"]
    done = subprocess.run(["git", *who, *words], cwd=cwd, capture_output=True, check=True)
    return done.stdout


def needed(kind: str) -> None:
    for tool in NEEDS[kind]:
        if shutil.which(tool) is None:
            if os.environ.get("COLDPRESS_CI"):
                pytest.fail(f"{tool} is missing, and nothing is skipped here")
            pytest.skip(f"{tool} is not installed")


@contextmanager
def place(kind: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    needed(kind)
    monkeypatch.delenv("AWS_CA_BUNDLE", raising=False)
    for name, value in RCLONE.items():
        monkeypatch.setenv(name, value)
    there = folder / "there"
    if kind in ("folder", "rsync", "rclone"):
        yield Tree(kind, str(there), there)
    elif kind == "rsync-daemon":
        there.mkdir()
        with rsync_daemon(folder, there) as port:
            yield Tree(kind, f"rsync://127.0.0.1:{port}/site/", there)
    elif kind == "sftp":
        there.mkdir()
        with sftp(folder, there, monkeypatch):
            yield Tree(kind, "server:", there)
    elif kind == "s3":
        with moto(folder, monkeypatch) as port:
            subprocess.run(["rclone", "mkdir", "store:harbour"], check=True)
            yield Bucket(port, "harbour")
    else:
        bare = folder / "bare.git"
        git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
        yield Branch(bare, folder / "own", folder)


@contextmanager
def served(
    words: list[str], folder: Path, port: int, surroundings: Mapping[str, str] | None = None
) -> Iterator[None]:
    """In a session of its own: some start others, which end with it."""
    log = (folder / "log").open("wb")
    with (
        log,
        subprocess.Popen(
            words, stdout=log, stderr=log, cwd=folder, env=surroundings, start_new_session=True
        ) as process,
    ):
        try:
            wait_for(port, process, folder / "log")
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)


@contextmanager
def rsync_daemon(folder: Path, there: Path) -> Iterator[int]:
    port = free_port()
    user = "uid = root\ngid = root\n" if os.geteuid() == 0 else ""
    config = folder / "rsyncd.conf"
    config.write_text(
        f"use chroot = no\n{user}pid file = {folder}/pid\n[site]\npath = {there}\nread only = no\n"
    )
    words = ["rsync", "--daemon", "--no-detach", f"--config={config}", f"--port={port}"]
    with served([*words, "--address=127.0.0.1"], folder, port):
        yield port


@contextmanager
def sftp(folder: Path, there: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    port = free_port()
    monkeypatch.setenv("RCLONE_CACHE_DIR", str(folder / "cache"))
    words = ["rclone", "serve", "sftp", str(there), "--addr", f"127.0.0.1:{port}"]
    known = {"TYPE": "sftp", "HOST": "127.0.0.1", "PORT": str(port), "USER": "me"}
    known |= {"PASS": obscured("word"), "SHELL_TYPE": "none", "DISABLE_HASHCHECK": "true"}
    for name, value in known.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_SERVER_{name}", value)
    with served([*words, "--user", "me", "--pass", "word"], folder, port):
        yield


def obscured(word: str) -> str:
    done = subprocess.run(["rclone", "obscure", word], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def moto(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """S3 in a process of its own; the remote is called `store`."""
    port = free_port()
    known = {"TYPE": "s3", "PROVIDER": "Other", "REGION": "us-east-1", "ACL": "public-read"}
    known |= {"ENDPOINT": f"http://127.0.0.1:{port}"}
    known |= {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test"}
    for name, value in known.items():
        monkeypatch.setenv(f"RCLONE_CONFIG_STORE_{name}", value)
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with served(words, folder, port):
        time.sleep(0.1)
        yield port
