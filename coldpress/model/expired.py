"""A page whose time is over."""

from __future__ import annotations

from msgspec import Struct

from coldpress.model.inputs import Route, Source


class Expired(Struct, frozen=True):
    """It is on no list of the site, and its address still answers."""

    source: Source
    route: Route
    to: str
    """Root-relative URL of the page that answers instead; nothing: a note says that it is gone."""
