"""The state of the preview -> the editor's panel: what is to know of a page, and of the site.

Worked out when the panel asks for it, never on the way from a save to the page; kept until the next
build.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from coldpress.editorial import House, house
from coldpress.preview.drawing import drawn
from coldpress.preview.editors import Editor
from coldpress.preview.generation import Generation
from coldpress.preview.panel.claims import claims
from coldpress.preview.panel.findings import of_page, of_site
from coldpress.preview.panel.links import Inward, inward, links
from coldpress.preview.panel.look import look
from coldpress.preview.panel.standing import standing
from coldpress.preview.panel.whole import whole
from coldpress.preview.workshop import State
from coldpress.problems import Problem

__all__ = ["Desk"]


class Desk(Struct):
    """For one thread: it remembers what it worked out of the last build."""

    source: Path
    editor: Editor
    number: int = -1
    style: House = field(default_factory=House)
    style_problems: tuple[Problem, ...] = ()
    inward: Inward = field(default_factory=dict)

    def page(self, state: State, output: str) -> str:
        """Of the page that `output` shows; says so when it shows none."""
        shown = self.read(state).edition_with(output)
        page = shown.site.by_output.get(output)
        if page is None:
            return drawn("panel", {"page": None, "output": output, "broken": state.broken})
        view: dict[str, Any] = {
            "page": {"title": page.title, "path": page.source.path, "url": page.route.url},
            "open": self.editor.link(page.source.path),
            "broken": state.broken,
            "findings": of_page(state, page, self.style, self.source, self.editor),
            **look(shown, page, output, self.editor),
            **claims(shown.site, page, self.editor),
            **links(shown, page, output, self.inward, self.editor),
            **standing(shown, page, output),
        }
        return drawn("panel", view)

    def site(self, state: State) -> str:
        shown = self.read(state)
        problems = of_site(state, self.style_problems, self.source, self.editor)
        return drawn("site", {"broken": state.broken, **problems, **whole(shown, self.editor)})

    def read(self, state: State) -> Generation:
        """The last good build, and what belongs to it."""
        shown = state.shown
        if shown is None:
            raise LookupError("there is no build yet")
        if self.number != shown.number:
            self.style, self.style_problems = house(self.source)
            self.inward = inward(shown)
            self.number = shown.number
        return shown
