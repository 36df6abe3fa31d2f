"""Site -> the table of its translations: what there is, what is missing, what has fallen behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coldpress.model import Site
from coldpress.problems import Problem

BEHIND = ("stale-translation", "unsigned-translation")


def table(site: Site, advice: Iterable[Problem]) -> str:
    """Lines for a terminal, one a page and language, those that ask for work first. `advice`: on
    the entries of data files, which are looked at when they are read."""
    others = site.editions[1:]
    if not others:
        return "this site has one language; more of them: docs/translating.md"
    lines = [line for edition in others for line in _lines(site, edition)]
    data = (one for one in advice if one.rule in BEHIND and one.path.endswith(".yaml"))
    lines += [(1, f"{_word(one):<10} {one.path}:{one.line}, {one.message}") for one in data]
    return "\n".join([*(line for _order, line in sorted(lines)), *map(_sum, others)])


def _lines(site: Site, edition: Site) -> Iterator[tuple[int, str]]:
    for page in site.pages:
        if page.id not in edition.ids:
            yield 0, f"missing    {edition.lang}  {page.source.path}"
            continue
        found = edition.translations[page.id]
        path = edition.by_id[page.id].source.path
        if not found.signed:
            yield 1, f"unsigned   {edition.lang}  {path}"
        elif found.changed:
            yield 2, f"stale      {edition.lang}  {path}, since {found.changed}"
        else:
            unread = ", not yet checked by a person" if found.pending else ""
            yield 3, f"current    {edition.lang}  {path}{unread}"


def _word(one: Problem) -> str:
    return one.rule.partition("-")[0]


def _sum(edition: Site) -> str:
    known = edition.translations.values()
    stale = sum(one.changed is not None for one in known)
    unsigned = sum(not one.signed for one in known)
    total = len(set(edition.by_id))
    return (
        f"{edition.lang}: {len(known)} of {total} pages translated, {stale} stale,"
        f" {unsigned} unsigned, {sum(one.pending for one in known)} not checked by a person"
    )
