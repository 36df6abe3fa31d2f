"""words as they are written -> words to compare: lower case, straight quotes, no accents."""

from __future__ import annotations

from unicodedata import normalize

ACCENTED = "áàâäãåéèêëíìîïóòôöõúùûüñçýÿÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇÝ"
ACCENTS: dict[int, str] = {ord(letter): normalize("NFD", letter)[0] for letter in ACCENTED}
SAME: dict[int, str] = {
    **ACCENTS,
    **dict.fromkeys(map(ord, "“”„«»"), '"'),
    **dict.fromkeys(map(ord, "’‘"), "'"),
    **dict.fromkeys((0xA0, 0x202F), " "),
    ord("‑"): "-",
}


def folded(text: str) -> str:
    """The same length: offsets stay."""
    if text.isascii():
        return text.lower()
    same = text.translate(SAME)
    lower = same.lower()
    return lower if len(lower) == len(text) else same


def plain(pattern: str) -> str:
    """A pattern for folded text, which may be written with accents."""
    return pattern.translate(ACCENTS)
