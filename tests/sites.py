"""Small sites for tests: files in, outputs out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from coldpress import pipeline
from coldpress.model import Options
from coldpress.pipeline import Built
from coldpress.problems import BuildError, Problem

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = datetime.now(UTC)
"""For the real site: on an earlier day its last changes would have been made on a day to come."""
TODAY_SAID = f"{TODAY:%Y-%m-%dT%H:%MZ}"
"""As the command line takes it."""

SITE_YAML = """\
name: Harbour Rooms
base_url: https://harbour.example
social_cards: false
timezone: America/Los_Angeles
booking:
  url: https://booking.example/harbour
"""
WITH_CARDS = SITE_YAML.replace("social_cards: false\n", "")
"""Drawing one takes longer than all else a small page needs."""

HOME = """\
---
title: Rest by the water
description: A quiet room by the harbour, what happens there and how to book an hour for yourself.
layout: home
---

Come in.
"""

SAFE = """
::: ask "Ask your doctor first if you:"
- have heart disease
:::

See the [full list](../pages/safety.md).

::: emergency "Call 911 now if you have:"
- chest pain
:::
"""
"""What a condition or method page must say before it may offer booking; SAFETY is its page."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A site's folder: a minimal site.yaml and home page, and `files` over them."""
    for name, text in {"site.yaml": SITE_YAML, "content/pages/index.md": HOME, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def options(source: Path, **changed: object) -> Options:
    now = TODAY if source == ROOT else NOW
    plain: dict[str, object] = {"source": source, "output": source / "output", "now": now}
    return Options(**{**plain, **changed})  # type: ignore[arg-type]


def compose(source: Path, **changed: object) -> Built:
    return pipeline.compose(options(source, **changed))


def problems(source: Path, **changed: object) -> tuple[Problem, ...]:
    """Errors and advice alike, of whichever stage stopped."""
    try:
        return compose(source, **changed).advice
    except BuildError as failed:
        return failed.problems


def page(title: str = "A page", body: str = "Some words.", **fields: str) -> str:
    """A content file. The description is made from the title, so that no two are alike."""
    known = {"description": f"What there is to know about {title.lower()}, and where to ask."}
    lines = [f"{name}: {value}" for name, value in {**known, **fields}.items()]
    return "\n".join(["---", f"title: {title}", *lines, "---", "", body, ""])


SAFETY = {
    "content/pages/safety.md": page(
        "Is it safe for me?", "Read this.", layout="checklist", sensitive="true"
    )
}
