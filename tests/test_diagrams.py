"""templates/{diagrams,plates,icons}/*.svg -> drawings that render, stay small, and stay true."""

from __future__ import annotations

import math
import re
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from coldpress.problems import BuildError
from coldpress.render import SHIPPED, render
from coldpress.strings import strings

REGIONS = ("head", "neck", "shoulder", "hand", "back", "hip", "thigh", "knee", "foot")
PINS = [
    {"region": region, "number": n, "label": f"{region}: pain", "url": f"/conditions/{region}/"}
    for n, region in enumerate(REGIONS, start=1)
]
PARTS = {"figure-front", "figure-back"}
"""Outlines that other diagrams draw; never shown alone."""
ALL = {path.stem for path in (SHIPPED / "diagrams").glob("*.svg")}
DIAGRAMS = sorted(ALL - PARTS)
PICTURES = sorted(set(DIAGRAMS) - {"body-map"})
SUBJECTS = {
    *("inflammation", "numbness", "endorphins", "circulation"),
    *("arthritis", "muscle", "nerve", "headache", "fibromyalgia", "back"),
    *("ice-pack", "ice-massage", "cold-water", "chamber", "cryosauna", "local-device"),
    *("guide", "safety", "time", "home-care", "question"),
}
TOOLS = {
    *("arrow-ne", "check", "cross", "chevron", "menu"),
    *("phone", "print", "search", "alert"),
}
PLATES = sorted(path.stem for path in (SHIPPED / "plates").glob("*.svg"))
ICONS = sorted(path.stem for path in (SHIPPED / "icons").glob("*.svg"))
DECORATION = [f"plates/{name}" for name in PLATES] + [f"icons/{name}" for name in ICONS]
EVERY = [f"diagrams/{name}" for name in DIAGRAMS] + DECORATION

KILOBYTE = 1024


WORDS = {lang: strings((SHIPPED,), lang) for lang in ("en", "es")}


def drawn(name: str, lang: str = "en", **view: Any) -> str:
    same = {"id": "d7", "pins": PINS, "t": WORDS[lang]}
    return render((SHIPPED,), f"{name}.svg", {**same, **view})


def parsed(name: str, **view: Any) -> Xml.Element:
    return Xml.fromstring(drawn(name, **view))  # our own templates, not a visitor's file


def ids(svg: Xml.Element) -> list[str]:
    return [element.attrib["id"] for element in svg.iter() if "id" in element.attrib]


def text_of(svg: Xml.Element, tag: str) -> str:
    element = svg.find(tag)
    assert element is not None, f"no <{tag}> directly inside <svg>"
    return "".join(element.itertext())


def pins_of(svg: Xml.Element) -> list[Xml.Element]:
    return list(svg.iter("a"))


def numbers(pattern: str, text: str) -> list[float]:
    return [float(found) for found in re.findall(pattern, text)]


# ---- all of them


def test_every_subject_has_a_plate_and_an_icon() -> None:
    assert set(PLATES) == SUBJECTS
    assert set(ICONS) == SUBJECTS | TOOLS


def test_every_diagram_of_the_design_exists() -> None:
    assert set(DIAGRAMS) == {
        *("two-nerves", "vessel", "gate", "close-reopen"),
        *("temperature-scale", "depth", "body-map", "hero"),
    }
    assert PARTS < ALL


@pytest.mark.parametrize("name", EVERY)
def test_is_well_formed_and_scales(name: str) -> None:
    svg = parsed(name)
    assert svg.tag == "svg"
    assert len(svg.attrib["viewBox"].split()) == 4


@pytest.mark.parametrize("name", EVERY)
def test_holds_nothing_that_a_strict_policy_blocks(name: str) -> None:
    for element in parsed(name).iter():
        assert element.tag not in {"style", "script", "foreignObject", "image", "filter", "animate"}
        for attribute, value in element.attrib.items():
            assert attribute != "style"
            assert not attribute.startswith("on")
            if attribute == "href" and element.tag != "a":
                assert value.startswith("#")
            assert "://" not in value
            assert not re.search(r"url\((?!#)", value)


@pytest.mark.parametrize("name", DECORATION)
def test_decoration_is_hidden_from_readers_and_can_repeat(name: str) -> None:
    svg = parsed(name, id="never used")
    assert svg.attrib["aria-hidden"] == "true"
    assert not ids(svg), "the same card may stand twice on a page: no ids"
    assert not list(svg.iter("text"))


@pytest.mark.parametrize(
    ("folder", "limit"), [("plates", 1700), ("icons", 700), ("diagrams", 6 * KILOBYTE)]
)
def test_stays_small(folder: str, limit: int) -> None:
    sizes = {name: len(drawn(name).encode()) for name in EVERY if name.startswith(f"{folder}/")}
    assert {name: size for name, size in sizes.items() if size > limit} == {}


@pytest.mark.parametrize("name", sorted(SUBJECTS))
def test_icons_take_the_colour_of_the_text_and_one_ember_accent(name: str) -> None:
    svg = parsed(f"icons/{name}")
    assert svg.attrib["stroke"] == "currentColor"
    assert any(element.get("class") == "ember" for element in svg.iter())
    assert not re.search(r"#[0-9a-f]{3}", drawn(f"icons/{name}"))


# ---- diagrams


@pytest.mark.parametrize("name", PICTURES)
def test_a_diagram_tells_its_story_in_a_title_and_two_sentences(name: str) -> None:
    svg = parsed(f"diagrams/{name}")
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "d7-t d7-d"
    assert text_of(svg, "title")
    assert len(re.findall(r"\.(?: |$)", text_of(svg, "desc"))) == 2


@pytest.mark.parametrize("name", DIAGRAMS)
def test_ids_carry_the_prefix_and_every_reference_resolves(name: str) -> None:
    svg = parsed(f"diagrams/{name}")
    known = ids(svg)
    assert len(known) == len(set(known))
    assert all(known_id.startswith("d7-") for known_id in known)
    source = drawn(f"diagrams/{name}")
    for labelled in re.findall(r'aria-labelledby="([^"]+)"', source):
        assert set(labelled.split()) <= set(known)
    used = re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', source)
    assert {first or second for first, second in used} <= set(known)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_two_on_a_page_share_no_id(name: str) -> None:
    one, other = (ids(parsed(f"diagrams/{name}", id=prefix)) for prefix in ("d1", "d2"))
    assert not set(one) & set(other)


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_diagram_without_its_id_is_an_error(name: str) -> None:
    with pytest.raises(BuildError):
        render((SHIPPED,), f"diagrams/{name}.svg", {"pins": PINS})


@pytest.mark.parametrize("name", DIAGRAMS)
def test_the_file_opens_with_a_caption_for_authors(name: str) -> None:
    source = (SHIPPED / "diagrams" / f"{name}.svg").read_text(encoding="utf-8")
    comment = source.partition("#}")[0]
    assert comment.startswith("{#")
    assert "caption: " in comment
    assert name in {"body-map", "hero"} or "[@" in comment


@pytest.mark.parametrize("name", sorted(set(PICTURES) - {"hero"}))
def test_a_diagram_brings_its_own_plate(name: str) -> None:
    """Colours hold in every mode, in forced colours and on paper."""
    svg = parsed(f"diagrams/{name}")
    ground = next(element for element in svg.iter() if element.get("class") == "ground")
    _, _, width, height = svg.attrib["viewBox"].split()
    assert (ground.get("width"), ground.get("height")) == (width, height)


# ---- truth: what is drawn to scale matches the studies


def test_two_nerves_differ_by_the_measured_drop_in_speed() -> None:
    svg = parsed("diagrams/two-nerves")
    skin = max(float(c.attrib["r"]) for c in svg.iter("circle") if "cx" not in c.attrib)
    warm, cool = (
        float(group[0].attrib["cx"]) for group in svg.iter("g") if "run" in group.get("class", "")
    )
    assert (warm - cool) / (warm - skin) == pytest.approx(0.328, abs=0.001)


def test_depth_bars_are_to_scale() -> None:
    skin, *others = numbers(r'h(\d+)" stroke=', drawn("diagrams/depth"))
    bars = [skin, *sorted(set(others) - {skin}, reverse=True)]
    assert [bar / skin * 12.1 for bar in bars] == pytest.approx([12.1, 1.6, 1.2, 0.4, 0.3])


def test_flow_loops_are_to_scale() -> None:
    widths = numbers(r'stroke="#f8dcbf" stroke-width="([\d.]+)"', drawn("diagrams/close-reopen"))
    before, chamber, water, _sketch = widths
    assert chamber / before == pytest.approx(1 - 0.59, abs=0.005)
    assert water / before == pytest.approx(1 - 0.84, abs=0.005)


def test_temperatures_stand_at_their_place_on_the_ruler() -> None:
    svg = parsed("diagrams/temperature-scale")
    core, numb, ice, air = (float(c.attrib["cy"]) for c in svg.iter("circle"))
    assert (numb - core) / (ice - core) == pytest.approx((37 - 10) / 37, abs=0.005)
    assert air > ice


# ---- body map


def test_pins_are_links_in_the_order_of_their_numbers() -> None:
    svg = parsed("diagrams/body-map", pins=PINS[::-1])
    assert svg.attrib["role"] == "group"
    assert text_of(svg, "title")
    assert [pin.attrib["aria-label"] for pin in pins_of(svg)] == [
        f"{n}: {region}: pain" for n, region in enumerate(REGIONS, start=1)
    ]
    assert pins_of(svg)[0].attrib["href"] == "/conditions/head/"


def test_a_pin_is_a_dot_inside_a_target_large_enough_for_a_thumb() -> None:
    for pin in pins_of(parsed("diagrams/body-map")):
        radius = {c.attrib["class"]: float(c.attrib["r"]) for c in pin.iter("circle")}
        # 336 units are drawn on 320 px of a phone: 23.2 units are 44 px across there.
        assert radius == {"hit": 23.2, "dot": 11}
        assert "".join(pin.itertext()) == pin.attrib["aria-label"].partition(":")[0]


def places(svg: Xml.Element) -> list[tuple[float, float]]:
    found = [re.findall(r"[\d.]+", pin.attrib["transform"]) for pin in pins_of(svg)]
    return [(float(x), float(y)) for x, y in found]


def nearest(spots: list[tuple[float, float]]) -> float:
    return min(math.dist(spot, other) for n, spot in enumerate(spots) for other in spots[:n])


def test_no_dot_stands_in_the_target_of_another() -> None:
    assert nearest(places(parsed("diagrams/body-map"))) >= 23.2 + 11


def test_a_second_pin_in_a_region_gets_a_place_of_its_own() -> None:
    assert nearest(places(parsed("diagrams/body-map", pins=PINS + PINS))) >= 2 * 11 + 2


def test_what_is_named_in_a_pin_is_escaped() -> None:
    pin = {"region": "knee", "number": 1, "label": 'a "b" <c>', "url": "/x/?a=1&b=2"}
    made = pins_of(parsed("diagrams/body-map", pins=[pin]))[0]
    assert made.attrib["aria-label"] == '1: a "b" <c>'
    assert made.attrib["href"] == "/x/?a=1&b=2"


def test_a_region_that_is_not_on_the_map_is_an_error() -> None:
    pin = {"region": "tail", "number": 1, "label": "x", "url": "/"}
    with pytest.raises(BuildError):
        drawn("diagrams/body-map", pins=[pin])
