"""Words of a command line -> what the program said, or why it could not.

Nothing goes through a shell. What a program says on failure is shown, cut short, and without what
looks like a secret.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from coldpress.confidential import veiled
from coldpress.problems import OperationError

INSTALL: Mapping[str, str] = {
    "rclone": "install rclone (Debian: apt-get install rclone; macOS: brew install rclone)",
    "rsync": "install rsync (Debian: apt-get install rsync; macOS: brew install rsync)",
    "git": "install git (Debian: apt-get install git; macOS: xcode-select --install)",
    "wrangler": "install Node, then: npm install --global wrangler",
    "netlify": "install Node, then: npm install --global netlify-cli",
    "vercel": "install Node, then: npm install --global vercel",
    "firebase": "install Node, then: npm install --global firebase-tools",
    "swa": "install Node, then: npm install --global @azure/static-web-apps-cli",
}
SAID_LINES = 6
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Said(Struct, frozen=True):
    code: int
    out: bytes
    err: str

    @property
    def tail(self) -> str:
        """The last lines, for a person."""
        said = self.err.strip() or self.out.decode("utf-8", "replace").strip()
        plain = COLOUR.sub("", said).splitlines()[-SAID_LINES:]
        return veiled(" / ".join(line.strip() for line in plain if line.strip()))


def ran(
    words: Sequence[str],
    *,
    allowed: Sequence[int] = (0,),
    cwd: Path | None = None,
    more: Mapping[str, str] | None = None,
    input: bytes = b"",
) -> Said:
    """`allowed`: exit codes that are no failure. `more`: into its environment."""
    tool = words[0]
    found = shutil.which(tool)
    if found is None:
        hint = INSTALL.get(tool, f"install {tool}")
        raise OperationError(f"{tool} is not installed; nothing was changed", hint)
    try:
        done = subprocess.run(
            [found, *words[1:]],
            input=input,
            capture_output=True,
            check=False,
            cwd=cwd,
            env={**os.environ, **(more or {})},
        )
    except OSError as failure:
        why = (failure.strerror or "unknown reason").lower()
        raise OperationError(f"{tool} could not be started: {why}", "") from failure
    said = Said(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
    if said.code not in allowed:
        raise OperationError(
            f"{tool} ended with {said.code}: {said.tail or 'it said nothing'}",
            "mend that, then deploy again: what was begun is completed",
        )
    return said
