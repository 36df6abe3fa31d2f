"""a view -> bytes that are equal when views are; and parts of views that many pages share, of which
the digest is worked out once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec.json import Encoder


def plain(value: object) -> object:
    """Markup and shared parts are kinds of their own of what they are in JSON."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, list):
        return list(value)
    raise TypeError(f"a view holds {type(value).__name__}")


JSON = Encoder(enc_hook=plain, order="deterministic")


class Shared:
    """Is not changed once it is made. Templates take names from it: it has none of its own that a
    word of the interface could have."""

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(JSON.encode(self)).hexdigest()


class SharedGroup(Shared, dict[str, Any]):
    pass


class SharedList(Shared, list[Any]):
    pass


def canonical(view: Mapping[str, Any] | None) -> bytes:
    """The order of names does not matter. A shared part stands for itself by its digest."""
    if view is None:
        return b"null"
    parts = {
        name: {"print": part._digest} if isinstance(part, Shared) else part
        for name, part in view.items()
    }
    return JSON.encode(parts)
