"""this process -> what decides the bytes it makes: our code and templates, Python, libraries.

Two processes of which these differ may make different bytes out of equal inputs, so they must not
make parts of one site.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from coldpress.memory import libraries
from coldpress.memory.inputs import Inputs, look_at
from coldpress.render import SHIPPED

PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache(maxsize=1)
def versions() -> Mapping[str, str]:
    """Of this process; read once."""
    own = {
        "coldpress": digest_of(PACKAGE),
        "the templates of coldpress": digest_of(SHIPPED),
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
    }
    found = libraries.versions()
    return own | {name: found.get(name, "none") for name in sorted(libraries.LIBRARIES)}


def digest_of(folder: Path) -> str:
    """As a build knows its own code: names and bytes of the files."""
    return Inputs(look_at({str(folder.parent): (folder.name,)}), {}).tree(folder)[:12]


def difference(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """`markdown 3.12 (here 3.11.3)`, for each that is not the same; nothing when all are."""
    return ", ".join(
        f"{name} {theirs.get(name, 'none')} (here {ours[name]})"
        for name in ours
        if theirs.get(name) != ours[name]
    )
