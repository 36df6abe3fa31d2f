"""this Python -> versions of the libraries that decide the bytes of a site.

What an earlier build remembers was made with them: with others it is not believed. The folders of
installed libraries carry their versions, so that none has to be imported to ask, nor the standard
library's own reader of them, which takes as long as a look at ten thousand files.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache

LIBRARIES = frozenset(
    {
        "babel",
        "beautifulsoup4",
        "brotli",
        "fonttools",
        "jinja2",
        "lightningcss",
        "markdown",
        "markdownify",
        "markupsafe",
        "msgspec",
        "nh3",
        "pillow",
        "pyspellchecker",
        "pyyaml",
        "resvg-py",
        "segno",
        "selectolax",
        "soupsieve",
        "tzdata",
    }
)
ENDINGS = (".dist-info", ".egg-info")


@cache
def versions() -> Mapping[str, str]:
    """In order, and only those that were found; of two of one name the one that is imported."""
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):
            for name in os.listdir(place or "."):  # noqa: PTH208  in every build
                if name.endswith(ENDINGS):
                    library, _, version = name.rpartition(".")[0].partition("-")
                    library = library.lower().replace("_", "-").replace(".", "-")
                    if library in LIBRARIES and version:
                        found.setdefault(library, version.partition("-")[0])
    return dict(sorted(found.items()))
