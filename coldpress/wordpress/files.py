"""What an import has to write -> the site's folder. The only module of this room that writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from coldpress.problems import OperationError


def write_files(site: Path, files: Mapping[str, bytes]) -> None:
    """Each file is there whole or not at all. Raises OperationError."""
    for path, content in files.items():
        file = site / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.parent.resolve().is_relative_to(site.resolve()):
                hint = "put a folder there, not a link to one"
                raise OperationError(f"{path} would be written outside of the site", hint)
            beside = file.with_name(f".{file.name}.new")
            beside.write_bytes(content)
            beside.replace(file)
        except OSError as failure:
            why = (failure.strerror or "unknown reason").lower()
            hint = "check the folder, then import again: what is written already stays"
            raise OperationError(f"{path} cannot be written: {why}", hint) from failure
