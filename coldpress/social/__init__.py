"""What a page is about -> the picture of 1200 x 630 that stands for it where it is shared.

    view of the card -> size and lines of its title -> templates/cards/card.svg -> PNG

resvg draws it without a library of the system, with the fonts of the site and no others, so that
every machine makes the same bytes. Drawing lies in modules of its own: they import fontTools,
which takes as long as a small build.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from coldpress.memory.libraries import versions

TEMPLATE = "cards/card.svg"
LIBRARIES = ("resvg-py", "pillow")
"""They decide the bytes, and are not imported to ask for their versions."""


def made_by(template: str) -> str:
    """Digest of what decides, beside a card's view, its bytes. `template`: that of its template."""
    return hashlib.sha256(f"{template} {drawer()}".encode()).hexdigest()


@cache
def drawer() -> str:
    code = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    found = versions()
    names = " ".join(f"{name}={found.get(name)}" for name in LIBRARIES)
    return f"{hashlib.sha256(code).hexdigest()} {names}"
