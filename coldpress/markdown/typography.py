"""Plain text of a directive's title -> the same with curly quotes and dashes, as in the body."""

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
