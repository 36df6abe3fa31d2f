"""Shared fixtures. Fresh files for every test: nothing is written outside tmp_path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from coldpress.pipeline import Built
from tests import sites

Make = Callable[..., Built]


@pytest.fixture
def site(tmp_path: Path) -> Make:
    """site({"content/guides/x.md": "..."}) -> the finished site in memory."""

    def make(files: Mapping[str, str | bytes], **options: object) -> Built:
        return sites.compose(sites.write(tmp_path, files), **options)

    return make


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden/expected")
    parser.addoption("--screenshots", help="folder for pictures of every kind of page")
