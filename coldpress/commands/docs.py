"""docs: the generated parts of docs/."""

from __future__ import annotations

import argparse

from coldpress.usage import HERE


def arguments(_to: argparse.ArgumentParser) -> None:
    """Only what every command takes."""


def run(_given: argparse.Namespace) -> int:
    from coldpress.reference_docs import documents

    for path, text in documents().items():
        file = HERE / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    print("docs/ is up to date")
    return 0
