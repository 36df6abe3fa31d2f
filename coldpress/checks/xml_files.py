"""Feeds, the sitemap and drawings can be parsed."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Made, Site
from coldpress.problems import Place, Problem, error


def xml_files(site: Site, one: Made) -> Iterator[Problem]:
    if one.facts.malformed:
        yield error(
            "malformed-xml",
            written(site, one),
            f"the file is not well-formed: {one.facts.malformed}",
            "look for an unescaped character in its template or source",
        )


def written(site: Site, one: Made) -> Place:
    """The file to look into: that of an asset, where it is one."""
    files = (asset for asset in site.assets.files.values() if asset.output == one.output)
    return next((Place(f"assets/{asset.name}") for asset in files), Place(f"output/{one.output}"))
