"""Everything read -> what refers to something that does not exist, with the nearest that does."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from coldpress.model import Source
from coldpress.problems import MOVED, Mend, Place, Problem, error, meant, nearest
from coldpress.reading import UNSHOWN, unshown
from coldpress.schema import Finding, GlossaryTerm, Synonym

ONE_OF_FOLDER = {"mechanism": "mechanisms", "condition": "conditions", "method": "methods"}


def of_sources(
    sources: Iterable[Source],
    ids: Collection[str],
    findings: Collection[str],
    media: Collection[str],
) -> Iterator[Problem]:
    """`ids`: of every content file, read or not: conditions/arthritis."""
    known = {folder: names_in(folder, ids) for folder in ONE_OF_FOLDER.values()}
    for source in sources:
        yield from _relations(source, known)
        yield from _related(source, ids)
        yield from _ratings(source, findings)
        yield from _picture(source, media)


def _relations(source: Source, names: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    for folder, known in names.items():
        for number, name in enumerate(getattr(source.matter, folder)):
            if name not in known:
                yield unknown_page(source.place(f"{folder}.{number}"), folder, name, known)


def names_in(folder: str, ids: Collection[str]) -> set[str]:
    """Names of the pages in a folder, without its index."""
    return {id.partition("/")[2] for id in ids if id.startswith(f"{folder}/")} - {"index"}


def unknown_page(place: Place, folder: str, name: str, known: Collection[str]) -> Problem:
    message = f"there is no page {name!r} in content/{folder}/"
    hint = nearest(name, known) or f"write the name of a file in content/{folder}/, without .md"
    mend = mend_of(place, name, meant(as_id(name).removeprefix(f"{folder}/"), known))
    return error("unknown-relation", place, message, hint, mend)


def as_id(written: str) -> str:
    """`../guides/cold.md` -> `guides/cold`: a page named like a file."""
    return re.sub(r"^(?:\.\./|/|content/)+|\.md$", "", written)


def mend_of(place: Place, was: str, right: str) -> Mend | None:
    """Not for a page whose own name has to change first: About.md"""
    return Mend(place, was, right) if right and right == right.lower() else None


def _related(source: Source, ids: Collection[str]) -> Iterator[Problem]:
    for number, id in enumerate(source.matter.related):
        if id not in ids:
            folder = as_id(id).partition("/")[0]
            known = any(other.startswith(f"{folder}/") for other in ids)
            way = MOVED if known and "/" in id else "write folder/name, like guides/cold-or-heat"
            hint = nearest(id, ids) or way
            place = source.place(f"related.{number}")
            mend = mend_of(place, id, meant(as_id(id), ids) or elsewhere(as_id(id), ids))
            yield error("unknown-relation", place, f"there is no page {id!r}", hint, mend)


def elsewhere(id: str, ids: Collection[str]) -> str:
    """The one page of that name in another folder."""
    name = id.rpartition("/")[2]
    same = [other for other in ids if other.rpartition("/")[2] == name]
    return same[0] if len(same) == 1 and name != "index" else ""


def _ratings(source: Source, findings: Collection[str]) -> Iterator[Problem]:
    for number, rating in enumerate(source.matter.ratings):
        if rating.finding not in findings:
            place = source.place(f"ratings.{number}.finding")
            message = f"there is no finding {rating.finding!r}"
            hint = (
                nearest(rating.finding, findings) or "findings stand in content/data/findings.yaml"
            )
            right = meant(rating.finding, findings)
            mend = Mend(place, rating.finding, right) if right else None
            yield error("unknown-finding", place, message, hint, mend)


def _picture(source: Source, media: Collection[str]) -> Iterator[Problem]:
    if source.matter.image is None:
        return
    written = source.matter.image.src
    folder = posixpath.dirname(source.path)
    if UNSHOWN.search(written):
        yield error("missing-picture", source.place("image.src"), *unshown(written))
    elif posixpath.normpath(posixpath.join(folder, written)) not in media:
        known = [posixpath.relpath(path, folder) for path in media]
        hint = nearest(written, known) or f"put the picture into {folder}/"
        message = f"there is no picture {written!r}"
        place = source.place("image.src")
        right = meant(written, known)
        mend = Mend(place, written, right) if right else None
        yield error("missing-picture", place, message, hint, mend)


def of_findings(
    findings: Mapping[str, Finding],
    references: Collection[str],
    ids: Collection[str],
    places: Mapping[str, Place],
) -> Iterator[Problem]:
    pages = {folder: names_in(folder, ids) for folder in ONE_OF_FOLDER.values()}
    for key, finding in findings.items():
        for number, reference in enumerate(finding.references):
            if reference not in references:
                place = places[f"findings.{key}.references.{number}"]
                message = f"there is no reference {reference!r}"
                hint = nearest(reference, references) or "add it to content/data/references.yaml"
                right = meant(reference, references)
                mend = Mend(place, reference, right) if right else None
                yield error("unknown-citation", place, message, hint, mend)
        for field, folder in ONE_OF_FOLDER.items():
            name = getattr(finding, field)
            if name is not None and name not in pages[folder]:
                place = places[f"findings.{key}.{field}"]
                yield unknown_page(place, folder, name, pages[folder])


def of_glossary(
    glossary: Mapping[str, GlossaryTerm], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for key, term in glossary.items():
        for number, other in enumerate(term.see):
            if other not in glossary:
                place = places[f"glossary.{key}.see.{number}"]
                hint = nearest(other, glossary) or "terms stand in content/data/glossary.yaml"
                right = meant(other, glossary)
                mend = Mend(place, other, right) if right else None
                message = f"there is no glossary term {other!r}"
                yield error("unknown-term", place, message, hint, mend)


def of_synonyms(
    synonyms: Mapping[str, Synonym], ids: Collection[str], places: Mapping[str, Place]
) -> Iterator[Problem]:
    for key, synonym in synonyms.items():
        for number, id in enumerate(synonym.pages):
            if id not in ids:
                place = places[f"synonyms.{key}.pages.{number}"]
                hint = nearest(id, ids) or "write folder/name, like pages/safety"
                mend = mend_of(place, id, meant(as_id(id), ids))
                yield error("unknown-relation", place, f"there is no page {id!r}", hint, mend)
