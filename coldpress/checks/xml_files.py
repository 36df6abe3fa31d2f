"""Feeds, the sitemap and drawings can be parsed."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Made, Site
from coldpress.problems import Place, Problem, error


def xml_files(_site: Site, one: Made) -> Iterator[Problem]:
    if one.facts.malformed:
        yield error(
            "malformed-xml",
            Place(f"output/{one.output}"),
            f"the file is not well-formed: {one.facts.malformed}",
            "look for an unescaped character in its template or source",
        )
