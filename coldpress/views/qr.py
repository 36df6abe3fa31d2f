"""An address -> a QR code as one SVG path, for the printed hand-out."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import segno


def qr(address: str) -> dict[str, Any]:
    """`size`: modules a side, without the quiet zone (the template leaves four round it);
    `path`: SVG path data in module units, dark runs as rectangles."""
    code = segno.make(address, error="m", boost_error=False)
    rows = [list(row) for row in code.matrix]
    path = "".join(run for y, row in enumerate(rows) for run in runs(y, row))
    return {"size": len(rows), "path": path}


def runs(y: int, row: list[int]) -> list[str]:
    found = []
    x = 0
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return found
