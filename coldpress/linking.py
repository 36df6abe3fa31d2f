"""What was made, and what stood there before -> links that lead nowhere."""

from __future__ import annotations

from collections.abc import Mapping

from coldpress.baking import LazyIds, Shown
from coldpress.checks import Target, broken, leads_nowhere, targets
from coldpress.memory.session import Rows
from coldpress.model import Site
from coldpress.problems import Problem


def dead_links(
    site: Site,
    made: Shown,
    old: Rows,
    links: Mapping[str, tuple[Target, ...]],
    ids: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[Problem, ...]]:
    """Problems by output. Who was not made again was right the last time, and is still right as
    long as nothing has vanished that a link could lead to."""
    known = LazyIds(made, ids)
    suspects = set(links) | set(old.broken)
    if vanished(made, old, ids):
        suspects = set(made)
    found: dict[str, tuple[Problem, ...]] = {}
    for output in sorted(suspects & set(made)):
        wanted = set(links[output]) if output in links else targets(site, made[output])
        if leads_nowhere(wanted, known):
            found[output] = tuple(broken(site.edition_with(output), made[output], known))
    return found


FINGERPRINTED = ("assets/", "media/", "pagefind/")
"""Files whose names change with their bytes: whoever names one has read the name, and is made
again."""


def vanished(made: Shown, old: Rows, ids: Mapping[str, tuple[str, ...]]) -> bool:
    gone = old.outputs.keys() - made.rows.keys()
    if any(not output.startswith(FINGERPRINTED) for output in gone):
        return True
    before = Shown(old.outputs, made.store)
    shared = (output for output in ids if output in before)
    return any(before.facts(output).ids.difference(ids[output]) for output in shared)
