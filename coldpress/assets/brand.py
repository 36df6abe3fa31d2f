"""css/tokens.css + a site's own css/brand.css -> which roles have which colours, and the tokens
without what the brand replaces: no page carries a colour that it does not show."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

TOKENS, BRAND = "css/tokens.css", "css/brand.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLOCK = re.compile(r"(:root|\.deep)\s*\{([^{}]*)\}")
ROLE = re.compile(r"--([\w-]+)\s*:\s*([^;{}]*[^;{}\s])(?:\s*;)?")


class Role(Struct, frozen=True):
    """A custom property: text[start:end] is its declaration."""

    block: str
    """:root, or .deep for the deep surfaces."""
    name: str
    value: str
    start: int
    end: int


def roles(text: str) -> Iterator[Role]:
    """Every one on the top level of a sheet, not those under @media."""
    blank = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for block in BLOCK.finditer(blank):
        if blank.count("{", 0, block.start()) == blank.count("}", 0, block.start()):
            for role in ROLE.finditer(block[2]):
                start, end = (block.start(2) + at for at in role.span())
                yield Role(block[1], role[1], role[2], start, end)


def without_replaced(tokens: str, brand: str) -> str:
    """Lines keep their numbers: a declaration has only one."""
    replaced = {(role.block, role.name) for role in roles(brand)}
    for role in reversed([*roles(tokens)]):
        if (role.block, role.name) in replaced:
            tokens = tokens[: role.start] + tokens[role.end :]
    return tokens
