from __future__ import annotations

import re

import segno

from coldpress.views.qr import qr


def test_the_strokes_draw_exactly_the_code() -> None:
    address = "https://harbour.example/where-it-hurts/knees/?utm_source=handout"
    drawn = qr(address)
    dark: set[tuple[int, int]] = set()
    x = y = 0
    for command, first, second in re.findall(r"([Mmh])(\d+)(?: ([\d.]+))?", drawn["path"]):
        if command == "M":
            x, y = int(first), int(float(second))
        elif command == "m":
            x += int(first)
        else:
            dark |= {(x + n, y) for n in range(int(first))}
            x += int(first)
    matrix = segno.make(address, error="l", boost_error=False).matrix
    wanted = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark == wanted
    assert drawn["size"] == len(matrix)
