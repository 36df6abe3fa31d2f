"""A file of a site + chance -> the file as a bad disk, a bad editor or a bad day would leave it."""

from __future__ import annotations

import random
from ast import literal_eval
from collections.abc import Callable, Sequence
from pathlib import Path

Mutation = Callable[[bytes, random.Random], bytes]

DICTIONARY = Path(__file__).parent / "words.dict"
WORDS: Sequence[bytes] = (
    *(literal_eval(f"b{line}") for line in DICTIONARY.read_text().splitlines() if line[:1] == '"'),
    *(b"9" * 5000, b"`" * 99, b"\xcc\x81" * 40),
)
FLOODS: Sequence[bytes] = tuple(
    piece.encode()
    for piece in (
        *("[", "(", "<", "*", "_", "`", "#", "|", "![", "[a](", "<a ", "<div>", "{{", "&", "\\"),
        *("[[", "~", '"', "1. ", "> ", "- ", "- - ", "  ", "\n", "::: tip\n", "a: ", "**a "),
    )
)


def flipped(raw: bytes, chance: random.Random) -> bytes:
    made = bytearray(raw)
    for _ in range(chance.randrange(1, 6)):
        if made:
            made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def put_in(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(WORDS) + raw[at:]


def flooded(raw: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return raw[:at] + chance.choice(FLOODS) * chance.choice((10, 100, 1000, 5000)) + raw[at:]


def cut_off(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def without_a_part(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.randrange(1, 200) :]


def lines_changed(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    how = chance.randrange(6)
    if how == 0:
        del lines[one]
    elif how == 1:
        lines.insert(other, lines[one])
    elif how == 2:
        lines[one], lines[other] = lines[other], lines[one]
    elif how == 3:
        lines[one] = b" " * chance.randrange(1, 9) + lines[one]
    elif how == 4:
        lines[one] = lines[one].lstrip()
    else:
        lines[one] = chance.choice(WORDS) + lines[one]
    return b"\n".join(lines)


def value_changed(raw: bytes, chance: random.Random) -> bytes:
    """Of a line that looks like `field: value`."""
    lines = raw.split(b"\n")
    fields = [n for n, line in enumerate(lines) if b": " in line]
    if not fields:
        return put_in(raw, chance)
    line = chance.choice(fields)
    name, _, value = lines[line].partition(b": ")
    new = (chance.choice(WORDS), chance.choice(WORDS), value + b": " + value, b"", value[::-1])
    lines[line] = name + b": " + chance.choice(new)
    if chance.random() < 0.2:
        lines[line] = name[:-1] + b": " + value
    return b"\n".join(lines)


def blown_up(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    piece = raw[start : start + chance.randrange(1, 400)]
    return raw[:start] + piece * chance.choice((2, 20, 200)) + raw[start:]


def other_encoding(raw: bytes, chance: random.Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    return text.encode(chance.choice(("utf-16", "utf-32", "latin-1", "utf-7", "cp037")), "replace")


def only_noise(raw: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(chance.randrange(0, 2000))


def put_quite_in(raw: bytes, chance: random.Random) -> bytes:
    """At the start of a line, where it means the most."""
    lines = raw.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(WORDS))
    return b"\n".join(lines)


COMMON: Sequence[Mutation] = (
    *(put_in, put_in, put_quite_in, put_quite_in, lines_changed, lines_changed, value_changed),
    *(value_changed, flipped, without_a_part, flooded, cut_off, blown_up),
)
RARE: Sequence[Mutation] = (other_encoding, only_noise)


def mutated(raw: bytes, seed: int) -> bytes:
    """The same for the same seed."""
    chance = random.Random(seed)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        raw = chance.choice(RARE if chance.random() < 0.02 else COMMON)(raw, chance)
    return raw[:600_000]
