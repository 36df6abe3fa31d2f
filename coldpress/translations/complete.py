"""rows of texts -> rows of the translations among them, each with all that its original says."""

from __future__ import annotations

import pickle
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from msgspec.structs import replace

from coldpress.later import later
from coldpress.memory.canon import digest
from coldpress.memory.session import Session, TextRow
from coldpress.model import Source, Written
from coldpress.problems import Place, Problem, error, nearest
from coldpress.translations.standing import WORDS, translation_of

OWN = frozenset({"slug", "aliases", "draft", "reviewed", "allow", "translated"})
"""Fields that belong to one language's page and are never the original's: its addresses, and who
has read these very words."""
BESIDE = re.compile(r"\.[a-z]{2,3}\.md$")


@cache
def is_translation(path: str) -> bool:
    return BESIDE.search(path) is not None


def original_of(path: str) -> str:
    """content/conditions/arthritis.es.md -> content/conditions/arthritis.md"""
    return BESIDE.sub(".md", path)


def completed(rows: Mapping[str, TextRow], session: Session) -> dict[str, TextRow]:
    """`rows`: of every text, by path. Only those of translations come back. One that was completed
    before stays while its file and the original's front matter do: of the original's text it has
    nothing, and only whether it still says the same rests on that."""
    old = session.rows.completed
    return {
        path: _completed(path, row, rows, old.get(path), session)
        for path, row in rows.items()
        if is_translation(path)
    }


def _completed(
    path: str,
    row: TextRow,
    rows: Mapping[str, TextRow],
    old: TextRow | None,
    session: Session,
) -> TextRow:
    original = rows.get(original_of(path))
    if not row.source:
        return row  # what is wrong with the file itself comes first
    if original is None:
        return row._replace(source="", problems=(*row.problems, _lonely(path, rows)))
    if not original.source:
        return row._replace(source="")
    sha = digest((row.sha, original.head))
    known = old if old is not None and old.sha == sha else None
    if known and original == session.rows.texts.get(original_of(path)):
        return known
    theirs, ours = (pickle.loads(session.store.need(r.source)) for r in (original, row))
    translation = translation_of(theirs, ours)
    if known:
        return (
            known._replace(translation=translation) if translation != known.translation else known
        )
    source = complete(ours, theirs)
    key = f"source:{digest((row.source, original.head))}"
    session.store.put({key: pickle.dumps(source, pickle.HIGHEST_PROTOCOL)})
    return TextRow(
        sha=sha,
        head=digest((row.head, original.head)),
        source=key,
        id=source.id,
        draft=source.matter.draft,
        publish_at=source.publish_at,
        expires_at=source.expires_at,
        problems=(*row.problems, *_half(ours, theirs)),
        translation=translation,
    )


def complete(translation: Source, original: Source) -> Source:
    """The translation with the fields it leaves to its original. Their places are in the original:
    that is where they are mended."""
    stated = {field.partition(".")[0] for field in translation.places}
    fields = {name: getattr(translation.matter, name) for name in (*stated, *OWN)}
    fields["draft"] = translation.matter.draft or original.matter.draft
    inherited = {
        field: place
        for field, place in original.places.items()
        if field.partition(".")[0] not in (*stated, *OWN)
    }
    return Source(
        path=translation.path,
        kind=translation.kind,
        name=translation.name,
        lang=translation.lang,
        matter=replace(original.matter, **fields),
        written=later(Written(translation.body, {**inherited, **translation.places})),
        body_line=translation.body_line,
        digest=translation.digest,
        front=translation.front,
        publish_at=translation.publish_at or original.publish_at,
        expires_at=translation.expires_at or original.expires_at,
    )


def _half(translation: Source, original: Source) -> Iterator[Problem]:
    top = Place(translation.path)
    for name in WORDS:
        theirs: Any = getattr(original.matter, name, None)
        if theirs and not getattr(translation.matter, name):
            message = f"{original.path} has {name!r}, and this translation does not"
            yield error("half-translated", top, message, f"translate it here too: {name}: ...")
    ours = {rating.finding for rating in translation.matter.ratings}
    for rating in original.matter.ratings:
        if translation.matter.ratings and rating.finding not in ours:
            message = f"{original.path} rates {rating.finding!r}, and this translation does not"
            hint = f"add to its ratings: {{label: ..., finding: {rating.finding}}}"
            place = translation.place("ratings")
            yield error("half-translated", place, message, hint)


def _lonely(path: str, rows: Mapping[str, TextRow]) -> Problem:
    original = original_of(path)
    message = f"there is no {original} that this could be a translation of"
    near = nearest(original, [other for other in rows if not is_translation(other)])
    return error("lonely-translation", Place(path), message, near or "rename it to match")
