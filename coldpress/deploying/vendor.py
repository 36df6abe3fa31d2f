"""A host's own program: it is given the whole site and uploads what the host lacks, at once.

Who may deploy is settled between you and the program: by its own login, or by the variable it reads
(NETLIFY_AUTH_TOKEN, CLOUDFLARE_API_TOKEN, VERCEL_TOKEN, GOOGLE_APPLICATION_CREDENTIALS,
SWA_CLI_DEPLOYMENT_TOKEN).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from coldpress.deploying.model import RECORD, Batch
from coldpress.deploying.program import ran

COMMANDS: Mapping[str, tuple[str, ...]] = {
    "wrangler": ("wrangler", "pages", "deploy", "output"),
    "netlify": ("netlify", "deploy", "--prod", "--no-build", "--dir", "output"),
    "vercel": ("vercel", "deploy", "--prod", "--yes"),
    "firebase": ("firebase", "deploy", "--only", "hosting", "--non-interactive"),
    "swa": ("swa", "deploy", "output", "--env", "production"),
}
WORKER = ("wrangler", "deploy")
PROJECT: Mapping[str, str] = {
    "wrangler": "--project-name",
    "netlify": "--site",
    "firebase": "--project",
    "swa": "--app-name",
}
"""The option that takes what `to` says. Vercel reads VERCEL_ORG_ID and VERCEL_PROJECT_ID."""


class VendorCarrier:
    keeps_headers = False
    at_once = True

    def __init__(self, words: Sequence[str], folder: Path) -> None:
        """`folder`: where we remember what was deployed; only the host knows more."""
        self.words, self.noted = tuple(words), folder / RECORD
        self.waiting = b""

    def record(self) -> bytes | None:
        return self.noted.read_bytes() if self.noted.is_file() else None

    def listing(self) -> frozenset[str]:
        return frozenset()

    def send(self, tree: Path, batch: Batch) -> None:
        """The program does it, when all is ready."""

    def remove(self, paths: Sequence[str]) -> None:
        """What is not in the folder is gone."""

    def clear(self, _paths: Sequence[str]) -> None:
        """The host's affair."""

    def note(self, written: bytes) -> None:
        self.waiting = written

    def finish(self, tree: Path) -> None:
        """The program finds output/ and the host's own file in the folder it runs in."""
        ran(self.words, cwd=tree.parent)
        part = self.noted.with_suffix(".part")
        part.write_bytes(self.waiting)
        part.replace(self.noted)


def command_of(
    tool: str, host: str | None, to: str | None, options: Sequence[str]
) -> tuple[str, ...]:
    words = WORKER if tool == "wrangler" and host == "cloudflare-workers" else COMMANDS[tool]
    named = (PROJECT[tool], to) if to and tool in PROJECT and words is not WORKER else ()
    return (*words, *named, *options)
