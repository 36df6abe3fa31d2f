"""Output paths -> how long each may be kept, and which old ones stay for a while.

For good: names that carry their content's hash. Pages are asked for each time (a 304 costs one
round trip); feeds and lists may be kept for an hour.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

FINGERPRINTED = re.compile(
    r"^(?:assets|media)/(?:.+/)?[^/]+\.[0-9a-f]{8}(?:-\d+)?\.[a-z0-9]+(?:\.br|\.gz)?$"
)
"""assets/text.4f1c9a2b.woff2, media/room.1f3a9c20-800.avif"""
FOLDERS = ("assets", "media")

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_FIRST = "public, max-age=0, must-revalidate"


def for_a_while(seconds: int) -> str:
    return f"public, max-age={seconds}"


def is_fingerprinted(output: str) -> bool:
    return FINGERPRINTED.match(output) is not None


def kept(
    previous: Sequence[Collection[str]], new: Collection[str], builds: int = 2
) -> tuple[str, ...]:
    """Old fingerprinted files that stay, because a page in some cache may still ask for them.

    `previous`: what earlier builds made, the latest first, without what they kept. A build that
    changed no fingerprinted file does not count: building twice in a row must not throw them out.
    """
    after = _marked(new)
    stay: set[str] = set()
    counted = 0
    for build in previous:
        made = _marked(build)
        if made == after:
            continue
        if counted == builds:
            break
        counted += 1
        stay |= made
        after = made
    return tuple(sorted(stay - set(new)))


def _marked(outputs: Collection[str]) -> set[str]:
    return {output for output in outputs if is_fingerprinted(output)}
