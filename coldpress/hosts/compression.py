"""An output -> the same, compressed beforehand, for servers that send such files as they are.

Same bytes in, same bytes out: gzip's time stamp and file name are left empty.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import brotli

TEXT = frozenset(
    {"css", "csv", "html", "ics", "js", "json", "md", "svg", "txt", "webmanifest", "xml"}
)
"""Fonts and pictures are compressed already."""
LEAST = 1_000
"""Bytes. Below that a file fits one packet anyway."""


def precompressed(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """`page.html` -> `page.html.br`, `page.html.gz`, each only when it is smaller."""
    if path.rpartition(".")[2] not in TEXT or len(content) < LEAST:
        return
    small = brotli.compress(content, quality=11)
    if len(small) < len(content):
        yield f"{path}.br", small
    small = gzip.compress(content, 9, mtime=0)
    if len(small) < len(content):
        yield f"{path}.gz", small
