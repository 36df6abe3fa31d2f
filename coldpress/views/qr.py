"""An address -> a QR code as one dashed SVG line, for the printed hand-out."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, groupby
from typing import Any


@lru_cache(maxsize=1_000)
def qr(address: str) -> dict[str, Any]:
    """`size`: modules a side, without the quiet zone (the template leaves four round it). The line
    runs through all rows, forth and back; `dashes`: how far it is drawn, how far not, and so on.
    Of all ways to write a code the one that compresses best: half of a stroke for every run."""
    import segno

    rows = [list(row) for row in segno.make(address, error="l", boost_error=False).matrix]
    size = len(rows)
    turns = "v1".join(f"h{size if y % 2 == 0 else -size}" for y in range(size))
    return {"size": size, "dashes": " ".join(map(str, dashes(rows))), "path": f"M0 .5{turns}"}


def dashes(rows: list[list[int]]) -> list[int]:
    """Dark and light in turns, dark first; a step down to the next row is light."""
    forth_and_back = (row if y % 2 == 0 else row[::-1] for y, row in enumerate(rows))
    modules = chain.from_iterable((*row, 0) for row in forth_and_back)
    runs = [(dark, len(list(run))) for dark, run in groupby(modules, key=bool)]
    return [*([] if runs[0][0] else [0]), *(length for _, length in runs)]
