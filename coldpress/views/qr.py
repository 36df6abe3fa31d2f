"""An address -> a QR code as one SVG path, for the printed hand-out."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import segno


def qr(address: str) -> dict[str, Any]:
    """`size`: modules a side, without the quiet zone (the template leaves four round it);
    `path`: strokes of width 1 along the middle of every row, the shortest way to write it."""
    code = segno.make(address, error="l", boost_error=False)
    rows = [list(row) for row in code.matrix]
    return {"size": len(rows), "path": "".join(strokes(y, row) for y, row in enumerate(rows))}


def strokes(y: int, row: list[int]) -> str:
    """`M0 3.5h2m1 0h4`: pen to the start of the row, then dark runs and gaps."""
    runs = [(dark, len(list(modules))) for dark, modules in groupby(row)]
    if not runs[-1][0]:
        runs.pop()
    start = runs.pop(0)[1] if runs and not runs[0][0] else 0
    drawn = "".join(f"h{width}" if dark else f"m{width} 0" for dark, width in runs)
    return f"M{start} {y}.5{drawn}"
