"""a view -> bytes that are equal when views are; and parts of views that many pages share, of which
the digest is worked out once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

JSON = json.JSONEncoder(
    sort_keys=True, ensure_ascii=False, separators=(",", ":"), check_circular=False
)


class Shared:
    """Is not changed once it is made. Templates take names from it: it has none of its own that a
    word of the interface could have."""

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(JSON.encode(self).encode()).hexdigest()


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
    return JSON.encode(parts).encode()
