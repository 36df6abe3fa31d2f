"""How much a test programme does: a little in every run, all of it by one command.

    COLDPRESS_FULL=1 python3 build.py test tests/test_safety_*.py tests/test_publish_kill.py ...

A size can also be set by itself (COLDPRESS_KILLS=200), and where the numbers go: COLDPRESS_FIGURES
names a file that gets a line for every programme that was run to its end.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

SEED = int(os.environ.get("COLDPRESS_SEED", "2026"))
FULL = bool(os.environ.get("COLDPRESS_FULL"))


def size(name: str, small: int, full: int) -> int:
    """How many: `COLDPRESS_<name>`, else by whether the full size is asked for."""
    return int(os.environ.get(f"COLDPRESS_{name}", full if FULL else small))


def measured(programme: str, **figures: object) -> None:
    """Called when a programme has ended well."""
    file = os.environ.get("COLDPRESS_FIGURES")
    if file:
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"programme": programme, "seed": SEED, **figures}) + "\n")
