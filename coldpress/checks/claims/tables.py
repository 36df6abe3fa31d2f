"""a YAML file of words -> plain text, lists and mappings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C one is 10 times faster


def read(file: Path) -> dict[str, Any]:
    found = yaml.load(file.read_text(encoding="utf-8"), LOADER)
    if not isinstance(found, dict):
        raise TypeError(f"{file.name} is not a table")
    return found
