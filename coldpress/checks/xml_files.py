"""Feeds, the sitemap and drawings can be parsed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coldpress.model import Made, Site
from coldpress.problems import Place, Problem, error


def xml_files(_site: Site, made: Mapping[str, Made]) -> Iterator[Problem]:
    for output, one in made.items():
        if one.facts.malformed:
            yield error(
                "malformed-xml",
                Place(f"output/{output}"),
                f"the file is not well-formed: {one.facts.malformed}",
                "look for an unescaped character in its template or source",
            )
