"""A title -> the largest size at which it fits on a card, and its lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Width = Callable[[str], float]
"""Of a text, in ems."""

ROOM = 744
"""px of a line."""
SIZES = ((84, 3), (76, 3), (68, 4), (60, 4), (54, 5), (48, 5), (42, 6), (36, 7))
"""px of the type, and the lines there is room for."""


def fitted(title: str, width: Width) -> tuple[int, tuple[str, ...]]:
    """At the smallest size, words of no end are broken, and what has no room is left out."""
    for size, most in SIZES:
        lines = tuple(balanced(title, ROOM / size, width))
        if len(lines) <= most and all(width(line) * size <= ROOM for line in lines):
            return size, lines
    size, most = SIZES[-1]
    pieces = " ".join(broken(word, ROOM / size, width) for word in title.split())
    return size, tuple(wrapped(pieces, ROOM / size, width))[:most]


def balanced(text: str, room: float, width: Width) -> list[str]:
    """As many lines as are needed, all about as long: the narrowest room that needs no more."""
    best = list(wrapped(text, room, width))
    least, most = 0.0, room
    for _ in range(8):
        middle = (least + most) / 2
        lines = list(wrapped(text, middle, width))
        if len(lines) == len(best) and all(width(line) <= middle for line in lines):
            best, most = lines, middle
        else:
            least = middle
    return best


def wrapped(text: str, room: float, width: Width) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and width(longer) > room:
            yield line
            line = word
        else:
            line = longer
    if line:
        yield line


def broken(word: str, room: float, width: Width) -> str:
    """In pieces that have room on a line, with spaces between."""
    pieces, piece = [], ""
    for sign in word:
        if piece and width(piece + sign) > room:
            pieces.append(piece)
            piece = ""
        piece += sign
    return " ".join([*pieces, piece])
