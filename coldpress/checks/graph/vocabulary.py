"""A node of structured data -> words that schema.org does not have, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from coldpress import shipped

HERE = Path(__file__).parent
Node = Mapping[str, Any]


class Vocabulary(Struct, frozen=True):
    types: Mapping[str, tuple[str, ...]]
    """Type -> what it is a kind of."""
    properties: Mapping[str, tuple[str, ...]]
    """Property -> the types that have it."""

    def kinds(self, type: str) -> frozenset[str]:
        """The type and everything above it."""
        above = (self.kinds(parent) for parent in self.types.get(type, ()))
        return frozenset({type}).union(*above)

    def has(self, type: str, property: str) -> bool:
        return not self.kinds(type).isdisjoint(self.properties.get(property, ()))


@cache
def vocabulary() -> Vocabulary:
    read = shipped.values(HERE / "vocabulary.yaml")
    types, properties = (
        {name: tuple(names) for name, names in read[part].items()}
        for part in ("types", "properties")
    )
    return Vocabulary(types, properties)


@cache
def results() -> Mapping[str, Mapping[str, Any]]:
    """Type -> what search engines want of it."""
    read = shipped.values(HERE / "results.yaml")
    return {row["type"]: row for row in read}


def unknown(node: Node) -> Iterator[tuple[str, Iterable[str]]]:
    """What is wrong, and what there is instead."""
    known = vocabulary()
    properties = [name for name in node if not name.startswith("@")]
    type = node.get("@type", "")
    if properties and type not in known.types:
        yield f"the type {type!r}", known.types
        return
    for name in properties:
        if not known.has(type, name):
            own = [one for one in known.properties if known.has(type, one)]
            yield f"the property {type} {name!r}", own


def incomplete(node: Node) -> list[str]:
    """Required properties that are not there."""
    row = results().get(node.get("@type", ""))
    return [name for name in row["required"] if name not in node] if row else []
