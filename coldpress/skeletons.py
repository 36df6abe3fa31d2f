"""kind -> the text of a new page: the headings all pages of the kind have, a prompt under each, and
the care cards without which it may not offer booking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from coldpress.prompts import PROMPT
from coldpress.schema import Kind

ASK = '::: ask "Ask your doctor first if you:"'
EMERGENCY = '::: emergency "Call 911 now if you have:"'
SAFETY = "content/pages/safety.md"

LEAD = "one or two paragraphs that answer the reader's question first"
STUDIES = "what was measured, in whom and by how much, each sentence with its source"
SELF_TRY = "step by step, how long, what to put between skin and cold, when to stop"
LIMITS = "what people hope for that no study here shows"

SECTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "mechanism": (
        ("See it happen", "a drawing of it, and what it shows"),
        ("What studies found", STUDIES),
        ("How long it lasts", "minutes, hours or days, with the study that says so"),
        ("What it cannot do", LIMITS),
        ("When to get help", EMERGENCY),
    ),
    "condition": (
        ("What cold may do", STUDIES),
        ("Which kind of cold", "which kinds were studied for it; a pack is not a chamber"),
        ("How to try it safely at home", SELF_TRY),
        ("What a session is like", "what happens, in what order, and what it feels like"),
        ("What it cannot do", LIMITS),
        ("Who should not", ASK),
        ("When to get help", EMERGENCY),
    ),
    "method": (
        ("What happens", "what a visitor sees and feels, from start to end"),
        ("How cold and how long", "degrees in °F and °C, minutes, and how often"),
        ("What it reaches", "skin, muscle or core, with the study that measured it"),
        ("What the evidence says", STUDIES),
        ("Risks", "what has gone wrong, how often, and how to lower the risk"),
        ("Who should not", ASK),
        ("When to get help", EMERGENCY),
    ),
    "guide": (("The short answer", "two or three sentences a reader can act on"),),
    "page": (),
}
"""Heading -> its prompt, or the card that stands under it."""
IN_CARDS: Mapping[str, str] = {
    ASK: "who should ask first, one a line",
    EMERGENCY: "the signs of danger, one a line",
}


def body(kind: Kind, source: Path) -> Iterator[str]:
    """Lines. `source`: the site's folder; its safety page is linked to where it has one."""
    yield from (f"{PROMPT}{LEAD}", "")
    for heading, asked in SECTIONS.get(kind.name, ()):
        yield from (f"## {heading}", "")
        if asked in IN_CARDS:
            yield from (asked, f"- {PROMPT}{IN_CARDS[asked]}", ":::", "")
        else:
            yield from (f"{PROMPT}{asked}", "")
        if asked == ASK and (source / SAFETY).is_file():
            yield from ("Read the [whole safety list](../pages/safety.md) first.", "")
