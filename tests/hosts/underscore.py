"""Reads `_redirects` and `_headers` as the hosts' documentation describes them. What they make of
it (who wins, what a double means) is in each host's own file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True)
class Line:
    source: str
    to: str
    status: str

    def match(self, path: str) -> str | None:
        """The new address, :splat filled in; None when the rule is not for this path."""
        source, path = unquote(self.source), unquote(path)
        assert source.count("*") <= 1, "one * a pattern"
        assert "*" not in source[:-1], "nothing after a *"
        if not source.endswith("*"):
            return self.to if path == source else None
        if not path.startswith(source[:-1]):
            return None
        return self.to.replace(":splat", path.removeprefix(source[:-1]))


def redirect_rules(text: str) -> list[Line]:
    rules = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            parts = line.split()
            assert len(parts) == 3, f"from, to and an explicit code: {line}"
            rules.append(Line(*parts))
    return rules


def header_rules(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Pattern, its headers in order."""
    for block in re.split(r"\n(?=\S)", text.strip()):
        pattern, *rest = block.split("\n")
        headers = []
        for line in rest:
            assert line.startswith("  "), line
            name, _, value = line.strip().partition(": ")
            headers.append((name.lower(), value))
        yield pattern, headers


def applies(pattern: str, path: str) -> bool:
    if pattern.endswith("*"):
        return path.startswith(pattern[:-1])
    return path == pattern
