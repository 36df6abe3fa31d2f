"""Site -> speculationrules.json: which links browsers may fetch ahead. One for all languages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from coldpress.model import Recipe, Site
from coldpress.prefetching import OUTPUT, prefetching


def ahead(site: Site) -> Iterator[Recipe]:
    if site.is_first:
        rules = prefetching(site.config.base_path)
        yield Recipe(output=OUTPUT, content=json.dumps(rules).encode())
