"""rows of all outputs -> rows of what the chosen host wants beside them: its own files, and every
text compressed ahead of time where the host can serve that."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Mapping
from typing import NamedTuple

from coldpress.baking import RAW, Stored
from coldpress.hosts import compile_host, host_named, precompressed
from coldpress.make import Crew, make_all
from coldpress.memory.session import OutputRow, Session
from coldpress.memory.store import Store
from coldpress.model import Facts, Site
from coldpress.problems import Problem

PACKED = 8
"""Pages that could be made in the time it takes to compress one as well as can be."""


class Hosted(NamedTuple):
    rows: Mapping[str, OutputRow]
    problems: tuple[Problem, ...]


def hosted(site: Site, outputs: Mapping[str, OutputRow], session: Session, crew: Crew) -> Hosted:
    name = site.config.facts.deploy.host
    if name is None:
        return Hosted({}, ())
    facts = {output: Facts(size=row.size, styles=row.styles) for output, row in outputs.items()}
    made = compile_host(name, site, facts)
    rows = {output: row_of(f"host:{output}", content) for output, content in made.files.items()}
    for output, row in rows.items():
        session.store.put(kept(row, made.files[output]))
    if host_named(name).precompressed:
        rows |= compressed({**outputs, **rows}, session, crew)
    return Hosted(rows, made.problems)


def row_of(name: str, content: bytes) -> OutputRow:
    sha256 = hashlib.sha256(content).hexdigest()
    return OutputRow(f"{name}:{sha256}", sha256, len(content), "", (), ())


def kept(row: OutputRow, content: bytes) -> dict[str, bytes]:
    """For the store."""
    facts = pickle.dumps((Facts(size=row.size), row.sha256), pickle.HIGHEST_PROTOCOL)
    return {f"made:{row.key}": RAW + content, f"facts:{row.key}": facts}


class Small(NamedTuple):
    """A file and what it became, smaller."""

    output: str
    row: OutputRow
    content: bytes


def compressed(
    outputs: Mapping[str, OutputRow], session: Session, crew: Crew
) -> dict[str, OutputRow]:
    """By the digest of what was compressed: equal bytes are never compressed twice."""
    rows: dict[str, OutputRow] = {}
    wanted: list[tuple[str, OutputRow]] = []
    for output, row in outputs.items():
        known: tuple[tuple[str, OutputRow], ...] | None
        known = session.store.value(f"small:{row.sha256}:{output}")
        if known is None:
            wanted.append((output, row))
        else:
            rows |= dict(known)
    for (output, row), small in make_all(compress, session.store, wanted, crew, PACKED):
        for one in small:
            session.store.put(kept(one.row, one.content))
        found = tuple((one.output, one.row) for one in small)
        session.store.keep(f"small:{row.sha256}:{output}", found)
        rows |= dict(found)
    return rows


def compress(store: Store, job: tuple[str, OutputRow]) -> tuple[Small, ...]:
    output, row = job
    content = Stored(store, row.key).load()
    return tuple(
        Small(path, row_of(f"small:{path}", small), small)
        for path, small in precompressed(output, content)
    )
