"""What is known of a site before its texts are."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from coldpress.model.expired import Expired
from coldpress.model.inputs import Content, Route
from coldpress.model.site import Evidence


class Outline(Struct, frozen=True):
    """What front matter and data files say of the site: all but the texts. By page id, in their
    order."""

    content: Content
    """Without its sources."""
    evidence: Evidence
    """Without who cites what: that stands in the texts."""
    paths: Mapping[str, str]
    every: Mapping[str, str]
    """Each id to itself; the same, as a mapping like those below."""
    ids: Mapping[str, str]
    """Of pages in its own language alone."""
    outputs: Mapping[str, str]
    """Output -> page id, of the same pages."""
    routes: Mapping[str, Route]
    prints: Mapping[str, str]
    """Digests of the routes."""
    folders: Mapping[str, tuple[str, ...]]
    layouts: Mapping[str, str]
    relations: Mapping[str, Mapping[str, tuple[str, ...]]]
    expired: tuple[Expired, ...]
    borrowed: frozenset[str] = frozenset()
    """Ids of pages that are not translated yet: the original stands in for them."""
