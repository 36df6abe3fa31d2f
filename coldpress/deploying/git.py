"""A branch of a repository that a host publishes: one commit on top of what is there.

Built in a repository of our own under .coldpress/, from blobs and an index: neither the author's
repository nor a work tree is touched, and no filter or line-end setting changes a byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from coldpress.deploying.model import RECORD, Batch
from coldpress.deploying.program import Said, ran
from coldpress.problems import OperationError

NOBODY = re.compile(r"unable to auto-detect|empty ident|tell me who you are", re.IGNORECASE)
ZERO = "0" * 40
QUIET = {"GIT_TERMINAL_PROMPT": "0"}


class GitCarrier:
    keeps_headers = False
    at_once = True

    def __init__(self, to: str, branch: str, project: Path, own: Path) -> None:
        """`to`: an address, or the name of a remote of the project's repository. `own`: the folder
        for our repository."""
        self.branch, self.own = branch, own
        self.to = _address(to, project)
        self.index = own / "index-of-this-deployment"
        self.message = "Deploy"
        if not (own / "HEAD").is_file():
            own.mkdir(parents=True, exist_ok=True)
            self._git("init", "--quiet", "--bare")
        self._git("check-ref-format", f"refs/heads/{branch}")
        self.head = self._fetched()
        self.index.unlink(missing_ok=True)
        if self.head:
            self._git("read-tree", self.head)

    def record(self) -> bytes | None:
        if RECORD not in self._names("--", RECORD):
            return None
        return self._git("cat-file", "blob", f"{self.head}:{RECORD}").out

    def listing(self) -> frozenset[str]:
        return frozenset(self._names())

    def send(self, tree: Path, batch: Batch) -> None:
        """hash-object takes a path a line; output paths have no line break in them."""
        files = "".join(f"{tree / path}\n" for path in batch.paths)
        made = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", input=files)
        blobs = made.out.decode().split()
        rows = zip(blobs, batch.paths, strict=True)
        self._index("".join(f"100644 {blob}\t{path}\0" for blob, path in rows))

    def remove(self, paths: Sequence[str]) -> None:
        self._index("".join(f"0 {ZERO}\t{path}\0" for path in paths))

    def clear(self, _paths: Sequence[str]) -> None:
        """All is pushed at once, or nothing."""

    def note(self, written: bytes) -> None:
        made = self._git("hash-object", "-w", "--no-filters", "--stdin", input=written.decode())
        self._index(f"100644 {made.out.decode().strip()}\t{RECORD}\0")

    def finish(self, _tree: Path) -> None:
        """The commit, and its push: somebody else's newer commit is never pushed over."""
        made = self._git("write-tree").out.decode().strip()
        if (
            self.head
            and made == self._git("rev-parse", f"{self.head}^{{tree}}").out.decode().strip()
        ):
            return
        parent = ("-p", self.head) if self.head else ()
        commit = self._commit(made, parent)
        said = self._git(
            "push", "--quiet", self.to, f"{commit}:refs/heads/{self.branch}", allowed=(0, 1)
        )
        if said.code:
            raise OperationError(
                f"git did not accept the push to {self.branch}: {said.tail}",
                "if somebody else has pushed there, deploy again; else look at your rights",
            )

    def _commit(self, made: str, parent: Sequence[str]) -> str:
        words = ("commit-tree", made, *parent, "-m", self.message)
        said = self._git(*words, allowed=(0, 128))
        if said.code and NOBODY.search(said.err):
            said = self._git(
                "-c", "user.name=Coldpress", "-c", "user.email=coldpress@localhost", *words
            )
        elif said.code:
            self._git(*words)  # says what is wrong
        return said.out.decode().strip()

    def _fetched(self) -> str:
        """The commit the branch is at; empty when there is none yet."""
        ref = f"refs/heads/{self.branch}"
        found = self._git("ls-remote", self.to, ref).out.decode().split()
        if not found:
            return ""
        self._git("fetch", "--quiet", "--depth=1", "--no-tags", self.to, ref)
        return found[0]

    def _names(self, *words: str) -> tuple[str, ...]:
        said = self._git("ls-files", "-z", *words)
        return tuple(
            name for name in said.out.decode("utf-8", "surrogateescape").split("\0") if name
        )

    def _index(self, rows: str) -> None:
        self._git("update-index", "-z", "--index-info", input=rows)

    def _git(self, *words: str, allowed: Sequence[int] = (0,), input: str = "") -> Said:
        more = {**QUIET, "GIT_DIR": str(self.own), "GIT_INDEX_FILE": str(self.index)}
        return ran(("git", *words), allowed=allowed, more=more, input=input.encode())


def _address(to: str, project: Path) -> str:
    """`origin` is a remote of the author's repository; a folder is seen from the site's folder."""
    if re.fullmatch(r"[\w.-]+", to):
        said = ran(
            ("git", "-C", str(project), "remote", "get-url", "--push", to), allowed=(0, 2, 128)
        )
        if said.code == 0:
            return said.out.decode().strip()
    local = project / to
    return str(local.resolve()) if local.exists() else to
