"""A file and a line -> the address that opens them in the author's editor.

`--editor`, else $COLDPRESS_EDITOR, else Visual Studio Code: a name from the list, an address with
{path}, {line} and {column} in it, or "none".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from coldpress.problems import UsageError, nearest, one_of

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "none": "",
}
USUAL = "vscode"
ADDRESS = re.compile(r"^(?!(?:javascript|data|vbscript|blob):)[a-z][a-z0-9+.-]*:.*\{path\}", re.I)
"""Opens a program. What a browser would run or draw itself is no editor."""


class Editor(Struct, frozen=True):
    pattern: str
    folder: Path
    """Of the site."""

    def link(self, path: str, line: int = 1, column: int = 1) -> str:
        """Empty when no editor is wanted."""
        if not self.pattern:
            return ""
        whole = (self.folder / path).as_posix()
        rooted = whole if whole.startswith("/") else f"/{whole}"  # C:/site on Windows
        return (
            self.pattern.replace("{path}", quote(rooted, safe="/:"))
            .replace("{line}", str(line))
            .replace("{column}", str(column))
        )


def editor_of(asked: str, folder: Path) -> Editor:
    wanted = asked.strip() or USUAL
    if wanted in EDITORS:
        return Editor(EDITORS[wanted], folder)
    if ADDRESS.search(wanted):
        return Editor(wanted, folder)
    hint = nearest(wanted, EDITORS) or f"write {one_of(EDITORS)}, or an address with {{path}} in it"
    raise UsageError(f"{wanted!r} is no editor", hint)
