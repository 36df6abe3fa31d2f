from __future__ import annotations

import re

import segno

from coldpress.views.qr import qr


def test_the_strokes_draw_exactly_the_code() -> None:
    address = "https://harbour.example/where-it-hurts/knees/?utm_source=handout"
    drawn = qr(address)
    path, x, y = re.findall(r"([hv])(-?\d+)", drawn["path"]), 0, 0
    visited: list[tuple[int, int] | None] = []
    for command, step in path:
        if command == "v":
            visited.append(None)
            y += 1
            continue
        ahead = int(step) > 0
        row = range(int(step)) if ahead else range(-int(step) - 1, -1, -1)
        assert x == (0 if ahead else -int(step)), "every row begins where the last one ended"
        visited += [(column, y) for column in row]
        x += int(step)
    dark: set[tuple[int, int]] = set()
    position = 0
    for number, length in enumerate(map(int, drawn["dashes"].split())):
        if number % 2 == 0:
            assert None not in visited[position : position + length]
            dark |= {place for place in visited[position : position + length] if place}
        position += length
    assert position >= len(visited), "the pattern never begins anew"
    matrix = segno.make(address, error="l", boost_error=False).matrix
    wanted = {(x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert dark == wanted
    assert drawn["size"] == len(matrix)
