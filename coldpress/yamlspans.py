"""YAML text -> where each of its values stands, by offset: for those who change one and keep every
other byte of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import yaml
from msgspec import Struct

from coldpress.yamltree import LOADER, MAX_DEPTH

Way: TypeAlias = "tuple[str | int, ...]"


class NotReadableError(Exception):
    """The text is no YAML, or more deeply nested than any of ours. `line` counts from 0."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line + 1}")


class Span(Struct, frozen=True):
    """A value: text[start:end] is how it is written, quotes included."""

    way: Way
    """From the root down: ("navigation", 0, "to")."""
    value: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """The nearest name above it: that of its list for an item."""
        return next((part for part in reversed(self.way) if isinstance(part, str)), "")


def root_of(text: str) -> yaml.MappingNode | None:
    """The fields of a text; None for a text that has none. Raises NotReadableError."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as failure:
        mark = getattr(failure, "problem_mark", None)
        raise NotReadableError(mark.line if mark else 0) from failure
    except RecursionError:
        raise NotReadableError(0) from None
    return root if isinstance(root, yaml.MappingNode) else None


def spans(text: str) -> Iterator[Span]:
    """Every value of a text, none of the names. Raises NotReadableError."""
    root = root_of(text)
    if root is not None:
        yield from _below(root, ())


def _below(node: yaml.Node, way: Way) -> Iterator[Span]:
    if len(way) > MAX_DEPTH:
        raise NotReadableError(node.start_mark.line)
    if isinstance(node, yaml.ScalarNode):
        yield Span(way, node.value, node.start_mark.index, node.end_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _below(item, (*way, number))
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _below(value, (*way, str(key.value)))


def field(text: str, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Name and value of a field on the top level."""
    root = root_of(text)
    pairs = root.value if root is not None else []
    return next(((key, value) for key, value in pairs if key.value == name), None)
