"""The shortcodes an author may write, and what each of them takes.

A container (`::: warn "Title"` ... `:::`) has Markdown inside; a leaf (`:: cta`) is one line. How
they look is templates/shortcodes/<name>.html.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from coldpress.schema import FOCAL, Line, Model, about


class Nothing(Model):
    pass


class Titled(Model):
    title: Line


class MayBeTitled(Model):
    title: str = ""


class Step(Titled):
    time: str = ""


class Figure(Model):
    src: Line
    alt: str = ""
    decorative: Literal["", "decorative"] = ""
    focal: Annotated[str, Meta(pattern=FOCAL)] = ""


class Chart(Model):
    title: Line
    unit: Line
    source: Line
    people: Line


class Checklist(Titled):
    mark: Literal["do-not", "ask", "tell"]


class Cta(Model):
    slot: Literal["card", "close"] = "card"


class Diagram(Model):
    file: Line


class Finding(Model):
    id: Line


class Findings(Model):
    condition: str = ""
    mechanism: str = ""
    method: str = ""


class Cards(Model):
    folder: Annotated[Line, about("mechanisms, conditions, methods or guides")]


class Shortcode(Struct, frozen=True):
    """A row of SHORTCODES. Values without a name fill `words` or, in quotes, `quoted`, in order."""

    args: type[Model]
    container: bool
    example: str
    words: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Argument -> what it names: a field of Known, or a folder whose pages it names."""
    may_be_empty: bool = False
    raw: bool = False
    """What is inside is not Markdown."""


def _titled(name: str, title: str) -> Shortcode:
    return Shortcode(Titled, True, f'::: {name} "{title}"', quoted=("title",))


def _may_be_titled(name: str, title: str) -> Shortcode:
    return Shortcode(MayBeTitled, True, f'::: {name} "{title}"', quoted=("title",))


SHORTCODES: Mapping[str, Shortcode] = {
    "ask": _titled("ask", "Ask your doctor first if you:"),
    "warn": _titled("warn", "Do not use cold on numb skin"),
    "stop": _titled("stop", "Stop and get medical help today if:"),
    "emergency": _titled("emergency", "Call 911 now if you have:"),
    "tip": _titled("tip", "Put a cloth between pack and skin"),
    "limits": Shortcode(Nothing, True, "::: limits"),
    "may": _may_be_titled("may", "It may"),
    "will-not": _may_be_titled("will-not", "It will not"),
    "pair": Shortcode(Nothing, True, "::: pair"),
    "question": _titled("question", "Does it hurt?"),
    "steps": Shortcode(Nothing, True, "::: steps"),
    "step": Shortcode(
        Step, True, '::: step "Health check" time="Before"', quoted=("title", "time")
    ),
    "figure": Shortcode(
        Figure,
        True,
        '::: figure room.jpg "What the picture shows"',
        words=("src", "decorative"),
        quoted=("alt",),
        may_be_empty=True,
    ),
    "chart": Shortcode(
        Chart,
        True,
        '::: chart "Skin after 20 minutes" unit="°C" source=algafly2007 people="20 adults"',
        quoted=("title",),
        names={"source": "references"},
        raw=True,
    ),
    "checklist": Shortcode(
        Checklist, True, '::: checklist ask "Ask your doctor first"', ("mark",), ("title",)
    ),
    "cta": Shortcode(Cta, False, ":: cta slot=close", words=("slot",)),
    "diagram": Shortcode(
        Diagram, False, ":: diagram pain-gate", words=("file",), names={"file": "diagrams"}
    ),
    "finding": Shortcode(
        Finding, False, ":: finding numbing", words=("id",), names={"id": "findings"}
    ),
    "findings": Shortcode(
        Findings,
        False,
        ":: findings condition=arthritis",
        names={"condition": "conditions", "mechanism": "mechanisms", "method": "methods"},
    ),
    "cards": Shortcode(
        Cards, False, ":: cards conditions", words=("folder",), names={"folder": "folders"}
    ),
    "body-map": Shortcode(Nothing, False, ":: body-map"),
}
