"""who makes the outputs: our own processes, or the workers of a cluster."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coldpress.make import Crew
    from coldpress.model import Options


@contextmanager
def crew_of(given: argparse.Namespace, options: Options) -> Iterator[Crew]:
    from coldpress.make import Crew

    if not given.cluster:
        yield Crew(options.jobs)
        return
    from coldpress.cluster import crew_at

    with crew_at(given.cluster, options, given.cluster_store) as crew:
        yield crew
