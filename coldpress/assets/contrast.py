"""the site's own style sheets -> the pairs of its colours that are too alike to be read.

Contrast after WCAG 2.2, 1.4.3 and 1.4.11: 4.5 for text, 3 for signs and edges, in the light and in
the dark scheme. The shipped colours are held to more by the tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from coldpress.assets.brand import BRAND, TOKENS, roles
from coldpress.problems import Place, Problem, error

SHEETS = (TOKENS, BRAND)
"""In the order in which a later colour takes the place of an earlier one."""
TEXT, SIGN = 4.5, 3.0
PAIRS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], float], ...] = (
    ("", ("ink",), ("bg", "surface", "sunk", "sky", "warn-bg", "glow"), TEXT),
    ("", ("ink-2",), ("bg", "surface", "sunk"), TEXT),
    ("", ("link", "link-hover"), ("bg", "surface", "sunk", "sky"), TEXT),
    ("", ("cta-ink",), ("cta", "cta-hover"), TEXT),
    ("", ("warn",), ("warn-bg",), TEXT),
    ("", ("line-strong", "focus"), ("bg", "surface", "sunk"), SIGN),
    ("", ("glacier",), ("bg", "surface"), SIGN),
    ("", ("cta",), ("bg",), SIGN),
    ("", ("teal",), ("surface",), SIGN),
    ("deep", ("ink", "ink-2", "link", "link-hover"), ("deep", "deep-2"), TEXT),
    ("deep", ("cta-ink",), ("cta", "cta-hover"), TEXT),
    ("deep", ("warn",), ("warn-bg",), TEXT),
    ("deep", ("line-strong", "glacier", "focus", "cta"), ("deep",), SIGN),
)
"""Where (on the page, or on a deep surface), what stands on what, and the least contrast."""
ONE = r"((?:[^(),]|\([^()]*\))+?)"
SCHEMES = re.compile(rf"light-dark\(\s*{ONE}\s*,\s*{ONE}\s*\)")
LIGHT_AND_DARK = ("light", "dark")


class Colour(Struct, frozen=True):
    """A role's colour in the light and in the dark scheme, and where that is written."""

    written: tuple[str, str]
    place: Place


def faint(folders: tuple[Path, ...], shipped: Path) -> Iterator[Problem]:
    """Nothing for a site without colours of its own."""
    own = [name for name in SHEETS if sheet_of(folders, name).parent.parent != shipped]
    if own:
        page, deep = colours(folders)
        yield from _faint({"": page, "deep": {**page, **deep}}, {f"assets/{one}" for one in own})


def _faint(known: Mapping[str, Mapping[str, Colour]], own: set[str]) -> Iterator[Problem]:
    for where, names, grounds, least in PAIRS:
        for name in names:
            for ground in grounds:
                front, back = known[where].get(name), known[where].get(ground)
                if front and back and {front.place.path, back.place.path} & own:
                    yield from _pair((name, front), (ground, back), least, own)


def _pair(
    front: tuple[str, Colour], back: tuple[str, Colour], least: float, own: set[str]
) -> Iterator[Problem]:
    (name, one), (ground, other) = front, back
    place = one.place if one.place.path in own else other.place
    for number, scheme in enumerate(LIGHT_AND_DARK):
        try:
            found = contrast(one.written[number], other.written[number])
        except ValueError as unknown:
            hint = "write it as #rrggbb, so that its contrast can be computed"
            yield error("low-contrast", place, f"{unknown} is not a colour we can read", hint)
            return
        if found < least:
            yield error(
                "low-contrast",
                place,
                f"'--{name}' on '--{ground}' has a contrast of {found:.2f} in the {scheme} scheme",
                f"make one of them lighter or darker: {least:g} is the least that can be read",
            )


def colours(folders: tuple[Path, ...]) -> tuple[dict[str, Colour], dict[str, Colour]]:
    """Of the page, and those that are others on a deep surface."""
    found: dict[str, dict[str, Colour]] = {":root": {}, ".deep": {}}
    for name in SHEETS:
        text = sheet_of(folders, name).read_text(encoding="utf-8")
        for role in roles(text):
            place = _place(f"assets/{name}", text, role.start)
            found[role.block][role.name] = Colour(schemes(role.value), place)
    return found[":root"], found[".deep"]


def schemes(written: str) -> tuple[str, str]:
    both = SCHEMES.fullmatch(written)
    return (both[1], both[2]) if both else (written, written)


def sheet_of(folders: tuple[Path, ...], name: str) -> Path:
    """The first folder's file of that name; the last folder has them all."""
    return next((one / name for one in folders if (one / name).is_file()), folders[-1] / name)


def _place(path: str, text: str, start: int) -> Place:
    line = text.count("\n", 0, start) + 1
    return Place(path, line, start - text.rfind("\n", 0, start))


def contrast(one: str, other: str) -> float:
    """1 (the same) to 21 (black on white). Raises ValueError for what is no plain colour."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance"""
    from PIL import ImageColor  # only a site with colours of its own

    try:
        parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    except ValueError:
        raise ValueError(repr(colour)) from None
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
