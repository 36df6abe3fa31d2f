"""How words are set: curly quotes and dashes in a directive's title, as in the body; and what a
line's end must not part.
"""

from __future__ import annotations

import re

RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"---"), "—"),
    (re.compile(r"--"), "–"),
    (re.compile(r"\.\.\."), "…"),
    (re.compile(r"'(?=\d\d(?:\D|$))"), "’"),
    (re.compile(r"(^|[\s(\[—–])'"), "\\1‘"),
    (re.compile(r"'"), "’"),
    (re.compile(r'(^|[\s(\[—–])"'), "\\1“"),
    (re.compile(r'"'), "”"),
)


def curly(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def unparted(html: str) -> str:
    """A number and its degrees stay on one line. Done to the finished page, so that whatever reads
    words (claims, sentences, search) finds the space that the author wrote."""
    return html.replace(" °", "\u00a0°")
