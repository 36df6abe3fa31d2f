"""A translation says what its original says: advice about those that no longer do, or do not tell
what they were made from."""

from __future__ import annotations

from collections.abc import Iterator

from coldpress.model import Site
from coldpress.problems import Problem, advice


def translations(site: Site) -> Iterator[Problem]:
    for id, translation in site.translations.items():
        source = site.by_id[id].source
        sign = f"python3 build.py translations --sign {source.path}"
        original = f"content/{source.id}.md"
        if not translation.signed:
            message = f"this translation does not say which state of {original} it was made from"
            yield advice(
                "unsigned-translation", source.place(), message, f"compare them, then: {sign}"
            )
        elif translation.changed is not None:
            made = source.matter.translated
            message = f"{original} has changed since this was translated ({made and made.on})"
            hint = f"bring it up to date, then: {sign}"
            yield advice("stale-translation", source.place("translated"), message, hint)
