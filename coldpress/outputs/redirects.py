"""Site -> a small page at every old address that leads to the new one.

Works on any host, without configuration. Aliases of pages and `redirects:` of site.yaml alike;
chains are followed to their end, so that a reader is sent on once.
"""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Recipe, Site


def redirects(site: Site) -> Iterator[Recipe]:
    if not site.config.facts.deploy.stubs:
        return
    targets = dict(old_addresses(site))
    for old in targets:
        yield stub(site, old, end_of(old, targets))


def old_addresses(site: Site) -> Iterator[tuple[str, str]]:
    for page in site.pages:
        for alias in page.route.aliases:
            yield alias, page.route.url
    for redirect in site.config.facts.redirects:
        yield redirect.source, redirect.to


def end_of(old: str, targets: dict[str, str]) -> str:
    """Where a chain ends. A loop is an error that routes reports, so this ends."""
    seen = {old}
    to = targets[old]
    while to in targets and to not in seen:
        seen.add(to)
        to = targets[to]
    return to


def stub(site: Site, old: str, to: str) -> Recipe:
    inside = to.startswith("/")
    output = f"{old.strip('/')}/index.html" if old.endswith("/") else old.strip("/")
    view = {
        "redirect": {
            "to": site.config.base_path + to if inside else to,
            "canonical": site.config.base_url + to if inside else to,
            "title": site.config.facts.name,
            "lang": site.config.facts.languages[0],
        },
        "t": dict(site.strings),
    }
    return Recipe(output=output, template="redirect.html", view=view)
