"""A view -> the preview's own markup: templates/preview/*.html."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coldpress.render import SHIPPED, environment

HERE = Path(__file__).resolve().parent
TOKENS = SHIPPED.parent / "assets" / "css" / "tokens.css"
TOOLS = "/__coldpress/"
"""Where the preview keeps what is its own. No site can have a page there: its build makes none."""


def drawn(name: str, view: Mapping[str, Any]) -> str:
    """The shipped templates alone: the preview must look right while a site's own are in work. An
    environment of its own: a build forks, and must not find its locks held by this thread."""
    template = environment((SHIPPED, HERE)).get_template(f"preview/{name}.html")
    return template.render({"tools": TOOLS, **view})


def asset(name: str) -> tuple[str, bytes] | None:
    """Its media type and content."""
    if name == "tokens.css":
        return "text/css; charset=utf-8", tokens()
    kinds = {".js": "text/javascript", ".css": "text/css"}
    path = HERE / "assets" / name
    if "/" in name or path.suffix not in kinds or not path.is_file():
        return None
    return f"{kinds[path.suffix]}; charset=utf-8", path.read_bytes()


def tokens() -> bytes:
    """The house's colours and sizes, for the preview's parts as for whole pages."""
    return TOKENS.read_bytes().replace(b":root {", b":root, :host {")
