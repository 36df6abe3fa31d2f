"""The state of the preview -> what lies around a page: the bar of one that visitors cannot see yet,
and the overlay that tells what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from coldpress import report
from coldpress.preview.drawing import TOOLS, drawn
from coldpress.preview.editors import Editor
from coldpress.preview.generation import Generation
from coldpress.preview.workshop import State
from coldpress.problems import Problem, errors_in

MOST = 20
"""Problems shown at once: the first ones are mended first."""


class Surroundings(Struct, frozen=True):
    source: Path
    editor: Editor

    def __call__(self, state: State, output: str) -> dict[str, Any]:
        """`bar` and `trouble`: markup, empty when there is nothing to tell; how many `problems`."""
        return {
            "bar": bar(state.shown, output) if state.shown else "",
            "trouble": self.trouble(state) if state.broken else "",
            "problems": len(errors_in(state.problems)) or int(state.failure is not None),
        }

    def trouble(self, state: State) -> str:
        errors = errors_in(state.problems)
        view = {
            "behind": state.shown is not None,
            "count": len(errors),
            "files": len({problem.path for problem in errors}),
            "problems": list(views(errors[:MOST], self.source, self.editor)),
            "more": max(len(errors) - MOST, 0),
            "failure": state.failure,
        }
        return drawn("overlay", view)


def views(
    problems: Sequence[Problem], source: Path, editor: Editor, *, excerpts: bool = True
) -> Iterator[dict[str, Any]]:
    """Problems as templates get them. `excerpt`: the line and the caret, as on the terminal."""
    for problem in problems:
        lines = report.as_text([problem], source).split("\n") if excerpts else []
        yield {
            "level": problem.level,
            "rule": problem.rule,
            "rule_url": f"{TOOLS}rules/{problem.rule}/",
            "place": f"{problem.path}:{problem.line}:{problem.column}",
            "message": problem.message,
            "hint": problem.hint,
            "excerpt": "\n".join(lines[1 : len(lines) - bool(problem.hint)]),
            "open": editor.link(problem.path, problem.line, problem.column),
        }


# ------------------------------------------------------------------------------ the bar


def bar(shown: Generation, output: str) -> str:
    standing = shown.standing(output)
    if standing == "live":
        return ""
    row = shown.texts[shown.sources[output]]
    zone = ZoneInfo(shown.site.config.facts.timezone or "UTC")
    at = {"scheduled": row.publish_at, "expired": row.expires_at}.get(standing)
    return drawn("bar", {"standing": standing, "at": moment(at, zone) if at else ""})


def moment(at: datetime, zone: ZoneInfo) -> str:
    """1 December 2026, 09:00 PST"""
    local = at.astimezone(zone)
    return f"{local.day} {local:%B %Y, %H:%M %Z}"
