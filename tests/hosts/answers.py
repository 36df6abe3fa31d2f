"""What a host answers, and the folder of files it answers from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """Header names in lower case. `file`: the output whose bytes were sent."""

    status: int
    location: str = ""
    file: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def lowered(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class Folder:
    """The published files, by path."""

    def __init__(self, paths: frozenset[str]) -> None:
        self.paths = paths

    def file(self, url: str) -> str | None:
        """The file an address names, an index included; None where there is none."""
        path = url.lstrip("/")
        if path == "" or path.endswith("/"):
            path += "index.html"
        return path if path in self.paths else None

    def is_folder(self, url: str) -> bool:
        return f"{url.strip('/')}/index.html" in self.paths and not url.endswith("/")
