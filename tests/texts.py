"""Texts for the Markdown tests: a small site they stand in, and a readable form of pieces.

A case file has cases of three parts, each closed by a line with a dot: title, input, expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from coldpress.later import later
from coldpress.markdown import Known, convert
from coldpress.model import Call, Converted, Media, Piece, Source, Written
from coldpress.problems import Place, Problem
from coldpress.schema import KINDS

CASES = Path(__file__).with_name("cases") / "markdown"
PATH = "content/conditions/arthritis.md"
PAGES = {
    "content/conditions/arthritis.md": "/where-it-hurts/arthritis/",
    "content/conditions/muscle-pain.md": "/where-it-hurts/muscle-pain/",
    "content/guides/cold-or-heat.md": "/guides/cold-or-heat/",
    "content/pages/safety.md": "/safety/",
}
PICTURES = ("content/conditions/knee.jpg", "content/guides/pack.png")
KNOWN = Known(
    base_path="",
    urls=PAGES,
    hidden=frozenset({"content/guides/winter-offer.md"}),
    media={path: Media(path, "4f1c9a2b77", 640, 480) for path in PICTURES},
    references=frozenset({"brosseau2003", "costello2015", "dias2025"}),
    findings=frozenset({"numbing", "soreness"}),
    glossary=frozenset({"analgesia", "sham"}),
    diagrams=frozenset({"gate", "depth"}),
    names={
        "conditions": frozenset({"arthritis", "muscle-pain"}),
        "mechanisms": frozenset({"numbness"}),
        "methods": frozenset({"ice-pack"}),
        "guides": frozenset({"cold-or-heat"}),
    },
)


def source(
    body: str, path: str = PATH, places: dict[str, Place] | None = None, **fields: Any
) -> Source:
    _, folder, file = path.split("/")
    kind = next(kind for kind in KINDS if kind.folder == folder)
    matter = kind.matter(
        title="A page", description="A page that has nothing wrong with it.", **fields
    )
    return Source(
        path=path,
        kind=kind,
        name=file.removesuffix(".md"),
        lang="en",
        matter=matter,
        written=later(Written(body, places or {})),
        body_line=1,
        digest="",
        front="",
        publish_at=None,
        expires_at=None,
    )


def page(body: str, known: Known = KNOWN, **fields: Any) -> Converted:
    """A text without problems, converted. Braces are told of, and stay what they are."""
    converted, problems = convert(source(body, **fields), known)
    assert [problem for problem in problems if problem.rule != "foreign-code"] == []
    assert converted is not None
    return converted


def problems(body: str, known: Known = KNOWN, **fields: Any) -> tuple[Problem, ...]:
    return convert(source(body, **fields), known)[1]


def rules(body: str, **fields: Any) -> list[str]:
    return [problem.rule for problem in problems(body, **fields)]


def drawn(pieces: Iterable[Piece]) -> str:
    """Pieces as one text: HTML as it is, a call as <<name args>> with its body, <</name>>."""
    return "".join(_drawn(pieces))


def _drawn(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if not isinstance(piece, Call):
            yield str(piece)
            continue
        args = "".join(f" {name}={value!r}" for name, value in piece.args.items() if value)
        yield f"<<{piece.name}{args}>>"
        if piece.body:
            yield f"{drawn(piece.body)}<</{piece.name}>>"


def body(converted: Converted) -> str:
    """All sections; a line `=== id | title | classes` before each but the first."""
    parts: list[str] = []
    for section in converted.sections:
        if section.id:
            parts.append(f"=== {section.id} | {section.title} | {' '.join(section.classes)}")
        parts.append(drawn(section.body))
    return "\n".join(parts)


def as_lines(found: Iterable[Problem]) -> str:
    return "\n".join(
        f"{p.line}:{p.column}: {p.level}[{p.rule}]: {p.message}\n  hint: {p.hint}" for p in found
    )


def cases(pattern: str) -> Iterator[tuple[str, str, str]]:
    """(name, input, expected) of every case in the files that match."""
    for file in sorted(CASES.glob(pattern)):
        parts = file.read_text(encoding="utf-8").split("\n.\n")
        assert parts.pop().strip() == "", f"{file.name}: a case is not closed by a dot"
        for title, text, expected in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
            yield f"{file.stem}: {title.strip()}", text, expected
