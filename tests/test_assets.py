"""assets/ -> fingerprinted files, cut fonts, one style sheet in pieces."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import brotli
import pytest
from fontTools.ttLib import TTFont

from coldpress.assets import SHIPPED, build_assets
from coldpress.assets.cuts import ASCII, CUTS, SIGNS, SPANISH, Cut
from coldpress.assets.cutting import kept_cut, make_cut
from coldpress.assets.fonts import cut_font
from coldpress.assets.stylesheet import bundle, needs
from coldpress.model import Assets
from coldpress.problems import BuildError, Problem

CSS = sorted((SHIPPED / "css").rglob("*.css"))
FONTS = ("fonts/display.woff2", "fonts/text.woff2")
BUDGET_CSS = 8_000
BUDGET_FONTS = 30_000


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cut fonts, once for all tests here: cutting takes seconds."""
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def shipped(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Assets:
    return build_assets(tmp_path_factory.mktemp("site"), "", cache)


def own(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def failure(folder: Path, cache: Path) -> Problem:
    with pytest.raises(BuildError) as caught:
        build_assets(folder, "", cache)
    (problem,) = caught.value.problems
    return problem


# ---- files


def test_every_file_carries_the_digest_of_its_content(shipped: Assets) -> None:
    assert {*FONTS, "img/favicon.svg"} <= set(shipped.files)
    at_root = {"img/favicon.ico", "img/apple-touch-icon.png"}  # asked for by these names
    for name, asset in shipped.files.items():
        if name in at_root:
            assert asset.output == Path(name).name
            continue
        mark = hashlib.sha256(asset.content).hexdigest()[:8]
        path = Path(name)
        assert asset.output == f"assets/{path.stem}.{mark}{path.suffix}"


def test_the_licence_of_each_family_is_published(shipped: Assets) -> None:
    licences = [asset for name, asset in shipped.files.items() if name.endswith("OFL.txt")]
    assert len(licences) == len(CUTS)
    assert all(b"SIL OPEN FONT LICENSE" in asset.content.upper() for asset in licences)


def test_a_sites_own_picture_takes_the_place_of_the_shipped_one(
    tmp_path: Path, cache: Path
) -> None:
    site = own(tmp_path, {"img/favicon.svg": "<svg/>", "img/deep/room.svg": "<svg></svg>"})
    files = build_assets(site, "", cache).files
    assert files["img/favicon.svg"].content == b"<svg/>"
    assert "img/deep/room.svg" in files
    assert set(FONTS) <= set(files)


def test_hidden_files_are_left_out(tmp_path: Path, cache: Path) -> None:
    site = own(tmp_path, {"img/.DS_Store": "", "img/.thumbs/a.svg": "<svg/>"})
    assert not [name for name in build_assets(site, "", cache).files if "/." in name]


def test_a_working_file_among_the_pictures_is_named(tmp_path: Path, cache: Path) -> None:
    problem = failure(own(tmp_path, {"img/logo.psd": "x"}), cache)
    assert (problem.rule, problem.path) == ("asset-type", "assets/img/logo.psd")
    assert ".svg" in problem.hint


# ---- fonts


def test_two_fonts_within_the_budget(shipped: Assets) -> None:
    fonts = [asset.content for asset in shipped.files.values() if asset.name.endswith(".woff2")]
    assert len(fonts) == 2
    assert sum(map(len, fonts)) <= BUDGET_FONTS


@pytest.mark.parametrize("name", FONTS)
def test_fonts_hold_every_sign_of_english_and_spanish(shipped: Assets, name: str) -> None:
    font = TTFont(BytesIO(shipped.files[name].content))
    lacking = [sign for sign in ASCII + SPANISH + SIGNS if ord(sign) not in font.getBestCmap()]
    assert not lacking
    assert "GPOS" in font, "kerning is gone"


def test_the_text_face_keeps_its_weights_and_the_display_face_is_fixed(shipped: Assets) -> None:
    text, display = (TTFont(BytesIO(shipped.files[name].content)) for name in reversed(FONTS))
    (axis,) = text["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    assert "fvar" not in display


@pytest.mark.parametrize("cut", CUTS, ids=lambda cut: cut.name)
def test_the_cuts_that_come_with_us_are_what_cutting_makes(cut: Cut) -> None:
    """When this fails: python -m coldpress.assets.cutting"""
    content = (SHIPPED / "fonts" / cut.source).read_bytes()
    assert cut_font(content, cut, None) == make_cut(content, cut)
    assert len(list((SHIPPED / "fonts" / "cut").iterdir())) == len(CUTS)


def test_our_fonts_need_no_cutting() -> None:
    words = "import sys; from coldpress.assets import build_assets; from pathlib import Path;"
    words += "build_assets(Path('.'), '', None); sys.exit('fontTools' in sys.modules)"
    subprocess.run([sys.executable, "-c", words], check=True, cwd=SHIPPED.parent)


def test_a_font_of_the_sites_own_is_cut_once(tmp_path: Path) -> None:
    """Another file than ours: our text face, cut already."""
    cut = CUTS[1]
    content = make_cut((SHIPPED / "fonts" / cut.source).read_bytes(), cut)
    made = cut_font(content, cut, tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kept.read_bytes()[32:] == made
    words = b"as it was kept"
    kept.write_bytes(hashlib.sha256(words).digest() + words)
    assert cut_font(content, cut, tmp_path) == words
    kept.write_bytes(kept.read_bytes()[:-1])  # torn
    assert cut_font(content, cut, tmp_path) == made
    assert kept_cut(content, cut, None) == made


# ---- style sheet


def test_the_sheet_fits_its_budget(shipped: Assets) -> None:
    assert len(brotli.compress(shipped.css.encode(), quality=11)) <= BUDGET_CSS


def test_the_sheet_asks_nobody_else_for_anything(shipped: Assets) -> None:
    addresses = re.findall(r"url\(([^)]*)\)", shipped.css)
    assert addresses
    assert all(address.strip("\"'").startswith("/assets/") for address in addresses)


def test_font_addresses_follow_the_base_path(tmp_path: Path, cache: Path) -> None:
    assets = build_assets(tmp_path, "/spa", cache)
    for name in FONTS:
        assert f"/spa/{assets.files[name].output}" in assets.css


def test_a_sites_own_component_takes_the_place_of_the_shipped_one(
    tmp_path: Path, cache: Path, shipped: Assets
) -> None:
    site = own(tmp_path, {"css/components/card.css": ".card { color: rebeccapurple }"})
    css = build_assets(site, "", cache).css
    assert ".card{color:#639}" in css
    assert ".qa" in css
    assert len(css) < len(shipped.css)


def test_a_mistake_in_a_sheet_is_named_with_its_line(tmp_path: Path, cache: Path) -> None:
    sheet = "/* two\n lines */\n.card {\n  color: {};\n}\n"
    problem = failure(own(tmp_path, {"css/components/card.css": sheet}), cache)
    assert (problem.rule, problem.path, problem.line) == (
        "css-error",
        "assets/css/components/card.css",
        4,
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('@import "gone.css";', "'css/gone.css' does not exist"),
        ('@import "site.css";', "'css/site.css' imports itself"),
        ('@import url("gone.css") print;', "cannot follow '@import url(\"gone.css\") print;'"),
        ('a { background: url("img/favicon.sgv") }', "there is no asset 'img/favicon.sgv'"),
    ],
)
def test_what_a_sheet_asks_for_must_be_there(
    tmp_path: Path, cache: Path, line: str, message: str
) -> None:
    problem = failure(own(tmp_path, {"css/site.css": f"/* own */\n{line}\n"}), cache)
    assert problem.message == message
    assert problem.path == "assets/css/site.css"


def test_sheets_say_which_classes_they_are_for(tmp_path: Path) -> None:
    own(
        tmp_path,
        {
            "css/site.css": '@import "base.css";\n@import "components/x.css" layer(components);',
            "css/base.css": ".anything { color: red }",
            "css/components/x.css": ".x .y { color: red; & p { color: blue } } .z { color: red }",
        },
    )
    base, component = bundle((tmp_path / "assets",), {})
    assert base.needs == ((),)
    assert component.needs == (("x", "y"), ("z",))


def test_steps_of_an_animation_ask_for_no_class() -> None:
    assert needs(".x{animation:a}@keyframes a{0%{opacity:0}to{opacity:1}}") == (("x",),)


# ---- what the design promises


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.name)
def test_sheets_keep_the_house_style(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert "!important" not in text
    sides = r"(?<!safe-area-)(?:margin|padding|border|inset)-(?:left|right|top|bottom)"
    assert not re.findall(rf"{sides}|(?<![\w-])(?:width|height):", text)


def test_every_sheet_is_imported_once() -> None:
    tops = {"site.css", "later.css"}
    texts = [(SHIPPED / "css" / name).read_text(encoding="utf-8") for name in tops]
    imported = [name for text in texts for name in re.findall(r'@import "([^"]+)"', text)]
    there = [path.relative_to(SHIPPED / "css").as_posix() for path in CSS]
    assert sorted(imported) == sorted(set(there) - tops)


def colours(block: str) -> dict[str, tuple[str, str]]:
    """Role -> its colour in the light and in the dark scheme."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", block)
    single = re.findall(r"--([\w-]+): (#\w+);", block)
    return {**{name: (one, one) for name, one in single}, **{n: (a, b) for n, a, b in pairs}}


TOKENS = (SHIPPED / "css/tokens.css").read_text(encoding="utf-8")
PAGE = colours(TOKENS.split(".deep {")[0])
DEEP = {**PAGE, **colours(TOKENS.split(".deep {")[1])}


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BODY, TEXT, SIGN = 7.0, 4.5, 3.0
PAIRS = [
    *((PAGE, "ink", on, BODY) for on in ("bg", "surface", "sunk", "sky", "warn-bg", "glow")),
    *((PAGE, "ink-2", on, BODY) for on in ("bg", "surface", "sunk")),
    *((PAGE, "link", on, TEXT) for on in ("bg", "surface", "sunk", "sky")),
    *((PAGE, "cta-ink", on, TEXT) for on in ("cta", "cta-hover")),
    (PAGE, "warn", "warn-bg", TEXT),
    *((PAGE, "line-strong", on, SIGN) for on in ("bg", "surface", "sunk")),
    *((PAGE, "glacier", on, SIGN) for on in ("bg", "surface")),
    *((PAGE, "focus", on, SIGN) for on in ("bg", "surface", "sunk")),
    (PAGE, "cta", "bg", SIGN),
    (PAGE, "teal", "surface", SIGN),
    *((DEEP, "ink", on, BODY) for on in ("deep", "deep-2")),
    *((DEEP, name, on, TEXT) for name in ("ink-2", "link") for on in ("deep", "deep-2")),
    (DEEP, "cta-ink", "cta", TEXT),
    (DEEP, "warn", "warn-bg", TEXT),
    *((DEEP, name, "deep", SIGN) for name in ("line-strong", "glacier", "focus", "cta")),
]


@pytest.mark.parametrize(
    ("roles", "name", "on", "least"),
    PAIRS,
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_colours_keep_their_contrast_in_both_schemes(
    roles: dict[str, tuple[str, str]], name: str, on: str, least: float
) -> None:
    for scheme in (0, 1):
        assert contrast(roles[name][scheme], roles[on][scheme]) >= least


def test_white_on_the_emergency_header() -> None:
    assert all(contrast("#ffffff", colour) >= BODY for colour in PAGE["stop-deep"])
