"""text + edits -> the new text. An edit is a span of the text and what stands there instead."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from coldpress.problems import Place


class Edit(Struct, frozen=True, order=True):
    start: int
    end: int
    new: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Everything outside of the edits as it was."""
    out: list[str] = []
    done = 0
    for edit in sorted(edits):
        out += [text[done : edit.start], edit.new]
        done = edit.end
    return "".join([*out, text[done:]])


def shifted(edit: Edit, offset: int) -> Edit:
    return Edit(edit.start + offset, edit.end + offset, edit.new)


def place_of(path: str, text: str, edit: Edit) -> Place:
    before = text[: edit.start]
    start = before.rfind("\n") + 1
    return Place(path, before.count("\n") + 1, len(before) - start + 1)
