"""Figures -> a chart as SVG: a panel for each kind of work, a dot for each median on one
logarithmic scale, a line for the spread. Light and dark; says in words what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from bench.figures import NAMES, Figure, Run, seconds
from bench.tables import SCENARIOS

WIDTH = 760
LEFT, RIGHT = 150, 90
"""Room for names, and for values beside the last dot."""
ROW, TITLE, GAP, AXIS = 22, 30, 14, 30
STYLE = """
text{font:13px system-ui,sans-serif;fill:#1d2a2f}
.title{font-weight:600}
.tick,.scale{fill:#55656b;font-size:12px}
line{stroke:#d5dde0}
.spread{stroke-width:3;stroke:#8b999e}
circle{fill:#55656b}
.ours{font-weight:600}
.ours text{font-weight:600}
.ours circle{fill:#0b6a8a}
.ours .spread{stroke:#0b6a8a}
@media (prefers-color-scheme:dark){
text{fill:#e6eef0}
.tick,.scale{fill:#a9b8bd}
line{stroke:#38474d}
.spread{stroke:#77878d}
circle{fill:#a9b8bd}
.ours circle{fill:#6cc6e3}
.ours .spread{stroke:#6cc6e3}
}
"""


@dataclass(frozen=True, slots=True)
class Scale:
    """Seconds -> x. Whole powers of ten at both ends."""

    low: int
    high: int

    def x(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> Iterator[float]:
        yield from (10.0**power for power in range(self.low, self.high + 1))


def chart(run: Run, pages: int) -> str:
    panels = {
        title: found
        for name, title in SCENARIOS.items()
        if (found := [f for tool in run.tools(pages) if (f := run.of(tool, pages, name))])
    }
    scale = scale_of([one for found in panels.values() for one in found])
    height = sum(TITLE + ROW * len(found) + GAP for found in panels.values()) + AXIS
    svg = frame(height, pages, panels)
    grid(svg, scale, height)
    top = 0
    for title, found in panels.items():
        panel(svg, scale, title, found, top)
        top += TITLE + ROW * len(found) + GAP
    indent(svg, " ")
    return tostring(svg, encoding="unicode") + "\n"


def scale_of(found: list[Figure]) -> Scale:
    low = math.floor(math.log10(min(one.least for one in found)))
    return Scale(low, max(math.ceil(math.log10(max(one.most for one in found))), low + 1))


def frame(height: int, pages: int, panels: dict[str, list[Figure]]) -> Element:
    svg = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height}",
            "role": "img",
            "aria-labelledby": "title words",
        },
    )
    title = f"Time for {pages:,} articles, Coldpress beside other generators"
    SubElement(svg, "title", id="title").text = title
    SubElement(svg, "desc", id="words").text = " ".join(
        f"{title.capitalize()}: "
        + ", ".join(f"{NAMES[one.tool]} {seconds(one.middle)}" for one in found)
        + "."
        for title, found in panels.items()
    )
    SubElement(svg, "style").text = STYLE
    return svg


def grid(svg: Element, scale: Scale, height: int) -> None:
    bottom = height - AXIS
    for value in scale.ticks():
        x = str(scale.x(value))
        SubElement(svg, "line", x1=x, y1="6", x2=x, y2=str(bottom))
        tick = {"class": "tick", "x": x, "y": str(bottom + 18), "text-anchor": "middle"}
        SubElement(svg, "text", tick).text = short(value)


def short(value: float) -> str:
    return f"{value * 1000:g} ms" if value < 1 else f"{value:g} s"


def panel(svg: Element, scale: Scale, title: str, found: list[Figure], top: int) -> None:
    place = {"class": "title", "x": "4", "y": str(top + 20)}
    SubElement(svg, "text", place).text = title.capitalize()
    for number, one in enumerate(found):
        line(svg, scale, one, top + TITLE + ROW * number + ROW // 2)


def line(svg: Element, scale: Scale, one: Figure, y: int) -> None:
    group = SubElement(svg, "g", {"class": "ours"} if one.tool == "coldpress" else {})
    name = {"x": str(LEFT - 12), "y": str(y + 4), "text-anchor": "end"}
    SubElement(group, "text", name).text = NAMES[one.tool]
    far = scale.x(one.most)
    ends = {"x1": str(scale.x(one.least)), "x2": str(far), "y1": str(y), "y2": str(y)}
    SubElement(group, "line", {"class": "spread", **ends})
    SubElement(group, "circle", cx=str(scale.x(one.middle)), cy=str(y), r="5")
    SubElement(group, "text", x=str(far + 10), y=str(y + 4)).text = seconds(one.middle)
